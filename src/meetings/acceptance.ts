import { DateTime } from 'luxon';
import { addBusinessDays, type WorkPlace } from '../shared/business-days.js';
import { dayOf } from '../shared/period.js';

/** A day somebody has, to its very end: `lapsesAt` is the first instant after `on` in the client's zone. */
export interface Deadline {
  on: string;
  lapsesAt: Date;
}

/**
 * The last day the client may contest: `days` business days of the client after the claim. A claim made on a day off
 * counts as made on the next business day. Source: engagement, acceptance days (5 by default).
 */
export function decisionDeadline(claimedAt: Date, days: number, client: WorkPlace): Deadline {
  return deadlineAfter(claimedAt, days, client);
}

/** Since when somebody could say how it went: its start, or the booking of a meeting written down afterwards. */
export function tellableSince({ startsAt, bookedAt }: { startsAt: Date; bookedAt: Date }): Date {
  return bookedAt > startsAt ? bookedAt : startsAt;
}

/** When a meeting nobody reported on is deemed held: `days` business days of the client after somebody could tell. */
export function deemedHeldDeadline(since: Date, days: number, client: WorkPlace): Deadline {
  return deadlineAfter(since, days, client);
}

/** Calendar days left, today included: 1 on the last day, 0 once it is over. */
export function daysLeft(deadlineOn: string, now: Date, zone: string): number {
  const today = DateTime.fromISO(dayOf(now, zone), { zone: 'utc' });
  const last = DateTime.fromISO(deadlineOn, { zone: 'utc' });
  return Math.max(0, last.diff(today, 'days').days + 1);
}

/** The first instant after the day `on` in `zone`. */
export function endOf(on: string, zone: string): Date {
  return DateTime.fromISO(on, { zone }).plus({ days: 1 }).startOf('day').toJSDate();
}

function deadlineAfter(at: Date, days: number, client: WorkPlace): Deadline {
  const on = addBusinessDays(dayOf(at, client.zone), days, client.country);
  return { on, lapsesAt: endOf(on, client.zone) };
}
