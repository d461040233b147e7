import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { type Actor, SYSTEM } from '../accounts/actor.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { text } from '../database/rows.js';
import { holdProspects } from '../prospects/held-prospects.queries.js';
import { EnrolmentEnds } from './enrolments/enrolment-ends.service.js';
import { enrolmentRows } from './enrolments/enrolment-row.queries.js';

const CHUNK = 100;
const SEQUENCES_AT_ONCE = 20;
const SOMEBODY = { id: text, prospectId: text };

/** Takes people out of an archived sequence, some at a time: nobody stays on their way with what never runs again. */
@Injectable()
export class ArchiveClearing {
  constructor(
    private readonly database: Database,
    private readonly ends: EnrolmentEnds,
  ) {}

  /** Each is taken out as if somebody had done it one by one: `removed`, with the status that follows. */
  async clear(actor: Actor, sequenceId: string): Promise<number> {
    let cleared = 0;
    for (;;) {
      const taken = await this.database.write((tx) => this.takeSome(tx, actor, sequenceId));
      cleared += taken;
      if (taken < CHUNK) return cleared;
    }
  }

  /** Goes on where an archiving was cut off. */
  async takeUp(): Promise<number> {
    const left = await this.database.read((db) =>
      db.rows(
        sql`SELECT s.id FROM sequence s WHERE s.state = 'archived' AND EXISTS (
              SELECT 1 FROM enrolment e WHERE e.sequence_id = s.id AND e.state IN ('active', 'paused'))
            ORDER BY s.id LIMIT ${SEQUENCES_AT_ONCE}`,
        { id: text },
      ),
    );
    let cleared = 0;
    for (const { id } of left) cleared += await this.clear(SYSTEM, id);
    return cleared;
  }

  /** The people before their enrolments, as everybody does. Nobody is enrolled here any more. */
  private async takeSome(tx: Tx, actor: Actor, sequenceId: string): Promise<number> {
    const some = await tx.rows(
      sql`SELECT id, prospect_id FROM enrolment WHERE sequence_id = ${sequenceId} AND state IN ('active', 'paused')
          ORDER BY prospect_id LIMIT ${CHUNK}`,
      SOMEBODY,
    );
    if (some.length === 0) return 0;
    await holdProspects(
      tx,
      some.map(({ prospectId }) => prospectId),
    );
    const ids = join(some.map(({ id }) => id));
    const open = await enrolmentRows(
      tx,
      sql`WHERE e.id IN (${ids}) AND e.state <> 'finished' ORDER BY e.id${tx.dialect.forUpdate}`,
    );
    for (const enrolment of open) await this.ends.finish(tx, actor, enrolment, 'removed');
    return some.length;
  }
}
