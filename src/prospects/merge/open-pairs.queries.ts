import sql from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { instant, integer, text } from '../../database/rows.js';
import { newId } from '../../shared/id.js';

/** Somebody the absorbed may have been as well. */
export interface OpenPair {
  otherId: string;
  score: number;
  foundAt: string;
}

const ROW = { firstId: text, secondId: text, score: integer, foundAt: instant };

/** The pairs that wait for a decision about somebody, the survivor among them: they go with the row, and come back with it. */
export async function openPairsOf(tx: Tx, prospectId: string): Promise<OpenPair[]> {
  const rows = await tx.rows(
    sql`SELECT first_id, second_id, score, found_at FROM duplicate_pair
      WHERE (first_id = ${prospectId} OR second_id = ${prospectId}) AND dismissed_at IS NULL`,
    ROW,
  );
  return rows.map(({ firstId, secondId, score, foundAt }) => ({
    otherId: firstId === prospectId ? secondId : firstId,
    score,
    foundAt: foundAt.toISOString(),
  }));
}

/** Nothing is done for a pair whose other one is gone, or that was found again since. */
export async function giveOpenPairs(
  tx: Tx,
  clientId: string,
  prospectId: string,
  pairs: readonly OpenPair[],
): Promise<void> {
  for (const { otherId, score, foundAt } of pairs) {
    const [firstId, secondId] = [prospectId, otherId].sort();
    await tx.run(sql`INSERT INTO duplicate_pair (id, client_id, first_id, second_id, score, found_at)
      SELECT ${newId()}, ${clientId}, ${firstId}, ${secondId}, ${score}, ${new Date(foundAt)} FROM prospect
      WHERE id = ${otherId} AND client_id = ${clientId}
      ON CONFLICT (first_id, second_id) DO NOTHING`);
  }
}
