import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text, word, type RowOf } from '../../database/rows.js';
import type { KeyKind } from '../import/identity-keys.js';

const ALIAS = { kind: word<KeyKind>(), value: text, prospectId: text };
/** A key that leads to a prospect which merged with its former holder. */
export type Alias = RowOf<typeof ALIAS>;

/** Most clients have none: nothing more is asked of them. */
export async function hasAliases(db: Db, clientId: string): Promise<boolean> {
  const one = await db.row(sql`SELECT id FROM prospect_alias WHERE client_id = ${clientId} LIMIT 1`, {
    id: text,
  });
  return one !== null;
}

export function aliasesAmong(
  db: Db,
  clientId: string,
  kind: KeyKind,
  keys: readonly string[],
): Promise<Alias[]> {
  return db.rows(
    sql`SELECT kind, value, prospect_id FROM prospect_alias
      WHERE client_id = ${clientId} AND kind = ${kind} AND ${db.dialect.isAmong(sql`value`, keys)}`,
    ALIAS,
  );
}

/** The addresses and profiles that lead to prospects beside those on their rows. */
export async function aliasesOf(
  db: Db,
  clientId: string,
  prospectIds: readonly string[],
): Promise<(Alias & { kind: 'email' | 'linkedin' })[]> {
  if (prospectIds.length === 0 || !(await hasAliases(db, clientId))) return [];
  return db.rows(
    sql`SELECT kind, value, prospect_id FROM prospect_alias
      WHERE client_id = ${clientId} AND kind IN ('email', 'linkedin') AND ${db.dialect.isAmong(sql`prospect_id`, prospectIds)}`,
    { ...ALIAS, kind: word<'email' | 'linkedin'>() },
  );
}
