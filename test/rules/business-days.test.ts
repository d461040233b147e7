import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  addBusinessDaysAt,
  isBusinessDay,
  nextBusinessDay,
} from '../../src/shared/business-days.js';

const paris = { zone: 'Europe/Paris', country: 'FR' };

describe('a business day', () => {
  it('is no Saturday, no Sunday, and no public holiday of the country', () => {
    // 14 July 2027 is a Wednesday: a holiday in France, a working day in Germany and where no country is known.
    expect(isBusinessDay('2027-07-14', 'FR')).toBe(false);
    expect(isBusinessDay('2027-07-14', 'DE')).toBe(true);
    expect(isBusinessDay('2027-07-14', null)).toBe(true);
    expect(isBusinessDay('2027-07-14', 'fr')).toBe(false);
    expect(isBusinessDay('2027-07-17', null)).toBe(false);
    expect(isBusinessDay('2027-07-18', 'XX')).toBe(false);
  });

  it('is not one of the four days of a holiday that lasts four', () => {
    // In Saudi Arabia Eid begins on Tuesday 9 March 2027 and takes four days: the 9th to the 12th.
    expect(
      ['2027-03-08', '2027-03-09', '2027-03-11', '2027-03-12'].map((day) => isBusinessDay(day, 'SA')),
    ).toEqual([true, false, false, false]);
  });
});

describe('counting business days', () => {
  it('jumps the weekend and Easter Monday', () => {
    // Thursday 25 March 2027 + 1 = Friday 26 (worked in France); + 2 skips 27, 28 and Monday 29 → Tuesday 30.
    expect(addBusinessDays('2027-03-25', 1, 'FR')).toBe('2027-03-26');
    expect(addBusinessDays('2027-03-25', 2, 'FR')).toBe('2027-03-30');
    // In England Good Friday the 26th is off too, so + 1 is already Tuesday 30.
    expect(addBusinessDays('2027-03-25', 1, 'GB')).toBe('2027-03-30');
  });

  it('counts from the next working day when it starts on a day off', () => {
    expect(addBusinessDays('2027-03-27', 0, null)).toBe('2027-03-29');
    expect(nextBusinessDay('2027-12-25', 'GB')).toBe('2027-12-29');
  });

  it('always lands on a working day, later for more days, and adds up in any split', () => {
    const day = fc
      .integer({ min: 0, max: 1500 })
      .map((n) => DateTime.utc(2026, 1, 1).plus({ days: n }).toISODate()!);
    const few = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(day, few, few, (from, a, b) => {
        const there = addBusinessDays(from, a + b, 'FR');
        expect(isBusinessDay(there, 'FR')).toBe(true);
        expect(addBusinessDays(addBusinessDays(from, a, 'FR'), b, 'FR')).toBe(there);
        expect(addBusinessDays(from, a + b + 1, 'FR') > there).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the same hour some business days later', () => {
  it('stays 09:00 in Paris across the spring change of 28 March 2027', () => {
    // Friday 26 March 09:00 Paris (UTC+1) = 08:00Z. Next working day: Tuesday 30 (the 29th is Easter Monday), UTC+2 → 07:00Z.
    expect(addBusinessDaysAt(new Date('2027-03-26T08:00:00Z'), 1, paris).toISOString()).toBe(
      '2027-03-30T07:00:00.000Z',
    );
  });

  it('stays 09:00 in Paris across the autumn change of 31 October 2027', () => {
    // Friday 29 October 09:00 Paris (UTC+2) = 07:00Z. Monday 1 November is All Saints: Tuesday 2, UTC+1 → 08:00Z.
    expect(addBusinessDaysAt(new Date('2027-10-29T07:00:00Z'), 1, paris).toISOString()).toBe(
      '2027-11-02T08:00:00.000Z',
    );
  });

  it("takes the day from the prospect's own calendar, not from UTC", () => {
    // 23:30Z on Friday 2 July 2027 is already Saturday 08:30 in Tokyo: + 0 is Monday 5 July 08:30 there = Sunday 23:30Z.
    const tokyo = { zone: 'Asia/Tokyo', country: null };
    expect(addBusinessDaysAt(new Date('2027-07-02T23:30:00Z'), 0, tokyo).toISOString()).toBe(
      '2027-07-04T23:30:00.000Z',
    );
  });
});
