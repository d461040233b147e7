import { describe, expect, it } from 'vitest';
import { daysAfter, firstOfNextMonth, isCalendarDay } from '../../src/shared/calendar-day.js';

describe('a calendar day', () => {
  it('counts over the ends of months, leap years and years', () => {
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29');
    expect(daysAfter('2027-03-01', -1)).toBe('2027-02-28');
    // 28 March 2027 has 23 hours in Paris, and is a day like any other.
    expect(daysAfter('2027-03-27', 2)).toBe('2027-03-29');
  });

  it('knows the first of the month after, whatever the length of this one', () => {
    expect(firstOfNextMonth('2027-01-31')).toBe('2027-02-01');
    expect(firstOfNextMonth('2026-12-01')).toBe('2027-01-01');
  });

  it('is one that exists, written in full', () => {
    expect(['2028-02-29', '2026-12-31'].filter(isCalendarDay)).toHaveLength(2);
    const wrong = ['2026-02-30', '2026-13-01', '2026-1-1', '20261231', '2026-12-31T00:00', ''];
    expect(wrong.filter(isCalendarDay)).toEqual([]);
  });
});
