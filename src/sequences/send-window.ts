import { DateTime } from 'luxon';
import { isBusinessDay, nextBusinessDay, type WorkPlace } from '../shared/business-days.js';
import { seededNumber } from '../shared/seeded-number.js';

/** Opening hours for outreach, Monday to Friday, on the prospect's own clock. */
export const openingHours = { opens: { hour: 8, minute: 30 }, closes: { hour: 18, minute: 0 } } as const;

function hoursOf(day: DateTime): { opensAt: DateTime; closesAt: DateTime } {
  const midnight = day.startOf('day');
  return { opensAt: midnight.set(openingHours.opens), closesAt: midnight.set(openingHours.closes) };
}

/** May we write or call at this instant? The closing minute itself is outside. */
export function isInWindow(at: Date, place: WorkPlace): boolean {
  const local = DateTime.fromJSDate(at, { zone: place.zone });
  const { opensAt, closesAt } = hoursOf(local);
  return isBusinessDay(local.toISODate()!, place.country) && local >= opensAt && local < closesAt;
}

/** The instant itself when the window is open, else the next opening. */
export function nextOpening(at: Date, place: WorkPlace): Date {
  if (isInWindow(at, place)) return at;
  const local = DateTime.fromJSDate(at, { zone: place.zone });
  const { opensAt } = hoursOf(local);
  const from = local < opensAt ? local : local.plus({ days: 1 });
  const day = nextBusinessDay(from.toISODate()!, place.country);
  return hoursOf(DateTime.fromISO(day, { zone: place.zone })).opensAt.toJSDate();
}

/** The longest a mail waits after the opening when it missed its slot. */
const MOST_JITTER_MS = 60 * 60_000;

/** How long after an opening one enrolment's mail goes out: spread over the first hour, always the same for the same key. */
export function jitterOf(key: string): number {
  return Math.floor(seededNumber(key) * MOST_JITTER_MS);
}
