import { DateTime } from 'luxon';

/** A calendar day somewhere: `YYYY-MM-DD`, from its first instant to that of the day after (ms since 1970). */
export interface LocalDay {
  dayOn: string;
  startsAt: number;
  endsAt: number;
}

/** By zone, the latest first. */
const kept = new Map<string, LocalDay[]>();
const MOST_DAYS = 8;
const MOST_ZONES = 500;

/** The day an instant falls on in a zone. Asking the calendar costs more than a whole plan, and the days asked about are few. */
export function localDayOf(at: Date, zone: string): LocalDay {
  const ms = at.getTime();
  const days = kept.get(zone) ?? [];
  const known = days.find(({ startsAt, endsAt }) => ms >= startsAt && ms < endsAt);
  if (known) return known;
  const found = reckon(at, zone);
  if (kept.size >= MOST_ZONES) kept.clear();
  kept.set(zone, [found, ...days.slice(0, MOST_DAYS - 1)]);
  return found;
}

function reckon(at: Date, zone: string): LocalDay {
  const local = DateTime.fromJSDate(at, { zone });
  const midnight = local.startOf('day');
  return {
    dayOn: local.toISODate()!,
    startsAt: midnight.toMillis(),
    endsAt: midnight.plus({ days: 1 }).startOf('day').toMillis(),
  };
}
