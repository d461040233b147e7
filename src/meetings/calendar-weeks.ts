import { DateTime } from 'luxon';

/** The days `YYYY-MM-DD` of the week that holds `dayOn`, Monday first. */
export function weekOf(dayOn: string): string[] {
  const monday = DateTime.fromISO(dayOn, { zone: 'utc' }).startOf('week');
  return Array.from({ length: 7 }, (_, day) => monday.plus({ days: day }).toISODate()!);
}

/** The whole weeks that show the month of `dayOn`: four to six, with the days of the months beside it. */
export function weeksOfMonth(dayOn: string): string[][] {
  const first = DateTime.fromISO(dayOn, { zone: 'utc' }).startOf('month');
  const weeks: string[][] = [];
  for (let day = first.startOf('week'); day <= first.endOf('month'); day = day.plus({ weeks: 1 })) {
    weeks.push(weekOf(day.toISODate()!));
  }
  return weeks;
}
