import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  type Period,
  dayOf,
  daysElapsed,
  isWithin,
  monthOf,
  monthsOf,
  periodOf,
  quarterOf,
} from '../../src/shared/period.js';

const PARIS = 'Europe/Paris';
const HOUR = 3_600_000;

function period(fromOn: string, toOn: string, zone = PARIS): Period {
  const found = periodOf(fromOn, toOn, zone);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

const zone = fc.constantFrom(
  PARIS,
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Asia/Beirut',
  'UTC',
);
const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true });

describe('A reporting period', () => {
  it('of one summer day in Paris starts at 22:00 UTC the evening before', () => {
    const day = period('2027-07-14', '2027-07-14');
    expect(day.startsAt.toISOString()).toBe('2027-07-13T22:00:00.000Z');
    expect(day.endsAt.toISOString()).toBe('2027-07-14T22:00:00.000Z');
  });

  it('keeps 23 hours on the day clocks go forward and 25 on the day they go back', () => {
    const spring = period('2027-03-28', '2027-03-28');
    const autumn = period('2027-10-31', '2027-10-31');
    expect((spring.endsAt.getTime() - spring.startsAt.getTime()) / HOUR).toBe(23);
    expect((autumn.endsAt.getTime() - autumn.startsAt.getTime()) / HOUR).toBe(25);
  });

  it('starts at one o’clock where midnight does not exist', () => {
    // Beirut puts its clocks forward at midnight: Sunday 28 March 2027 begins at 01:00 (+03), which is 22:00 UTC on Saturday.
    expect(period('2027-03-28', '2027-03-28', 'Asia/Beirut').startsAt.toISOString()).toBe(
      '2027-03-27T22:00:00.000Z',
    );
  });

  it('includes both of its days and excludes the first instant of the next', () => {
    const march = period('2027-03-01', '2027-03-31');
    expect(isWithin(march, new Date('2027-02-28T23:00:00Z'))).toBe(true);
    expect(isWithin(march, new Date('2027-02-28T22:59:59.999Z'))).toBe(false);
    expect(isWithin(march, new Date('2027-03-31T21:59:59.999Z'))).toBe(true);
    expect(isWithin(march, new Date('2027-03-31T22:00:00Z'))).toBe(false);
  });

  it('is the month the client lives in, not the server', () => {
    const lateEvening = new Date('2027-01-31T23:30:00Z');
    expect(monthOf(lateEvening, PARIS)).toMatchObject({ fromOn: '2027-02-01', toOn: '2027-02-28' });
    expect(monthOf(lateEvening, 'UTC')).toMatchObject({ fromOn: '2027-01-01', toOn: '2027-01-31' });
    expect(monthOf(lateEvening, PARIS, -1)).toMatchObject({ fromOn: '2027-01-01', toOn: '2027-01-31' });
  });

  it('is a quarter, this one or the one before', () => {
    const may = new Date('2027-05-10T12:00:00Z');
    expect(quarterOf(may, PARIS)).toMatchObject({ fromOn: '2027-04-01', toOn: '2027-06-30' });
    expect(quarterOf(may, PARIS, -2)).toMatchObject({ fromOn: '2026-10-01', toOn: '2026-12-31' });
  });

  it.each([
    ['2027-02-30', '2027-03-01', 'from_invalid'],
    ['soon', '2027-03-01', 'from_invalid'],
    ['2027-03-01', '2027-3-2', 'to_invalid'],
    ['2027-03-02', '2027-03-01', 'to_before_from'],
    ['1990-01-01', '2027-03-01', 'too_long'],
  ])('%s to %s is none: %s', (fromOn, toOn, problem) => {
    expect(periodOf(fromOn, toOn, PARIS)).toBe(problem);
  });

  it('counts the days gone: the running day counts, days to come do not', () => {
    const april = period('2027-04-01', '2027-04-30');
    expect(daysElapsed(april, new Date('2027-03-31T12:00:00Z'))).toEqual({ elapsed: 0, total: 30 });
    expect(daysElapsed(april, new Date('2027-04-01T00:00:00Z'))).toEqual({ elapsed: 1, total: 30 });
    expect(daysElapsed(april, new Date('2027-04-15T12:00:00Z'))).toEqual({ elapsed: 15, total: 30 });
    expect(daysElapsed(april, new Date('2027-05-15T12:00:00Z'))).toEqual({ elapsed: 30, total: 30 });
  });

  it('holds an instant exactly when it holds the day of that instant', () => {
    fc.assert(
      fc.property(instant, instant, zone, (at, other, where) => {
        const month = monthOf(other, where);
        const day = dayOf(at, where);
        expect(isWithin(month, at)).toBe(month.fromOn <= day && day <= month.toOn);
      }),
    );
  });

  it('is cut into months that follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(instant, fc.nat(900), zone, (start, days, where) => {
        const fromOn = dayOf(start, where);
        const toOn = DateTime.fromISO(fromOn, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
        const whole = period(fromOn, toOn, where);
        const pieces = monthsOf(whole);
        expect(pieces[0]!.startsAt).toEqual(whole.startsAt);
        expect(pieces.at(-1)!.endsAt).toEqual(whole.endsAt);
        for (const [index, piece] of pieces.slice(1).entries()) {
          expect(piece.startsAt).toEqual(pieces[index]!.endsAt);
        }
      }),
    );
  });
});
