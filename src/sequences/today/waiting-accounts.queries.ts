import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { isWaiting } from '../enrolments/colleagues.queries.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';
import { mostCounted, queueLimit } from './queue-rank.js';

const WAITING = { prospectId: text, clientId: text, account: text, since: instant };

/** A company somebody of which answered, shown as one of those who wait; `waiting`: how many they are. */
export type WaitingAccount = PersonInQueue & { waiting: number };

/** Companies whose people wait for a word of ours since a colleague answered: the one that has waited longest first. */
export async function waitingAccounts(
  db: Db,
  clients: readonly string[],
  mine: Sql,
): Promise<{ accounts: WaitingAccount[]; count: number }> {
  const people = await db.rows(
    sql`SELECT p.id AS prospect_id, p.client_id, COALESCE(p.company_id, ${db.dialect.domainOf(sql`p.email`)}, p.id) AS account,
          COALESCE((SELECT MAX(a.at) FROM activity a WHERE a.prospect_id = e.prospect_id
            AND a.kind = 'enrolment.paused' AND a.about_id = e.id), e.enrolled_at) AS since
        FROM enrolment e JOIN sequence s ON s.id = e.sequence_id JOIN prospect p ON p.id = e.prospect_id
        WHERE e.client_id IN (${join([...clients])}) AND ${isWaiting(db)}
          AND (s.state = 'live' OR (s.state = 'testing' AND e.is_test = ${true})) AND ${mine}
        LIMIT ${mostCounted}`,
    WAITING,
  );
  if (people.length === 0) return { accounts: [], count: 0 };
  people.sort(
    (one, other) =>
      one.since.getTime() - other.since.getTime() || (one.prospectId < other.prospectId ? -1 : 1),
  );
  const accounts = new Map<string, { first: (typeof people)[number]; waiting: number }>();
  for (const person of people) {
    const key = `${person.clientId} ${person.account}`;
    const known = accounts.get(key);
    if (known) known.waiting += 1;
    else accounts.set(key, { first: person, waiting: 1 });
  }
  const shown = new Map(
    [...accounts.values()].slice(0, queueLimit).map((account) => [account.first.prospectId, account]),
  );
  const rows = await db.rows(
    sql`SELECT ${personColumns}, p.status_at AS at FROM prospect p JOIN client k ON k.id = p.client_id
        WHERE ${db.dialect.isAmong(sql`p.id`, [...shown.keys()])}`,
    PERSON_IN_QUEUE,
  );
  return {
    accounts: rows.map((row) => {
      const { first, waiting } = shown.get(row.prospectId)!;
      return { ...row, at: first.since, waiting };
    }),
    count: accounts.size,
  };
}
