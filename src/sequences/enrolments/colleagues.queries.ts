import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { answeredStatuses } from '../../prospects/status/status.js';
import { emailDomain, isFreeMailDomain } from '../../shared/email-address.js';

const ENROLMENT = { id: text, prospectId: text };

/** Most who answer outside any sequence have no colleagues in one: a question of two pages, where the others cost a dozen. */
export async function hasSequences(db: Db, clientId: string): Promise<boolean> {
  const one = await db.row(
    sql`SELECT id FROM sequence WHERE client_id = ${clientId} AND state <> 'archived' LIMIT 1`,
    { id: text },
  );
  return one !== null;
}

/** Active enrolments of a person's colleagues, in the order of the people's ids. */
export async function enrolmentsOfColleagues(
  db: Db,
  prospectId: string,
): Promise<{ id: string; prospectId: string }[]> {
  const found = await colleaguesOf(db, prospectId);
  if (found === null) return [];
  const { areColleagues, ofClient } = found;
  return db.rows(
    sql`SELECT e.id, e.prospect_id FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
        WHERE ${ofClient} AND ${db.dialect.unindexed(sql`e.state`)} = 'active' AND ${areColleagues} ORDER BY e.prospect_id LIMIT 200`,
    ENROLMENT,
  );
}

/**
 * Those of them that have waited since a fact of that person, such as the status that said they had answered. None where
 * another of the company has answered since.
 */
export async function enrolmentsWaitingSince(
  db: Db,
  prospectId: string,
  factId: string,
): Promise<{ id: string; prospectId: string }[]> {
  const found = await colleaguesOf(db, prospectId);
  if (found === null) return [];
  const { areColleagues, ofClient } = found;
  const answers = join([...answeredStatuses]);
  const others = await db.row(
    sql`SELECT p.id FROM prospect p WHERE ${areColleagues} AND p.status IN (${answers})
          AND p.status_at >= (SELECT a.at FROM activity a WHERE a.id = ${factId}) LIMIT 1`,
    { id: text },
  );
  if (others !== null) return [];
  return db.rows(
    sql`SELECT e.id, e.prospect_id FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
        WHERE ${ofClient} AND ${db.dialect.unindexed(sql`e.state`)} = 'paused' AND e.reason = 'colleague_replied' AND ${areColleagues}
          AND EXISTS (SELECT 1 FROM activity a WHERE a.prospect_id = p.id AND a.id > ${factId}
            AND a.kind = 'enrolment.paused' AND a.about_id = e.id)
        ORDER BY e.prospect_id LIMIT 200`,
    ENROLMENT,
  );
}

interface Colleagues {
  /** What makes `prospect p` one. */
  areColleagues: Sql;
  /** What makes `enrolment e` one of the same client's. */
  ofClient: Sql;
}

/**
 * Colleagues of somebody: other prospects of the same client at the same company, or with an address at the same work
 * domain. Null: there are none, since a free mail domain makes nobody a colleague.
 */
async function colleaguesOf(db: Db, prospectId: string): Promise<Colleagues | null> {
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
    areColleagues: sql`p.client_id = ${clientId} AND p.id <> ${prospectId} AND (${join(isThere, ' OR ')})`,
    // By the sequences: an agency has many clients, and the enrolments of them all stand in one table.
    ofClient: sql`e.sequence_id IN (SELECT s.id FROM sequence s WHERE s.client_id = ${clientId})`,
  };
}
