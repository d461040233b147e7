import sql, { join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, maybe, text, word } from '../../database/rows.js';
import type { MailClass } from '../../mail/mail-class.js';
import { mostCounted, queueLimit } from './queue-rank.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';

const ANSWER = {
  ...PERSON_IN_QUEUE,
  mailId: maybe(text),
  suggested: maybe(word<MailClass>()),
};
/** An answer nobody has dealt with; `mailId` null: known by the status alone. */
export type Answer = PersonInQueue & { mailId: string | null; suggested: MailClass | null };

/** Answers that wait: mails to triage, and people who answered and heard nothing since. The clock runs from receipt. */
export async function waitingAnswers(
  db: Db,
  clients: readonly string[],
  mine: Sql,
): Promise<{ answers: Answer[]; count: number }> {
  const mails = toTriage(clients, mine);
  const people = unanswered(clients, mine);
  const answers = [
    ...(await db.rows(
      sql`SELECT ${personColumns}, m.received_at AS at, m.id AS mail_id, m.machine_class AS suggested ${mails}
        ORDER BY m.received_at, m.id LIMIT ${queueLimit}`,
      ANSWER,
    )),
    ...(await db.rows(
      sql`SELECT ${personColumns}, ${receivedAt} AS at, NULL AS mail_id, NULL AS suggested
        FROM (SELECT p.id ${people} ORDER BY p.status_at, p.id LIMIT ${queueLimit}) shown
          JOIN prospect p ON p.id = shown.id JOIN client k ON k.id = p.client_id`,
      ANSWER,
    )),
  ];
  const counted = await db.row(
    sql`SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT m.prospect_id ${mails} LIMIT ${mostCounted}) a)
      + (SELECT COUNT(*) FROM (SELECT 1 ${people} LIMIT ${mostCounted}) b) AS n`,
    { n: integer },
  );
  return { answers, count: Math.min(mostCounted, counted?.n ?? 0) };
}

function toTriage(clients: readonly string[], mine: Sql): Sql {
  return sql`FROM incoming_mail m JOIN prospect p ON p.id = m.prospect_id JOIN client k ON k.id = p.client_id
    WHERE m.client_id IN (${join([...clients])}) AND m.state = 'to_triage' AND ${mine}`;
}

/**
 * Somebody answered, and nothing went back to them since; a plain answer also waits for its meaning, unless a person
 * found an objection in it and wrote back.
 */
function unanswered(clients: readonly string[], mine: Sql): Sql {
  const touchedSince = (since: Sql): Sql =>
    sql`EXISTS (SELECT 1 FROM touch t WHERE t.prospect_id = p.id AND t.at > ${since})`;
  return sql`FROM prospect p WHERE p.client_id IN (${join([...clients])}) AND p.status IN ('replied', 'interested') AND ${mine}
      AND NOT EXISTS (SELECT 1 FROM incoming_mail m WHERE m.prospect_id = p.id AND m.state = 'to_triage')
      AND CASE WHEN p.status = 'interested' THEN NOT ${touchedSince(receivedAt)}
        ELSE NOT EXISTS (SELECT 1 FROM incoming_mail m WHERE m.prospect_id = p.id AND m.human_class = 'objection'
          AND ${touchedSince(sql`m.handled_at`)}) END`;
}

/** When the mail came that the status follows from; else since when the status stands. */
const receivedAt = sql`COALESCE((SELECT MAX(m.received_at) FROM incoming_mail m
  WHERE m.prospect_id = p.id AND m.handled_at = p.status_at), p.status_at)`;
