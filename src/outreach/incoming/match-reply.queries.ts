import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, maybe, text } from '../../database/rows.js';
import { emailIdentity } from '../../shared/email-address.js';
import { type Match, matchReply, type OurMail, type ReplyTraces } from './match-reply.js';
import type { Mailbox } from '../mailboxes/mailbox.entity.js';

const DAY = 86_400_000;
/** Nobody answers without quoting after this long. */
const BY_SENDER_DAYS = 180;

const SHAPE = {
  id: text,
  prospectId: text,
  enrolmentId: maybe(text),
  messageId: text,
  relayMessageId: maybe(text),
  token: text,
  toAddress: text,
  claimedAt: instant,
};

/** Whose mail it is, among those this client's mailboxes wrote to. */
export async function matchOf(
  db: Db,
  mailbox: Pick<Mailbox, 'id' | 'clientId'>,
  traces: ReplyTraces,
  receivedAt: Date,
): Promise<Match | null> {
  const ways = waysTo(mailbox, traces, receivedAt);
  if (ways.length === 0) return null;
  const { unindexed } = db.dialect;
  // By the ways alone: with client and state in the question, SQLite would walk all the mails of the client.
  const rows = await db.rows(
    sql`SELECT id, prospect_id, enrolment_id, message_id, relay_message_id, token, to_address, claimed_at FROM outgoing_mail
        WHERE ${unindexed(sql`client_id`)} = ${mailbox.clientId}
          AND ${unindexed(sql`state`)} IN ('sending', 'sent', 'uncertain', 'refused', 'outbox')
          AND (${join(ways, ' OR ')}) ORDER BY claimed_at DESC LIMIT 200`,
    SHAPE,
  );
  return matchReply(traces, rows.map(ours), emailIdentity);
}

function waysTo(
  { id }: Pick<Mailbox, 'id'>,
  { messageIds, tokens, people }: ReplyTraces,
  receivedAt: Date,
): Sql[] {
  const since = new Date(receivedAt.getTime() - BY_SENDER_DAYS * DAY);
  const until = new Date(receivedAt.getTime() + DAY);
  return [
    messageIds.length > 0
      ? sql`message_id IN (${join(messageIds)}) OR relay_message_id IN (${join(messageIds)})`
      : empty,
    tokens.length > 0 ? sql`token IN (${join(tokens)})` : empty,
    people.length > 0
      ? sql`(mailbox_id = ${id} AND to_address IN (${join(people)}) AND claimed_at > ${since} AND claimed_at < ${until})`
      : empty,
  ].filter((way) => way !== empty);
}

function ours(row: {
  id: string;
  prospectId: string;
  enrolmentId: string | null;
  messageId: string;
  relayMessageId: string | null;
  token: string;
  toAddress: string;
  claimedAt: Date;
}): OurMail {
  const { messageId, relayMessageId, claimedAt, ...mail } = row;
  return {
    ...mail,
    sentAt: claimedAt,
    messageIds: relayMessageId === null ? [messageId] : [messageId, relayMessageId],
  };
}
