import sql, { raw } from 'sql-template-tag';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';

/** Rows of one table that went from one prospect to another, by their ids. */
export async function moveRows(tx: Tx, table: string, from: string, to: string): Promise<string[]> {
  const rows = await tx.rows(sql`SELECT id FROM ${raw(table)} WHERE prospect_id = ${from}`, { id: text });
  if (rows.length > 0)
    await tx.run(sql`UPDATE ${raw(table)} SET prospect_id = ${to} WHERE prospect_id = ${from}`);
  return rows.map(({ id }) => id);
}

/** Those of these rows that are still there go to a prospect. */
export async function giveRows(tx: Tx, table: string, ids: readonly string[], to: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`UPDATE ${raw(table)} SET prospect_id = ${to} WHERE ${tx.dialect.isAmong(sql`id`, ids)}`);
}
