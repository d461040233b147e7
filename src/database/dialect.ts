import type { DataSource } from 'typeorm';
import sql, { type Sql } from 'sql-template-tag';
import { postgresWords, sqliteWords, type WordSearch } from './word-search.js';

export type DialectName = 'sqlite' | 'postgres';

/** The SQL that differs between the two databases, and nothing else. */
export interface Dialect {
  readonly name: DialectName;
  /** A SELECT after which whoever asks for the same word waits until this transaction is over (SQLite: there are no others). */
  turnAt(word: string): Sql;
  /** A value as the driver takes it. */
  bind(value: unknown): unknown;
  /** Appended to a SELECT whose row this transaction will change: others wait (SQLite: there are no others). */
  readonly forUpdate: Sql;
  /** Appended to a SELECT of due work: rows another worker holds are passed over. */
  readonly skipLocked: Sql;
  /** Whether a text column is one of these values: one statement text for any number of them. */
  isAmong(column: Sql, values: readonly string[]): Sql;
  /** Whether a text column is among those a SELECT of one column finds: it is asked once, and the rows stay in their order. */
  isFound(column: Sql, select: Sql): Sql;
  /** A column SQLite shall take no index for: it keeps no statistics to see that another order is better. */
  unindexed(column: Sql): Sql;
  /** What stands behind the `@` of an address. */
  domainOf(address: Sql): Sql;
  /** Whether a text column begins so, by an index on it: on PostgreSQL one with `text_pattern_ops`. */
  beginsWith(column: Sql, beginning: string): Sql;
  /** Case-insensitive substring test on an already folded column. */
  contains(column: Sql, folded: string): Sql;
  /** The index behind the search box. */
  readonly words: WordSearch;
  /** Whether the table `prospect_count` holds how many prospects of a client stand at each status. */
  readonly keepsCounts: boolean;
}

const likeEscape = (value: string): string => value.replace(/[\\%_]/g, (sign) => `\\${sign}`);
const contains = (column: Sql, folded: string): Sql =>
  sql`${column} LIKE ${`%${likeEscape(folded)}%`} ESCAPE '\\'`;

export const sqlite: Dialect = {
  name: 'sqlite',
  turnAt: () => sql`SELECT 1`,
  bind(value) {
    if (value instanceof Date) return sqliteInstant(value);
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value ?? null;
  },
  forUpdate: sql``,
  skipLocked: sql``,
  isAmong: (column, values) => sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`,
  isFound: (column, select) => sql`+${column} IN (${select})`,
  unindexed: (column) => sql`+${column}`,
  domainOf: (address) => sql`SUBSTR(${address}, INSTR(${address}, '@') + 1)`,
  beginsWith: (column, beginning) =>
    sql`(${column} >= ${beginning} AND ${column} < ${`${beginning}\u{10ffff}`})`,
  contains,
  words: sqliteWords,
  keepsCounts: true,
};

export const postgres: Dialect = {
  name: 'postgres',
  turnAt: (word) => sql`SELECT pg_advisory_xact_lock(hashtext(${word}))`,
  bind: (value) => value ?? null,
  forUpdate: sql` FOR UPDATE`,
  skipLocked: sql` FOR UPDATE SKIP LOCKED`,
  isAmong: (column, values) => sql`${column} = ANY(${values})`,
  // IN (SELECT …) becomes a join, which reads all and sorts.
  isFound: (column, select) => sql`${column} = ANY(ARRAY(${select}))`,
  unindexed: (column) => column,
  domainOf: (address) => sql`SPLIT_PART(${address}, '@', 2)`,
  beginsWith: (column, beginning) => sql`${column} LIKE ${`${likeEscape(beginning)}%`}`,
  contains,
  words: postgresWords,
  keepsCounts: false,
};

/** The form TypeORM itself writes, so that raw and entity writes sort together. */
function sqliteInstant(instant: Date): string {
  // The statements of one act all carry the same instant.
  const at = instant.getTime();
  if (at !== lastInstant.at) lastInstant = { at, text: instant.toISOString().replace('T', ' ').slice(0, -1) };
  return lastInstant.text;
}
let lastInstant = { at: Number.NaN, text: '' };

/** Columns declared `datetime` (columns.ts) become `timestamptz` on PostgreSQL, which has no such name. */
export function teachInstants(source: DataSource): DataSource {
  const driver = source.driver;
  const usual = driver.normalizeType.bind(driver);
  driver.normalizeType = (column) =>
    column.type === 'datetime' ? 'timestamp with time zone' : usual(column);
  return source;
}

/** Whether an error of either driver says that a unique index refused the row. */
export function isUniqueViolation(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    cause.code === '23505' ||
    (cause.code ?? '').startsWith('SQLITE_CONSTRAINT_UNIQUE') ||
    cause.code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
  );
}

/** Whether the same work, done once more, may go through: another writer was there first, or waited for us as we for it. */
export function isWorthAnotherTry(error: unknown): boolean {
  return isUniqueViolation(error) || causeOf(error).code === '40P01';
}

function causeOf(error: unknown): { code?: string } {
  return (error as { driverError?: { code?: string } }).driverError ?? (error as { code?: string });
}
