import sql, { empty } from 'sql-template-tag';
import type { Tx } from '../database/db.js';
import { text } from '../database/rows.js';

/** Whoever else does something about this prospect waits: always before anything else of theirs is touched. */
export async function holdProspect(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`SELECT id FROM prospect WHERE id = ${id}${tx.dialect.forUpdate}`, {});
}

/**
 * Prospects held until the transaction ends, always in the order of their ids: of two who hold several, neither waits for
 * one the other has while it has one the other waits for. Gives those who are still there, of that client where one is
 * named.
 */
export async function holdProspects(tx: Tx, ids: readonly string[], clientId?: string): Promise<string[]> {
  const { isAmong, unindexed, forUpdate } = tx.dialect;
  const ofClient = clientId === undefined ? empty : sql` AND ${unindexed(sql`client_id`)} = ${clientId}`;
  const rows = await tx.rows(
    sql`SELECT id FROM prospect WHERE ${isAmong(sql`id`, ids)}${ofClient} ORDER BY id${forUpdate}`,
    { id: text },
  );
  return rows.map(({ id }) => id);
}
