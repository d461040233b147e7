import type { Sql } from 'sql-template-tag';
import type { Tx } from './db.js';

/** Rows to a statement: few texts to prepare, and far below the parameters either database takes. */
const SIZES = [100, 10, 1] as const;

interface Statement {
  sql: string;
  text: string;
}
const statements = new Map<string, Statement>();

/**
 * Inserts many rows in few statements. Table and columns are names of ours, never input.
 * @param rows values in the order of `columns`
 */
export async function insertRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  onConflict: 'fail' | 'ignore' = 'fail',
): Promise<void> {
  let at = 0;
  for (const size of SIZES) {
    while (rows.length - at >= size) {
      const values: unknown[] = [];
      for (let row = at; row < at + size; row += 1) for (const value of rows[row]!) values.push(value);
      await tx.run({ ...statementFor(table, columns, size, onConflict), values } as unknown as Sql);
      at += size;
    }
  }
}

function statementFor(
  table: string,
  columns: readonly string[],
  size: number,
  onConflict: string,
): Statement {
  const key = `${table} ${columns.join()} ${size} ${onConflict}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const made = {
    sql: write(table, columns, size, onConflict, () => '?'),
    text: write(table, columns, size, onConflict, (n) => `$${n}`),
  };
  statements.set(key, made);
  return made;
}

function write(
  table: string,
  columns: readonly string[],
  size: number,
  onConflict: string,
  mark: (nth: number) => string,
): string {
  const row = (nth: number): string =>
    `(${columns.map((_, at) => mark(nth * columns.length + at + 1)).join()})`;
  const rows = Array.from({ length: size }, (_, nth) => row(nth)).join();
  const names = columns.map((column) => `"${column}"`).join();
  return `INSERT INTO "${table}" (${names}) VALUES ${rows}${onConflict === 'ignore' ? ' ON CONFLICT DO NOTHING' : ''}`;
}
