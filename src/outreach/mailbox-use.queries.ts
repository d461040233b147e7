import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { instant, integer, maybe } from '../database/rows.js';
import { isFreeMailDomain } from '../shared/email-address.js';
import { type MailboxUse, MOST_PER_DOMAIN } from './send-budget.js';

const DAY = 86_400_000;
const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** What a mailbox has claimed on the local day of its client and in the last 24 h. */
export async function useOf(db: Db, mailboxId: string, zone: string, now: Date): Promise<MailboxUse> {
  const midnight = DateTime.fromJSDate(now, { zone }).startOf('day').toJSDate();
  const rolling = before(now, DAY);
  const since = midnight < rolling ? midnight : rolling;
  const row = await db.row(
    sql`SELECT COUNT(CASE WHEN claimed_at >= ${midnight} THEN 1 END) AS today,
          COUNT(CASE WHEN claimed_at > ${rolling} THEN 1 END) AS last24h, MAX(claimed_at) AS last_at
        FROM outgoing_mail WHERE mailbox_id = ${mailboxId} AND claimed_at >= ${since}`,
    { today: integer, last24h: integer, lastAt: maybe(instant) },
  );
  return row ?? { today: 0, last24h: 0, lastAt: null };
}

/** When the company behind an address has had enough for 24 h: the instant there is room again; null while there is. */
export async function domainFullUntil(
  db: Db,
  clientId: string,
  domain: string,
  now: Date,
): Promise<Date | null> {
  if (isFreeMailDomain(domain)) return null;
  const rows = await db.rows(
    sql`SELECT claimed_at FROM outgoing_mail WHERE client_id = ${clientId} AND to_domain = ${domain}
          AND claimed_at > ${before(now, DAY)} ORDER BY claimed_at DESC LIMIT ${MOST_PER_DOMAIN}`,
    { claimedAt: instant },
  );
  return rows.length < MOST_PER_DOMAIN ? null : new Date(rows.at(-1)!.claimedAt.getTime() + DAY + 1000);
}
