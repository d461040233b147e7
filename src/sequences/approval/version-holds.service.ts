import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { integer, word } from '../../database/rows.js';
import { Conflict } from '../../shared/errors.js';
import type { VersionState } from '../sequence-states.js';
import { type VersionHold, versionHolds } from './version-hold.js';

/** Holds everybody who is on their way with a version while its words may not be sent. The version's row is saved before. */
@Injectable()
export class VersionHolds {
  /**
   * In one statement, so that nothing of it is due from this act on. A pause that ends on a day is this one from now on,
   * and nothing goes before that day; one somebody made by hand, without an end, stays theirs.
   * @returns how many people wait by it
   */
  async hold(tx: Tx, versionId: string, hold: VersionHold): Promise<number> {
    // In one order, as whoever moves many of them does.
    await tx.rows(
      sql`SELECT id FROM enrolment WHERE sequence_version_id = ${versionId} AND state <> 'finished'
          ORDER BY id${tx.dialect.forUpdate}`,
      {},
    );
    return tx.run(sql`UPDATE enrolment SET state = 'paused', reason = ${hold}, paused_until = NULL,
        not_before = CASE WHEN not_before > paused_until THEN not_before ELSE COALESCE(paused_until, not_before) END
      WHERE sequence_version_id = ${versionId} AND (state = 'active' OR (state = 'paused' AND paused_until IS NOT NULL))`);
  }

  /** The same words are approved again: whoever waited for that goes on. */
  release(tx: Tx, versionId: string): Promise<number> {
    return tx.run(sql`UPDATE enrolment SET state = 'active', reason = NULL
      WHERE sequence_version_id = ${versionId} AND state = 'paused' AND reason IN (${join([...versionHolds])})`);
  }

  /** @throws Conflict for a version whose words may not be sent; one who takes them back meanwhile waits, or is waited for */
  async requireApproved(tx: Tx, versionId: string): Promise<void> {
    const found = await standingOf(tx, versionId);
    if (found.state !== 'approved') throw new Conflict('sequences.versionHeld', { version: found.version });
  }
}

async function standingOf(tx: Tx, versionId: string): Promise<{ version: number; state: VersionState }> {
  const found = await tx.row(
    sql`SELECT version, state FROM sequence_version WHERE id = ${versionId}${tx.dialect.forUpdate}`,
    { version: integer, state: word<VersionState>() },
  );
  return found!;
}
