import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { json, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { ProspectStatus } from '../../prospects/status/status.js';

const PERSON = {
  id: text,
  clientId: text,
  status: word<ProspectStatus>(),
  fit: maybe(word<'fit' | 'unfit' | 'unknown'>()),
  ownerId: maybe(text),
  firstName: maybe(text),
  lastName: maybe(text),
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  companyDomain: maybe(text),
  city: maybe(text),
  country: maybe(text),
  industry: maybe(text),
  custom: maybe(json<Record<string, string>>()),
  email: maybe(text),
  emailStatus: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  timeZone: maybe(text),
};

/** A prospect as sequences see it: who to reach, how, and what a message may say of them. */
export type Person = RowOf<typeof PERSON>;

/** The people of one client among these ids, in no particular order; others' ids are simply not there. */
export function personsOf(db: Db, clientId: string, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const { isAmong, unindexed } = db.dialect;
  return db.rows(
    sql`SELECT p.id, p.client_id, p.status, p.fit, p.owner_id, p.first_name, p.last_name, p.full_name, p.title,
          COALESCE(p.company_name, c.name) AS company_name, c.domain AS company_domain, COALESCE(p.city, c.city) AS city,
          COALESCE(p.country, c.country) AS country, c.industry, p.custom, p.email, p.email_status, p.phone,
          p.mobile_phone, p.linkedin_url, p.time_zone
        FROM prospect p LEFT JOIN company c ON c.id = p.company_id
        WHERE ${isAmong(sql`p.id`, ids)} AND ${unindexed(sql`p.client_id`)} = ${clientId}`,
    PERSON,
  );
}
