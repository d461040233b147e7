import sql from 'sql-template-tag';
import type { Tx } from '../database/db.js';
import { text } from '../database/rows.js';

/**
 * Prospects held until the transaction ends, always in the order of their ids: of two who hold several, neither waits for
 * one the other has while it has one the other waits for. Gives those who are still there.
 */
export async function holdProspects(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.rows(
    sql`SELECT id FROM prospect WHERE ${tx.dialect.isAmong(sql`id`, ids)} ORDER BY id${tx.dialect.forUpdate}`,
    { id: text },
  );
  return rows.map(({ id }) => id);
}
