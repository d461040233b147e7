import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { emailDomain, isFreeMailDomain } from '../../shared/email-address.js';

/**
 * Active enrolments of a person's colleagues: other prospects of the same client at the same company, or with an address
 * at the same work domain. A free mail domain makes nobody a colleague.
 */
export async function enrolmentsOfColleagues(
  db: Db,
  prospectId: string,
): Promise<{ id: string; prospectId: string }[]> {
  const person = await db.row(
    sql`SELECT p.client_id, p.email, p.company_id, c.domain FROM prospect p LEFT JOIN company c ON c.id = p.company_id
        WHERE p.id = ${prospectId}`,
    { clientId: text, email: maybe(text), companyId: maybe(text), domain: maybe(text) },
  );
  if (!person) return [];
  const domains = [person.email && emailDomain(person.email), person.domain].filter(
    (domain): domain is string => !!domain && !isFreeMailDomain(domain),
  );
  const [first, second] = [...new Set(domains)];
  if (first === undefined) return [];
  const at = (domain: string) => sql`p.email LIKE ${`%@${domain}`}`;
  return db.rows(
    sql`SELECT e.id, e.prospect_id FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
          LEFT JOIN company c ON c.id = p.company_id
        WHERE e.client_id = ${person.clientId} AND e.state = 'active' AND p.id <> ${prospectId}
          AND (c.domain = ${first} OR ${at(first)}${second ? sql` OR c.domain = ${second} OR ${at(second)}` : sql``})
        ORDER BY e.prospect_id LIMIT 200`,
    { id: text, prospectId: text },
  );
}
