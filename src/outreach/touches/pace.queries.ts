import sql, { join } from 'sql-template-tag';
import { DateTime } from 'luxon';
import type { Actor } from '../../accounts/actor.js';
import { agencyClock } from '../../accounts/agency.queries.js';
import type { Db } from '../../database/db.js';
import { integer, text } from '../../database/rows.js';
import { countedResults, limitsOf, type Pace, pacedChannels } from './daily-pace.js';

/** What one person has done today of what they may do, by channel. The day is the agency's. */
export async function paceToday(db: Db, actor: Actor, now: Date): Promise<Pace[]> {
  const { timeZone, dailyLimits } = await agencyClock(db);
  const since = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').toJSDate();
  const rows = await db.rows(
    sql`SELECT channel, result, COUNT(*) AS n FROM touch
      WHERE user_id = ${actor.userId} AND at >= ${since} AND channel IN (${join([...pacedChannels])})
      GROUP BY channel, result`,
    { channel: text, result: text, n: integer },
  );
  const limits = limitsOf(dailyLimits);
  return pacedChannels.map((channel) => {
    const counted = new Set(countedResults(channel));
    const own = rows.filter((row) => row.channel === channel && counted.has(row.result));
    return { channel, limit: limits[channel], done: own.reduce((sum, { n }) => sum + n, 0) };
  });
}
