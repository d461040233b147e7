import { DateTime } from 'luxon';

/**
 * The instant at which clocks in `zone` show `time` (HH:MM) on `dayOn` (YYYY-MM-DD), the first of two when they go back;
 * null when they never do: a time skipped by daylight saving, or no day at all.
 */
export function instantAt(dayOn: string, time: string, zone: string): Date | null {
  const found = DateTime.fromISO(`${dayOn}T${time}`, { zone });
  const isShown = (at: DateTime): boolean => at.toFormat("yyyy-MM-dd'T'HH:mm") === `${dayOn}T${time}`;
  if (!found.isValid || !isShown(found)) return null;
  const earlier = found.minus({ hours: 1 });
  return (isShown(earlier) ? earlier : found).toJSDate();
}

/** The wall-clock time HH:MM of an instant in `zone`. */
export function timeOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('HH:mm');
}
