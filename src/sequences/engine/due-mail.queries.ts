import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, integer, maybe, text, word } from '../../database/rows.js';
import { roomUnder } from '../../outreach/mailboxes/send-budget.js';

/*
 * Where the engine finds its work. Every question is a range of an index that holds due mail alone, so that a tick with
 * nothing due costs the same for a thousand enrolments as for a million: it grows with mailboxes and sequences only.
 */

const DUE = { id: text, prospectId: text, dueAt: instant };

/** An enrolment whose mail is due. */
export interface DueMail {
  id: string;
  prospectId: string;
  dueAt: Date;
}

const dueMail = (now: Date): Sql =>
  sql`e.next_channel = 'email' AND e.state = 'active' AND e.due_at <= ${now}`;

/** Threads of a mailbox that go on. */
const followUps = (mailbox: Sql, now: Date): Sql =>
  sql`FROM enrolment e JOIN sequence s ON s.id = e.sequence_id
    WHERE e.mailbox_id = ${mailbox} AND ${dueMail(now)}
      AND (s.state = 'live' OR (s.state = 'testing' AND e.is_test = ${true}))`;

/** People of a live sequence nobody has written to yet. */
const firstTouches = (sequence: Sql, now: Date): Sql =>
  sql`FROM enrolment e WHERE e.sequence_id = ${sequence} AND e.mailbox_id IS NULL AND ${dueMail(now)}`;

/** The same of a test segment: the others of its sequence are due too, and wait for the launch. */
const testTouches = (sequence: Sql, now: Date): Sql =>
  sql`FROM sequence_test t JOIN enrolment e ON e.test_id = t.id
    WHERE t.sequence_id = ${sequence} AND e.is_test = ${true} AND e.mailbox_id IS NULL AND ${dueMail(now)}`;

/** Mailboxes that may send and have something due, those that rested longest first. */
export async function mailboxesWithWork(db: Db, now: Date): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT m.id FROM mailbox m JOIN client k ON k.id = m.client_id
        WHERE m.state = 'active' AND k.switched_off_at IS NULL
          AND (EXISTS (SELECT 1 ${followUps(sql`m.id`, now)})
            OR EXISTS (SELECT 1 FROM sequence s WHERE s.client_id = m.client_id AND (
              (s.state = 'live' AND EXISTS (SELECT 1 ${firstTouches(sql`s.id`, now)}))
              OR (s.state = 'testing' AND EXISTS (SELECT 1 ${testTouches(sql`s.id`, now)})))))
        ORDER BY COALESCE(m.last_sent_at, m.created_at), m.id`,
    { id: text },
  );
  return rows.map(({ id }) => id);
}

/** A running sequence that has not sent all it may in 24 h. */
export interface OpenSequence {
  id: string;
  state: 'testing' | 'live';
  /** Mails it may still send. */
  room: number;
}

/** The running sequences of a client that may still send. */
export async function openSequences(db: Db, clientId: string, now: Date): Promise<OpenSequence[]> {
  const rolling = new Date(now.getTime() - 86_400_000);
  const rows = await db.rows(
    sql`SELECT s.id, s.state, s.daily_cap, CASE WHEN s.daily_cap IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM outgoing_mail o
            WHERE o.sequence_id = s.id AND o.claimed_at > ${rolling}) END AS used
        FROM sequence s WHERE s.client_id = ${clientId} AND s.state IN ('testing', 'live')`,
    { id: text, state: word<'testing' | 'live'>(), dailyCap: maybe(integer), used: integer },
  );
  return rows
    .map(({ id, state, dailyCap, used }) => ({ id, state, room: roomUnder(dailyCap, used) }))
    .filter(({ room }) => room > 0);
}

/** Due enrolments for a mailbox in the order they are taken: follow-ups, then first touches, each by its date. */
export async function dueFor(
  db: Db,
  mailboxId: string,
  { sequences, now, limit }: { sequences: readonly OpenSequence[]; now: Date; limit: number },
): Promise<DueMail[]> {
  if (sequences.length === 0) return [];
  const read = (from: Sql): Promise<DueMail[]> =>
    db.rows(sql`SELECT e.id, e.prospect_id, e.due_at ${from} ORDER BY e.due_at LIMIT ${limit}`, DUE);
  const among = sql` AND s.id IN (${join(sequences.map(({ id }) => id))})`;
  const found = await read(sql`${followUps(sql`${mailboxId}`, now)}${among}`);
  if (found.length >= limit) return found;
  const first: DueMail[] = [];
  for (const { id, state } of sequences) {
    first.push(...(await read((state === 'live' ? firstTouches : testTouches)(sql`${id}`, now))));
  }
  first.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  return [...found, ...first].slice(0, limit);
}
