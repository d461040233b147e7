import { DateTime } from 'luxon';

/* Sums with calendar days `YYYY-MM-DD`, wherever they are: no zone, no clock. */

export function daysAfter(dayOn: string, days: number): string {
  return parsed(dayOn).plus({ days }).toISODate()!;
}

export function firstOfNextMonth(dayOn: string): string {
  return parsed(dayOn).plus({ months: 1 }).startOf('month').toISODate()!;
}

/** "2026-02-30" has the form of a day and is none. */
export function isCalendarDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parsed(text).isValid;
}

function parsed(dayOn: string): DateTime {
  return DateTime.fromISO(dayOn, { zone: 'utc' });
}
