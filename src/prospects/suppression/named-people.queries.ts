import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text, word, type RowOf } from '../../database/rows.js';
import type { ProspectStatus } from '../status/status.js';
import { suppressibleKeys } from './suppression-keys.js';
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
export type NamedPerson = RowOf<typeof PERSON>;

type Among = (column: Sql) => Sql;

const OWN: Record<Exclude<SuppressionKind, 'domain'>, (among: Among) => Sql> = {
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
  if (values.length === 0) return [];
  const scope = clientId === null ? sql`client_id IN (SELECT id FROM client)` : sql`client_id = ${clientId}`;
  if (kind === 'domain') return peopleAt(db, scope, values);
  const own = OWN[kind];
  const among: Among = (column) => db.dialect.isAmong(column, values);
  return peopleWhere(
    db,
    sql`p.id IN (SELECT id FROM prospect WHERE ${scope} AND ${own(among)}
      UNION SELECT prospect_id FROM prospect_alias WHERE ${scope} AND kind = ${kind} AND ${among(sql`value`)})`,
  );
}

/**
 * Those who write from a domain or whose company has it. Addresses have no index by their end: the client's are read
 * through once, some 20 ms for 200,000.
 */
async function peopleAt(db: Db, scope: Sql, domains: readonly string[]): Promise<NamedPerson[]> {
  const hosts = domains.map((domain) => domain.replace(/^\*\./, ''));
  const below = hosts.filter((_, at) => domains[at]!.startsWith('*.'));
  const isOneOf = (host: Sql): Sql =>
    join(
      [db.dialect.isAmong(host, hosts), ...below.map((parent) => sql`${host} LIKE ${`%.${parent}`}`)],
      ' OR ',
    );
  const found = await peopleWhere(
    db,
    sql`p.id IN (SELECT id FROM prospect WHERE ${scope} AND (${isOneOf(db.dialect.domainOf(sql`email_key`))})
      UNION SELECT p.id FROM company c JOIN prospect p ON p.company_id = c.id
        WHERE c.${scope} AND (${isOneOf(sql`c.domain`)}))`,
  );
  const meant = new Set(domains);
  return found.filter((person) =>
    suppressibleKeys(person).some(({ kind, value }) => kind === 'domain' && meant.has(value)),
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
