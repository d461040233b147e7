import sql from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { maybe, text, type RowOf } from '../../database/rows.js';
import type { ThreadMail } from './mail-thread.js';
import type { OutgoingMail } from './outgoing-mail.entity.js';

/** Not settled yet. In these very words the index of those mails is found. */
export const isUnderWay = sql`state IN ('claimed', 'sending', 'uncertain')`;

const THREAD = { enrolmentId: text, messageId: text, relayMessageId: maybe(text), subject: text };

/** What left in each of these enrolments, oldest first; one whose first mail is still to come is absent. */
export async function threadsOf(
  db: Db,
  enrolmentIds: readonly string[],
): Promise<Map<string, readonly ThreadMail[]>> {
  const threads = new Map<string, ThreadMail[]>();
  if (enrolmentIds.length === 0) return threads;
  const { isAmong, unindexed } = db.dialect;
  const mails = await db.rows(
    sql`SELECT enrolment_id, message_id, relay_message_id, subject FROM outgoing_mail
        WHERE ${isAmong(sql`enrolment_id`, enrolmentIds)} AND ${unindexed(sql`state`)} IN ('sent', 'outbox', 'uncertain')
        ORDER BY claimed_at, id`,
    THREAD,
  );
  for (const { enrolmentId, messageId, relayMessageId, subject } of mails) {
    const one = { messageId: relayMessageId ?? messageId, subject };
    const known = threads.get(enrolmentId);
    if (known) known.push(one);
    else threads.set(enrolmentId, [one]);
  }
  return threads;
}

/** What somebody can object under. */
export const PERSON_KEYS = {
  id: text,
  email: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  companyDomain: maybe(text),
};
export type PersonWithKeys = RowOf<typeof PERSON_KEYS>;

/** Of `prospect p LEFT JOIN company c`. */
export const personKeys = sql`p.id, p.email, p.phone, p.mobile_phone, p.linkedin_url, c.domain AS company_domain`;

export function personWithKeys(db: Db, prospectId: string): Promise<PersonWithKeys | null> {
  return db.row(
    sql`SELECT ${personKeys} FROM prospect p LEFT JOIN company c ON c.id = p.company_id WHERE p.id = ${prospectId}`,
    PERSON_KEYS,
  );
}

const COLUMNS =
  'id client_id prospect_id mailbox_id enrolment_id sequence_id message_id token to_address to_name to_domain subject text html in_reply_to references state claimed_at'.split(
    ' ',
  );

/** Writes mails down that were just claimed: none of them has begun. */
export function insertMails(tx: Tx, mails: readonly OutgoingMail[]): Promise<void> {
  const rows = mails.map((mail) => [
    mail.id,
    mail.clientId,
    mail.prospectId,
    mail.mailboxId,
    mail.enrolmentId,
    mail.sequenceId,
    mail.messageId,
    mail.token,
    mail.toAddress,
    mail.toName,
    mail.toDomain,
    mail.subject,
    mail.text,
    mail.html,
    mail.inReplyTo,
    JSON.stringify(mail.references),
    mail.state,
    mail.claimedAt,
  ]);
  return insertRows(tx, 'outgoing_mail', COLUMNS, rows);
}
