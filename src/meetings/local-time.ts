import { DateTime } from 'luxon';

/**
 * The instant at which clocks in `zone` show `time` (HH:MM) on `dayOn` (YYYY-MM-DD), the first of two when they go back;
 * null when they never do: a time skipped by daylight saving, or no day at all.
 */
export function instantAt(dayOn: string, time: string, zone: string): Date | null {
  const at = DateTime.fromISO(`${dayOn}T${time}`, { zone });
  if (!at.isValid || at.toFormat("yyyy-MM-dd'T'HH:mm") !== `${dayOn}T${time}`) return null;
  return at.toJSDate();
}

/** The wall-clock time HH:MM of an instant in `zone`. */
export function timeOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('HH:mm');
}
