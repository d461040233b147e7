import { Injectable, type OnModuleInit } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { instant, integer, text } from '../../database/rows.js';
import { Facts } from '../../prospects/facts.service.js';
import type { StoredRow } from '../../prospects/merge/merge-image.js';
import {
  type MergeOf,
  type MergePart,
  MergeParts,
  type Moved,
} from '../../prospects/merge/merge-parts.service.js';
import { giveRows, moveRows } from '../../prospects/merge/moved-rows.queries.js';
import { columnsIn, revived } from '../../prospects/merge/stored-prospects.queries.js';
import { enrolmentStopFor } from '../../prospects/status/status.js';
import { Enrolment } from './enrolment.entity.js';
import { fatesOf } from './merged-enrolments.js';

interface MovedEnrolments {
  moved: string[];
  /** Whole rows, as they were. */
  dropped: StoredRow[];
  ended: StoredRow[];
}

const MERGING = {
  id: text,
  prospectId: text,
  sequenceId: text,
  state: text,
  enrolledAt: instant,
  touches: integer,
};

/** When two prospects become one, a sequence has the survivor once, and at most one sequence goes on. */
@Injectable()
export class EnrolmentsMerge implements MergePart<MovedEnrolments>, OnModuleInit {
  readonly name = 'enrolments';
  readonly tables = ['enrolment'];

  constructor(
    private readonly parts: MergeParts,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.parts.register(this);
  }

  hindrance(): Promise<null> {
    return Promise.resolve(null);
  }

  async move(tx: Tx, merge: MergeOf): Promise<Moved<MovedEnrolments>> {
    const { absorbedId, survivorId, status } = merge;
    const both = await tx.rows(
      sql`SELECT e.id, e.prospect_id, e.sequence_id, e.state, e.enrolled_at,
            (SELECT COUNT(*) FROM touch t WHERE t.enrolment_id = e.id) AS touches
          FROM enrolment e WHERE e.prospect_id IN (${absorbedId}, ${survivorId}) ORDER BY e.id${tx.dialect.forUpdate}`,
      MERGING,
    );
    const stop = enrolmentStopFor(status);
    const fates = fatesOf(both, survivorId, stop !== null);
    const dropped = await rowsOf(tx, fates.dropped);
    if (dropped.length > 0) await tx.entities.delete(Enrolment, fates.dropped);
    const moved = await moveRows(tx, 'enrolment', absorbedId, survivorId);
    const ended = await rowsOf(tx, fates.ended);
    const factIds: string[] = [];
    for (const row of ended) factIds.push(await this.end(tx, merge, row, stop ?? 'removed'));
    return { image: { moved, dropped: dropped.map(columnsIn), ended: ended.map(columnsIn) }, factIds };
  }

  async giveBack(tx: Tx, { absorbedId }: MergeOf, image: MovedEnrolments): Promise<void> {
    await giveRows(tx, 'enrolment', image.moved, absorbedId);
    for (const row of image.dropped) await tx.entities.insert(Enrolment, revived(tx, Enrolment, row));
    for (const row of image.ended) {
      const { id, state, reason, pausedUntil, nextPosition, nextChannel, dueAt, finishedAt } = revived(
        tx,
        Enrolment,
        row,
      ) as Enrolment;
      const before = { state, reason, pausedUntil, nextPosition, nextChannel, dueAt, finishedAt };
      await tx.entities.update(Enrolment, { id }, before);
    }
  }

  private async end(tx: Tx, merge: MergeOf, enrolment: Enrolment, reason: string): Promise<string> {
    const { id, sequenceId } = enrolment;
    await tx.entities.update(
      Enrolment,
      { id },
      {
        ...{ state: 'finished', reason, finishedAt: merge.now },
        ...{ pausedUntil: null, nextPosition: null, nextChannel: null, dueAt: null },
      },
    );
    return this.facts.write(tx, merge.actor, {
      prospectId: merge.survivorId,
      clientId: merge.clientId,
      kind: 'enrolment.finished',
      at: merge.now,
      reason,
      aboutId: id,
      details: { sequenceId },
    });
  }
}

async function rowsOf(tx: Tx, ids: readonly string[]): Promise<Enrolment[]> {
  const rows: Enrolment[] = [];
  for (const id of ids) rows.push(await tx.entities.findOneByOrFail(Enrolment, { id }));
  return rows;
}
