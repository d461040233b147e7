import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { type Classified, classifyMail } from '../../mail/classify-mail.js';
import type { ReceivedMail } from '../../mail/inbox.js';
import { isHuman } from '../../mail/mail-class.js';
import { readMail, type ReadMail } from '../../mail/read-mail.js';
import { safeHtml } from '../../mail/safe-html.js';
import { newId } from '../../shared/id.js';
import { MailReceived } from './incoming-mail.events.js';
import type { IncomingMail } from './incoming-mail.entity.js';
import { matchOf } from './match-reply.queries.js';
import type { Match } from './match-reply.js';
import type { Mailbox } from '../mailboxes/mailbox.entity.js';
import { identityOf, tracesOf } from './reply-traces.js';

type Home = Pick<Mailbox, 'id' | 'clientId'>;
type Row = Omit<IncomingMail, 'humanClass' | 'actedAt' | 'handledAt' | 'handledBy'>;

/** Longer ids are no ids; they get one made from the content. */
const LONGEST_ID = 250;

/** Takes in mail: read, classified, matched and stored in one transaction together with the place reached in the folder. */
@Injectable()
export class IncomingMails {
  private readonly logger = new Logger('IncomingMails');

  constructor(private readonly database: Database) {}

  /** Stores it once, however often it is handed over. Gives its id, or null when it is known or our own. */
  async take(home: Home, received: ReceivedMail): Promise<string | null> {
    const mail = await readMail(received.raw);
    const classified = this.classified(mail, received);
    const traces = tracesOf(mail, classified);
    return this.database.write(async (tx) => {
      const reached = { uidValidity: received.uidValidity, uid: received.uid };
      await advance(tx, home.id, reached);
      if (await isOurs(tx, mail)) return null;
      const match = await matchOf(tx, home, traces, received.receivedAt);
      const row = rowOf(home, received, mail, classified, match);
      if (!(await insert(tx, row))) return null;
      tx.announce(new MailReceived(row.id, home.clientId, row.prospectId, row.enrolmentId, row.machineClass));
      return row.id;
    });
  }

  /** A mail that trips the rules up must not stop those behind it: a person decides. */
  private classified(mail: ReadMail, { receivedAt }: ReceivedMail): Classified {
    try {
      return classifyMail(mail, receivedAt);
    } catch (error) {
      this.logger.error({ err: error, messageId: mail.messageId });
      const unknown = { recipients: [], status: null, resumeOn: null, originalMessageIds: mail.references };
      return { ...unknown, mailClass: 'interested', confidence: 0, replyText: mail.text.slice(0, 2000) };
    }
  }
}

/** The place reached; never back under the same UIDVALIDITY, since two may read at once. */
async function advance(
  tx: Tx,
  mailboxId: string,
  { uidValidity, uid }: { uidValidity: string; uid: number },
): Promise<void> {
  await tx.run(sql`UPDATE mailbox SET uid_validity = ${uidValidity}, uid = ${uid} WHERE id = ${mailboxId}
    AND (uid_validity IS NULL OR uid_validity <> ${uidValidity} OR uid IS NULL OR uid < ${uid})`);
}

/** Our own copy of what we sent, whichever folder it was filed in: by its id, or written by one of our mailboxes. */
async function isOurs(tx: Tx, mail: ReadMail): Promise<boolean> {
  const [from = ''] = identityOf(mail.from?.address ?? null);
  const known = await tx.row(
    sql`SELECT id FROM mailbox WHERE address = ${from}
        UNION ALL SELECT id FROM outgoing_mail WHERE message_id = ${mail.messageId ?? ''} OR relay_message_id = ${mail.messageId ?? ''}`,
    { id: text },
  );
  return known !== null;
}

function rowOf(
  home: Home,
  received: ReceivedMail,
  mail: ReadMail,
  classified: Classified,
  match: Match | null,
): Row {
  const { mailClass, confidence, resumeOn, replyText, recipients } = classified;
  const { uidValidity, uid, receivedAt } = received;
  return {
    id: newId(),
    mailboxId: home.id,
    clientId: home.clientId,
    prospectId: match?.prospectId ?? null,
    touchId: match?.touchId ?? null,
    enrolmentId: match?.enrolmentId ?? null,
    uidValidity,
    uid,
    messageId: idOf(mail, received),
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    fromAddress: stored(mail.from?.address ?? ''),
    fromName: mail.from?.name == null ? null : stored(mail.from.name),
    subject: stored(mail.subject),
    receivedAt,
    machineClass: mailClass,
    confidence,
    resumeOn,
    replyText: stored(replyText),
    text: stored(mail.text) + (received.isCut ? cutNote(received) : ''),
    calendar: mailClass === 'calendar_response' ? calendarOf(mail) : null,
    html: mail.html === null ? null : stored(safeHtml(mail.html)),
    recipients,
    state: match === null ? 'unmatched' : isHuman(mailClass) ? 'to_triage' : 'handled',
  };
}

function idOf(mail: ReadMail, { raw }: ReceivedMail): string {
  if (mail.messageId !== null && mail.messageId.length <= LONGEST_ID) return mail.messageId;
  return `<${createHash('sha256').update(raw).digest('hex')}@no-message-id.invalid>`;
}

/** PostgreSQL takes no NUL, and no half of a surrogate pair, in a text. */
const stored = (text: string): string => Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8');

function calendarOf(mail: ReadMail): string | null {
  const part = mail.parts.find(({ type }) => type === 'text/calendar' || type === 'application/ics');
  return part === undefined ? null : stored(part.text);
}

const cutNote = ({ size }: ReceivedMail): string =>
  `\n\n[… ${Math.round(size / 1_000_000)} MB: only the beginning was read / seul le début a été lu]`;

async function insert(tx: Tx, row: Row): Promise<boolean> {
  const stored = await tx.run(sql`
    INSERT INTO incoming_mail (id, mailbox_id, client_id, prospect_id, touch_id, enrolment_id, uid_validity, uid, message_id,
      in_reply_to, "references", from_address, from_name, subject, received_at, machine_class, confidence, resume_on,
      reply_text, text, html, calendar, recipients, state)
    VALUES (${row.id}, ${row.mailboxId}, ${row.clientId}, ${row.prospectId}, ${row.touchId}, ${row.enrolmentId},
      ${row.uidValidity}, ${row.uid}, ${row.messageId}, ${row.inReplyTo}, ${JSON.stringify(row.references)},
      ${row.fromAddress}, ${row.fromName}, ${row.subject}, ${row.receivedAt}, ${row.machineClass}, ${row.confidence},
      ${row.resumeOn}, ${row.replyText}, ${row.text}, ${row.html}, ${row.calendar}, ${JSON.stringify(row.recipients)}, ${row.state})
    ON CONFLICT DO NOTHING`);
  return stored > 0;
}
