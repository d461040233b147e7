import type { DateTime } from 'luxon';

/** The hour of a day the demo is told up to: before the day's work, after the night's mail. */
export function morningOf(day: DateTime): DateTime {
  return day.startOf('day').plus({ hours: 8, minutes: 30 });
}

/** The last day whose morning has been: nothing that is told may lie ahead of whoever opens the demo. */
export function lastTold(now: DateTime): DateTime {
  const today = now.startOf('day');
  return morningOf(today) > now ? today.minus({ days: 1 }) : today;
}
