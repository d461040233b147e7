import { Injectable, type OnModuleInit } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Db, Tx } from '../database/db.js';
import { text } from '../database/rows.js';
import {
  type MergeOf,
  type MergePart,
  MergeParts,
  type Moved,
} from '../prospects/merge/merge-parts.service.js';
import { giveRows, moveRows } from '../prospects/merge/moved-rows.queries.js';

const MOVED = ['touch', 'outgoing_mail', 'incoming_mail'] as const;
type MovedOutreach = Record<(typeof MOVED)[number], string[]>;

/** When two prospects become one, what was done and written to either was done and written to the survivor. */
@Injectable()
export class OutreachMerge implements MergePart<MovedOutreach>, OnModuleInit {
  readonly name = 'outreach';
  /** A lease ends with the prospect it held. */
  readonly tables = [...MOVED, 'lease'];

  constructor(private readonly parts: MergeParts) {}

  onModuleInit(): void {
    this.parts.register(this);
  }

  /** Whoever sends it writes down what became of it, under the id the prospect had when it left. */
  async hindrance(db: Db, prospectIds: readonly string[]): Promise<string | null> {
    const underway = await db.row(
      sql`SELECT id FROM outgoing_mail WHERE ${db.dialect.isAmong(sql`prospect_id`, prospectIds)}
        AND state IN ('claimed', 'sending') LIMIT 1`,
      { id: text },
    );
    return underway === null ? null : 'merge.mailUnderway';
  }

  async move(tx: Tx, { absorbedId, survivorId }: MergeOf): Promise<Moved<MovedOutreach>> {
    const image: MovedOutreach = { touch: [], outgoing_mail: [], incoming_mail: [] };
    for (const table of MOVED) image[table] = await moveRows(tx, table, absorbedId, survivorId);
    return { image, factIds: [] };
  }

  async giveBack(tx: Tx, { absorbedId }: MergeOf, image: MovedOutreach): Promise<void> {
    for (const table of MOVED) await giveRows(tx, table, image[table], absorbedId);
  }
}
