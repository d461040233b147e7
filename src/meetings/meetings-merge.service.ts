import { Injectable, type OnModuleInit } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Db, Tx } from '../database/db.js';
import { integer } from '../database/rows.js';
import {
  type MergeOf,
  type MergePart,
  MergeParts,
  type Moved,
} from '../prospects/merge/merge-parts.service.js';
import { giveRows, moveRows } from '../prospects/merge/moved-rows.queries.js';

/** When two prospects become one, the meetings of both are the survivor's. A person has one meeting to come at a time. */
@Injectable()
export class MeetingsMerge implements MergePart<string[]>, OnModuleInit {
  readonly name = 'meetings';
  readonly tables = ['meeting'];

  constructor(private readonly parts: MergeParts) {}

  onModuleInit(): void {
    this.parts.register(this);
  }

  async hindrance(db: Db, prospectIds: readonly string[]): Promise<string | null> {
    const open = await db.row(
      sql`SELECT COUNT(*) AS meetings FROM meeting WHERE ${db.dialect.isAmong(sql`prospect_id`, prospectIds)}
        AND state IN ('booked', 'rescheduled')`,
      { meetings: integer },
    );
    return open!.meetings > 1 ? 'merge.twoMeetings' : null;
  }

  async move(tx: Tx, { absorbedId, survivorId }: MergeOf): Promise<Moved<string[]>> {
    return { image: await moveRows(tx, 'meeting', absorbedId, survivorId), factIds: [] };
  }

  async giveBack(tx: Tx, { absorbedId }: MergeOf, ids: string[]): Promise<void> {
    await giveRows(tx, 'meeting', ids, absorbedId);
  }
}
