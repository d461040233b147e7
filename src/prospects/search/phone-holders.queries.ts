import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { isPhoneAsked, phonesAsked } from './phones-asked.js';

/** Among whom a number is looked for. */
export interface PhoneScope {
  /** Of `client`. */
  clients: Sql;
  /** Of a prospect `p`; no index is chosen by it (`unindexed`). */
  within: Sql;
}

/**
 * How the numbers begin somebody looks for; null where it is no number but words. What may be words as well, or is only
 * begun, is a number where one of these people has it.
 */
export async function phonesIn(
  db: Db,
  q: string | undefined,
  { clients, within }: PhoneScope,
): Promise<readonly string[] | null> {
  // Asked by a program, an absent word may be a null.
  if (!q || !isPhoneAsked(q)) return null;
  const rows = await db.rows(sql`SELECT DISTINCT country FROM client WHERE ${clients}`, { country: text });
  const { beginnings, isSure } = phonesAsked(
    q,
    rows.map(({ country }) => country),
  );
  if (isSure || beginnings.length === 0) return isSure ? beginnings : null;
  const holder = await db.row(
    sql`SELECT p.id FROM (${holdersOf(db, beginnings)}) m CROSS JOIN prospect p WHERE p.id = m.id AND ${within} LIMIT 1`,
    { id: text },
  );
  return holder === null ? null : beginnings;
}

/**
 * A SELECT of the ids of those who have a number beginning so, of whichever client: each of the two numbers has an index
 * of its own, and nothing else is asked that might lead away from it.
 */
export function holdersOf(db: Db, beginnings: readonly string[]): Sql {
  const by = (column: Sql, beginning: string): Sql =>
    sql`SELECT id FROM prospect WHERE ${column} IS NOT NULL AND ${db.dialect.beginsWith(column, beginning)}`;
  const selects = beginnings.flatMap((one) => [by(sql`phone`, one), by(sql`mobile_phone`, one)]);
  return join(selects, ' UNION ');
}

/** Whether a row `p` has a number beginning so; no index is taken for it. */
export function hasPhone(beginnings: readonly string[]): Sql {
  const by = (column: Sql, beginning: string): Sql =>
    sql`SUBSTR(${column}, 1, ${beginning.length}) = ${beginning}`;
  const tests = beginnings.flatMap((one) => [by(sql`p.phone`, one), by(sql`p.mobile_phone`, one)]);
  return sql`(${join(tests, ' OR ')})`;
}
