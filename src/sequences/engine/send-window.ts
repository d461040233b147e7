import { DateTime } from 'luxon';
import { isBusinessDay, nextBusinessDay, type WorkPlace } from '../../shared/business-days.js';
import { daysAfter } from '../../shared/calendar-day.js';
import { localDayOf } from '../../shared/local-day.js';
import { seededNumber } from '../../shared/seeded-number.js';

/** Opening hours for outreach, Monday to Friday, on the prospect's own clock. */
export const openingHours = { opens: { hour: 8, minute: 30 }, closes: { hour: 18, minute: 0 } } as const;

interface Hours {
  day: string;
  opensAt: number;
  closesAt: number;
}

/** The days asked about are few, and the same ones again and again: reckoning one takes longer than all the rest. */
const hoursKept = new Map<string, Hours>();

function hoursOf(dayOn: string, zone: string): Hours {
  const key = `${zone} ${dayOn}`;
  const known = hoursKept.get(key);
  if (known) return known;
  const midnight = DateTime.fromISO(dayOn, { zone }).startOf('day');
  const opensAt = midnight.set(openingHours.opens).toMillis();
  const hours = { day: dayOn, opensAt, closesAt: midnight.set(openingHours.closes).toMillis() };
  if (hoursKept.size >= 2000) hoursKept.clear();
  hoursKept.set(key, hours);
  return hours;
}

/** May we write or call at this instant? The closing minute itself is outside. */
export function isInWindow(at: Date, place: WorkPlace): boolean {
  const { day, opensAt, closesAt } = hoursOf(localDayOf(at, place.zone).dayOn, place.zone);
  return at.getTime() >= opensAt && at.getTime() < closesAt && isBusinessDay(day, place.country);
}

/** The instant itself when the window is open, else the next opening. */
export function nextOpening(at: Date, place: WorkPlace): Date {
  if (isInWindow(at, place)) return at;
  const { dayOn } = localDayOf(at, place.zone);
  const isEarly = at.getTime() < hoursOf(dayOn, place.zone).opensAt;
  const day = nextBusinessDay(isEarly ? dayOn : daysAfter(dayOn, 1), place.country);
  return new Date(hoursOf(day, place.zone).opensAt);
}

/** The longest a mail waits after the opening when it missed its slot. */
const MOST_JITTER_MS = 60 * 60_000;

/** How long after an opening one enrolment's mail goes out: spread over the first hour, always the same for the same key. */
export function jitterOf(key: string): number {
  return Math.floor(seededNumber(key) * MOST_JITTER_MS);
}
