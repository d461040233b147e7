import { DateTime } from 'luxon';

/** A reporting period: whole days of one IANA zone, both ends included, as the half-open instants they span. */
export interface Period {
  fromOn: string;
  toOn: string;
  zone: string;
  /** First instant of `fromOn`. */
  startsAt: Date;
  /** First instant after `toOn`: an instant belongs when startsAt ≤ instant < endsAt. */
  endsAt: Date;
}

export type PeriodProblem = 'from_invalid' | 'to_invalid' | 'to_before_from' | 'too_long';

/** Ten years: longer than any engagement, short enough that a report cannot be asked for a million days. */
const LONGEST_DAYS = 3660;

/**
 * The days `fromOn`…`toOn` (YYYY-MM-DD) of `zone`, or why they make no period.
 * A day lost or doubled by daylight saving keeps its 23 or 25 hours; where midnight does not exist, the day
 * starts at its first instant.
 */
export function periodOf(fromOn: string, toOn: string, zone: string): Period | PeriodProblem {
  const from = dayIn(fromOn, zone);
  const to = dayIn(toOn, zone);
  if (!from) return 'from_invalid';
  if (!to) return 'to_invalid';
  if (to < from) return 'to_before_from';
  if (to.diff(from, 'days').days > LONGEST_DAYS) return 'too_long';
  return {
    fromOn,
    toOn,
    zone,
    startsAt: from.startOf('day').toJSDate(),
    endsAt: to.plus({ days: 1 }).startOf('day').toJSDate(),
  };
}

/** The calendar month that `instant` falls in, in `zone`; `offset` −1 is the month before. */
export function monthOf(instant: Date, zone: string, offset = 0): Period {
  return calendarPeriod(
    DateTime.fromJSDate(instant, { zone }).startOf('month').plus({ months: offset }),
    'month',
  );
}

/** The calendar quarter that `instant` falls in, in `zone`; `offset` −1 is the quarter before. */
export function quarterOf(instant: Date, zone: string, offset = 0): Period {
  return calendarPeriod(
    DateTime.fromJSDate(instant, { zone }).startOf('quarter').plus({ quarters: offset }),
    'quarter',
  );
}

/** Whole calendar months touched by a period, cut at its ends: the pieces cover it exactly, in order. */
export function monthsOf(period: Period): Period[] {
  const pieces: Period[] = [];
  let day = DateTime.fromISO(period.fromOn, { zone: period.zone });
  const last = DateTime.fromISO(period.toOn, { zone: period.zone });
  while (day <= last) {
    const end = DateTime.min(day.endOf('month').startOf('day'), last);
    pieces.push(known(periodOf(isoDay(day), isoDay(end), period.zone)));
    day = end.plus({ days: 1 });
  }
  return pieces;
}

/** A period in pieces of at most `days` days: they cover it exactly, in order. */
export function slicesOf(period: Period, days: number): Period[] {
  const pieces: Period[] = [];
  let day = DateTime.fromISO(period.fromOn, { zone: period.zone });
  const last = DateTime.fromISO(period.toOn, { zone: period.zone });
  while (day <= last) {
    const end = DateTime.min(day.plus({ days: days - 1 }), last);
    pieces.push(known(periodOf(isoDay(day), isoDay(end), period.zone)));
    day = end.plus({ days: 1 });
  }
  return pieces;
}

/** The day (YYYY-MM-DD) an instant falls on in `zone`. */
export function dayOf(instant: Date, zone: string): string {
  return isoDay(DateTime.fromJSDate(instant, { zone }));
}

/** How many days of the period are over or running at `now`, of how many: the pro-rata of a monthly target. */
export function daysElapsed(period: Period, now: Date): { elapsed: number; total: number } {
  const total = wholeDays(period.fromOn, period.toOn);
  if (now < period.startsAt) return { elapsed: 0, total };
  if (now >= period.endsAt) return { elapsed: total, total };
  return { elapsed: wholeDays(period.fromOn, dayOf(now, period.zone)), total };
}

export function isWithin(period: Period, instant: Date): boolean {
  return period.startsAt <= instant && instant < period.endsAt;
}

function calendarPeriod(start: DateTime, unit: 'month' | 'quarter'): Period {
  return known(periodOf(isoDay(start), isoDay(start.endOf(unit)), start.zoneName ?? 'utc'));
}

function known(period: Period | PeriodProblem): Period {
  if (typeof period === 'string') throw new RangeError(`No such period: ${period}`);
  return period;
}

function dayIn(day: string, zone: string): DateTime | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const found = DateTime.fromISO(day, { zone });
  return found.isValid ? found : null;
}

function wholeDays(fromOn: string, toOn: string): number {
  const utc = { zone: 'utc' };
  return Math.round(DateTime.fromISO(toOn, utc).diff(DateTime.fromISO(fromOn, utc), 'days').days) + 1;
}

function isoDay(day: DateTime): string {
  return day.toFormat('yyyy-MM-dd');
}
