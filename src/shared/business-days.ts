import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import { type LocalDay, localDayOf } from './local-day.js';

/** Where a working calendar is read: an IANA zone, and the ISO country whose public holidays count (null: none). */
export interface WorkPlace {
  zone: string;
  country: string | null;
}

const calendars = new Map<string, Holidays>();
const holidayDays = new Map<string, ReadonlySet<string>>();

function calendarOf(country: string): Holidays {
  const known = calendars.get(country);
  if (known) return known;
  const made = new Holidays(country, { types: ['public'] });
  calendars.set(country, made);
  return made;
}

/** Days off of one country and year, as `YYYY-MM-DD`; nationwide public holidays only, an unknown country has none. */
function daysOff(country: string, year: number): ReadonlySet<string> {
  const key = `${country} ${year}`;
  const known = holidayDays.get(key);
  if (known) return known;
  const days = new Set<string>();
  for (const holiday of calendarOf(country).getHolidays(year)) {
    const first = DateTime.fromISO(holiday.date.slice(0, 10), { zone: 'utc' });
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
    for (let day = 0; day < length; day += 1) days.add(first.plus({ days: day }).toISODate()!);
  }
  holidayDays.set(key, days);
  return days;
}

/** Monday to Friday, and no public holiday of the country. `dayOn` is `YYYY-MM-DD`. */
export function isBusinessDay(dayOn: string, country: string | null): boolean {
  const key = `${dayOn} ${country ?? ''}`;
  const known = businessDaysKept.get(key);
  if (known !== undefined) return known;
  const is = asksForBusinessDay(dayOn, country);
  if (businessDaysKept.size >= MOST_KEPT) businessDaysKept.clear();
  businessDaysKept.set(key, is);
  return is;
}

const MOST_KEPT = 2000;
const businessDaysKept = new Map<string, boolean>();

function asksForBusinessDay(dayOn: string, country: string | null): boolean {
  const day = DateTime.fromISO(dayOn, { zone: 'utc' });
  if (day.weekday > 5) return false;
  return !country || !daysOff(country.toUpperCase(), day.year).has(dayOn);
}

/** The first business day on or after `dayOn`. */
export function nextBusinessDay(dayOn: string, country: string | null): string {
  let day = DateTime.fromISO(dayOn, { zone: 'utc' });
  while (!isBusinessDay(day.toISODate()!, country)) day = day.plus({ days: 1 });
  return day.toISODate()!;
}

const daysKept = new Map<string, string>();

/** `count` business days after `dayOn` (0: the day itself, or the next business day if it is none). */
export function addBusinessDays(dayOn: string, count: number, country: string | null): string {
  const key = `${dayOn} ${count} ${country ?? ''}`;
  const known = daysKept.get(key);
  if (known !== undefined) return known;
  const day = countBusinessDays(dayOn, count, country);
  // A campaign asks for the same few days thousands of times.
  if (daysKept.size >= MOST_KEPT) daysKept.clear();
  daysKept.set(key, day);
  return day;
}

function countBusinessDays(dayOn: string, count: number, country: string | null): string {
  let day = nextBusinessDay(dayOn, country);
  for (let left = count; left > 0; left -= 1) {
    day = nextBusinessDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate()!, country);
  }
  return day;
}

/**
 * The same wall-clock time `count` business days later, in the place's zone: 09:00 stays 09:00 across a clock change.
 * A wall-clock time that the change skips moves to the first one after it.
 */
export function addBusinessDaysAt(at: Date, count: number, place: WorkPlace): Date {
  const from = localDayOf(at, place.zone);
  const day = addBusinessDays(from.dayOn, count, place.country);
  if (day === from.dayOn) return at;
  const shift = shiftBetween(from, day, place.zone);
  if (shift !== null) return new Date(at.getTime() + shift);
  const local = DateTime.fromJSDate(at, { zone: place.zone });
  const { year, month, day: dayOfMonth } = DateTime.fromISO(day, { zone: 'utc' });
  return local.set({ year, month, day: dayOfMonth }).toJSDate();
}

const DAY = 86_400_000;
const shiftsKept = new Map<string, number | null>();

/** The ms between the same wall-clock times of two days; null when a clock change on either makes it depend on the time. */
function shiftBetween(from: LocalDay, dayOn: string, zone: string): number | null {
  const key = `${zone} ${from.dayOn} ${dayOn}`;
  const known = shiftsKept.get(key);
  if (known !== undefined) return known;
  const to = localDayOf(DateTime.fromISO(dayOn, { zone }).toJSDate(), zone);
  const isPlain = from.endsAt - from.startsAt === DAY && to.endsAt - to.startsAt === DAY;
  const shift = isPlain ? to.startsAt - from.startsAt : null;
  if (shiftsKept.size >= MOST_KEPT) shiftsKept.clear();
  shiftsKept.set(key, shift);
  return shift;
}
