import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { emailDomain, isFreeMailDomain } from '../../shared/email-address.js';
import { versionHolds } from '../approval/version-hold.js';

const ENROLMENT = { id: text, prospectId: text };

/** Most who answer outside any sequence have no colleagues in one: a question of two pages, where the others cost a dozen. */
export async function hasSequences(db: Db, clientId: string): Promise<boolean> {
  const one = await db.row(
    sql`SELECT id FROM sequence WHERE client_id = ${clientId} AND state <> 'archived' LIMIT 1`,
    { id: text },
  );
  return one !== null;
}

/** Open enrolments of a person's colleagues that are to wait, in the order of the people's ids. */
export async function enrolmentsOfColleagues(
  db: Db,
  prospectId: string,
): Promise<{ id: string; prospectId: string }[]> {
  const found = await colleaguesOf(db, prospectId);
  if (found === null) return [];
  const { areOfCompany, ofClient } = found;
  return db.rows(
    sql`SELECT e.id, e.prospect_id FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
        WHERE ${ofClient} AND ${canWait(db)} AND ${areOfCompany} AND p.id <> ${prospectId}
        ORDER BY e.prospect_id LIMIT 200`,
    ENROLMENT,
  );
}

/** Whether `enrolment e` goes on, now or by itself some day: a pause somebody made by hand, without an end, stays theirs. */
export function canWait(db: Db): Sql {
  const state = db.dialect.unindexed(sql`e.state`);
  return sql`(${state} = 'active' OR (${state} = 'paused'
    AND (e.paused_until IS NOT NULL OR e.reason IN (${join([...versionHolds])}))))`;
}

/** What `enrolment e` says of who waits for a colleague's answer: in these very words, an index has them alone. */
export function isWaiting(db: Db): Sql {
  return sql`e.reason = 'colleague_replied' AND ${db.dialect.unindexed(sql`e.state`)} = 'paused'`;
}

interface Colleagues {
  clientId: string;
  /** What makes `prospect p` one of them, or the person themselves. */
  areOfCompany: Sql;
  /** What makes `enrolment e` one of the same client's. */
  ofClient: Sql;
}

/**
 * Colleagues of somebody: other prospects of the same client at the same company, or with an address at the same work
 * domain. Null: there are none, since a free mail domain makes nobody a colleague.
 */
export async function colleaguesOf(db: Db, prospectId: string): Promise<Colleagues | null> {
  const person = await db.row(
    sql`SELECT p.client_id, p.email, c.domain FROM prospect p LEFT JOIN company c ON c.id = p.company_id
        WHERE p.id = ${prospectId}`,
    { clientId: text, email: maybe(text), domain: maybe(text) },
  );
  if (!person) return null;
  const { clientId } = person;
  const domains = [person.email && emailDomain(person.email), person.domain].filter(
    (domain): domain is string => !!domain && !isFreeMailDomain(domain),
  );
  if (domains.length === 0) return null;
  const companies = await db.rows(
    sql`SELECT id FROM company WHERE client_id = ${clientId} AND domain IN (${join(domains)})`,
    { id: text },
  );
  const isThere = [
    ...companies.map(({ id }) => sql`p.company_id = ${id}`),
    ...[...new Set(domains)].map((domain) => sql`p.email LIKE ${`%@${domain}`}`),
  ];
  return {
    clientId,
    areOfCompany: sql`p.client_id = ${clientId} AND (${join(isThere, ' OR ')})`,
    // By the sequences: an agency has many clients, and the enrolments of them all stand in one table.
    ofClient: sql`e.sequence_id IN (SELECT s.id FROM sequence s WHERE s.client_id = ${clientId})`,
  };
}
