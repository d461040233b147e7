import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant } from '../../database/rows.js';
import { SOFT_LIMIT } from './soft-bounces.js';

/** Soft bounces of a person's mail in the days that count: reports that came in, and refusals in the dialogue. */
export async function softBouncesOf(db: Db, prospectId: string, now: Date): Promise<Date[]> {
  const since = new Date(now.getTime() - SOFT_LIMIT.days * 86_400_000);
  const rows = await db.rows(
    sql`SELECT received_at AS at FROM incoming_mail
        WHERE prospect_id = ${prospectId} AND machine_class = 'bounce_soft' AND received_at > ${since}
        UNION ALL
        SELECT started_at AS at FROM outgoing_mail
        WHERE prospect_id = ${prospectId} AND refusal = 'bounce_soft' AND started_at > ${since}`,
    { at: instant },
  );
  return rows.map(({ at }) => at);
}
