import sql from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { json, maybe, text } from '../database/rows.js';

/** The agency's own clock, and what it lets one person do in a day. */
export interface AgencyClock {
  /** IANA zone. */
  timeZone: string;
  dailyLimits: Record<string, number>;
}

export async function agencyClock(db: Db): Promise<AgencyClock> {
  const row = await db.row(sql`SELECT time_zone, daily_limits FROM agency LIMIT 1`, {
    timeZone: text,
    dailyLimits: maybe(json<Record<string, number>>()),
  });
  return { timeZone: row?.timeZone ?? 'Europe/Paris', dailyLimits: row?.dailyLimits ?? {} };
}
