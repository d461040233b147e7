import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { maybe, text, word } from '../database/rows.js';
import type { ProspectStatus } from './status.js';
import type { SuppressionKind } from './suppression.entity.js';

const PERSON = {
  id: text,
  clientId: text,
  status: word<ProspectStatus>(),
  email: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  companyDomain: maybe(text),
};
export type NamedPerson = { [K in keyof typeof PERSON]: ReturnType<(typeof PERSON)[K]> };

type Among = (column: Sql) => Sql;

/** A domain names nobody: it is heeded wherever contact is made. */
const OWN: Partial<Record<SuppressionKind, (among: Among) => Sql>> = {
  email: (among) => among(sql`email_key`),
  linkedin: (among) => among(sql`linkedin_key`),
  phone: (among) => sql`(${among(sql`phone`)} OR ${among(sql`mobile_phone`)})`,
};

/**
 * The prospects that values of an opposition name: by what stands on their rows, and by what leads to them since a
 * merge or an answer. @param clientId null: those of every client
 */
export async function peopleNamed(
  db: Db,
  clientId: string | null,
  kind: SuppressionKind,
  values: readonly string[],
): Promise<NamedPerson[]> {
  const own = OWN[kind];
  if (own === undefined || values.length === 0) return [];
  const scope = clientId === null ? sql`client_id IN (SELECT id FROM client)` : sql`client_id = ${clientId}`;
  const among: Among = (column) => db.dialect.isAmong(column, values);
  return peopleWhere(
    db,
    sql`p.id IN (SELECT id FROM prospect WHERE ${scope} AND ${own(among)}
      UNION SELECT prospect_id FROM prospect_alias WHERE ${scope} AND kind = ${kind} AND ${among(sql`value`)})`,
  );
}

/** Prospects (`p`) with all that an opposition may name them by. */
export function peopleWhere(db: Db, condition: Sql): Promise<NamedPerson[]> {
  return db.rows(
    sql`SELECT p.id, p.client_id, p.status, p.email, p.phone, p.mobile_phone, p.linkedin_url, c.domain AS company_domain
      FROM prospect p LEFT JOIN company c ON c.id = p.company_id WHERE ${condition} ORDER BY p.id`,
    PERSON,
  );
}
