import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { ProspectStatus } from '../status/status.js';

const COMPARED = {
  id: text,
  fullName: text,
  firstName: maybe(text),
  lastName: maybe(text),
  title: maybe(text),
  email: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  companyName: maybe(text),
  companyDomain: maybe(text),
  status: word<ProspectStatus>(),
  statusAt: instant,
  statusUntil: maybe(text),
  createdAt: instant,
};
/** A prospect with what it is compared by, and what a person recognises it by. */
export type ComparedProspect = RowOf<typeof COMPARED>;

const COLUMNS = sql`p.id, p.full_name, p.first_name, p.last_name, p.title, p.email, p.phone, p.mobile_phone, p.linkedin_url,
  COALESCE(p.company_name, c.name) AS company_name, c.domain AS company_domain, p.status, p.status_at, p.status_until, p.created_at
  FROM prospect p LEFT JOIN company c ON c.id = p.company_id`;

/** The prospects of a client in the order of their ids, some at a time. */
export function comparedAfter(
  db: Db,
  clientId: string,
  after: string,
  limit: number,
): Promise<ComparedProspect[]> {
  return db.rows(
    sql`SELECT ${COLUMNS} WHERE ${db.dialect.unindexed(sql`p.client_id`)} = ${clientId} AND p.id > ${after}
      ORDER BY p.id LIMIT ${limit}`,
    COMPARED,
  );
}

/** By their ids; those who are gone are left out. */
export async function comparedAmong(
  db: Db,
  clientId: string,
  ids: readonly string[],
): Promise<Map<string, ComparedProspect>> {
  const rows = await db.rows(
    sql`SELECT ${COLUMNS}
      WHERE ${db.dialect.unindexed(sql`p.client_id`)} = ${clientId} AND ${db.dialect.isAmong(sql`p.id`, ids)}`,
    COMPARED,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
