import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, integer, maybe, text } from '../../database/rows.js';
import { isFreeMailDomain } from '../../shared/email-address.js';
import type { MailboxUse } from './send-budget.js';

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

/**
 * When each company was written to in the last 24 h, the latest first, by the domain of its addresses. Providers of
 * addresses for everybody are no company: they are absent.
 */
export async function domainsUse(
  db: Db,
  clientId: string,
  domains: readonly string[],
  now: Date,
): Promise<Map<string, Date[]>> {
  const asked = [...new Set(domains)].filter((domain) => !isFreeMailDomain(domain));
  const use = new Map<string, Date[]>(asked.map((domain) => [domain, []]));
  if (asked.length === 0) return use;
  const rows = await db.rows(
    sql`SELECT to_domain, claimed_at FROM outgoing_mail WHERE client_id = ${clientId}
          AND ${db.dialect.isAmong(sql`to_domain`, asked)} AND claimed_at > ${before(now, DAY)} ORDER BY claimed_at DESC`,
    { toDomain: text, claimedAt: instant },
  );
  for (const { toDomain, claimedAt } of rows) use.get(toDomain)?.push(claimedAt);
  return use;
}
