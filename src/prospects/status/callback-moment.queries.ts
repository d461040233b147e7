import { DateTime } from 'luxon';
import { agencyClock } from '../../accounts/agency.queries.js';
import type { Db } from '../../database/db.js';
import { InvalidInput } from '../../shared/errors.js';

/** When to come back to somebody: a day, and perhaps the moment of that day. */
export interface CallbackMoment {
  until: string | null;
  callbackAt: Date | null;
}

export const NEVER: CallbackMoment = { until: null, callbackAt: null };

/**
 * Reads the day, and the hour on the agency's clock, that a person named.
 * @throws InvalidInput on `until` or `time`: none, no such day, past
 */
export async function callbackMoment(
  db: Db,
  { until, time }: { until?: string; time?: string },
  now: Date,
): Promise<CallbackMoment> {
  const day = dayToComeBack(until, now);
  if (time === undefined) return { until: day, callbackAt: null };
  const { timeZone } = await agencyClock(db);
  const at = DateTime.fromISO(`${day}T${time}`, { zone: timeZone }).toJSDate();
  if (at < now) throw new InvalidInput({ time: 'prospects.untilPast' });
  return { until: day, callbackAt: at };
}

export function isSameMoment(
  { until, callbackAt }: CallbackMoment,
  standing: { statusUntil: string | null; callbackAt: Date | null },
): boolean {
  return until === standing.statusUntil && callbackAt?.getTime() === standing.callbackAt?.getTime();
}

function dayToComeBack(until: string | undefined, now: Date): string {
  if (until === undefined) throw new InvalidInput({ until: 'prospects.untilNeeded' });
  if (!DateTime.fromISO(until, { zone: 'utc' }).isValid) throw new InvalidInput({ until: 'isDay' });
  // West of Greenwich it is still yesterday.
  const earliest = DateTime.fromJSDate(now, { zone: 'utc' }).minus({ hours: 12 }).toISODate()!;
  if (until < earliest) throw new InvalidInput({ until: 'prospects.untilPast' });
  return until;
}
