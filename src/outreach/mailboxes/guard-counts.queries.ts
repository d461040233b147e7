import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer } from '../../database/rows.js';
import { GUARD_DAYS, type GuardCounts } from './rate-guards.js';

const DAY = 86_400_000;
/** Bounces and complaints come in for a while after the mail they are about. */
const LATE_DAYS = 30;

/** What a guard looks at: one sequence, or one mailbox. */
export type Guarded = { sequenceId: string } | { mailboxId: string };

/**
 * What happened in the rolling days, or since somebody last let it go on. Mails count on the day they were tried, bad news
 * on the day it came.
 */
export async function guardCounts(
  db: Db,
  guarded: Guarded,
  now: Date,
  letGoAt: Date | null,
): Promise<GuardCounts> {
  const rolling = new Date(now.getTime() - GUARD_DAYS * DAY);
  const since = letGoAt && letGoAt > rolling ? letGoAt : rolling;
  const earliest = new Date(since.getTime() - LATE_DAYS * DAY);
  const many = (condition: Sql): Sql => sql`COUNT(CASE WHEN ${condition} THEN 1 END)`;
  const mine =
    'sequenceId' in guarded
      ? sql`sequence_id = ${guarded.sequenceId}`
      : sql`mailbox_id = ${guarded.mailboxId}`;
  const tried = sql`started_at > ${since} AND (sent_at IS NOT NULL OR refusal = 'bounce_hard')`;
  const row = await db.row(
    sql`SELECT ${many(tried)} AS attempted, ${many(sql`${tried} AND bounced_at IS NULL`)} AS delivered,
          ${many(sql`bounced_at > ${since}`)} AS hard_bounce, ${many(sql`complained_at > ${since}`)} AS complaint,
          ${many(sql`unsubscribed_at > ${since}`)} AS unsubscribe
        FROM outgoing_mail WHERE ${mine} AND claimed_at > ${earliest}`,
    {
      attempted: integer,
      delivered: integer,
      hardBounce: integer,
      complaint: integer,
      unsubscribe: integer,
    },
  );
  const { hardBounce, ...rest } = row!;
  return { ...rest, hard_bounce: hardBounce };
}
