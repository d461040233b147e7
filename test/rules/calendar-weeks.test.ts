import fc from 'fast-check';
import { expect, it } from 'vitest';
import { weekOf, weeksOfMonth } from '../../src/meetings/calendar-weeks.js';

it('a week starts on Monday, also across the turn of the year', () => {
  // 1 January 2026 is a Thursday.
  expect(weekOf('2026-01-01')).toEqual([
    '2025-12-29',
    '2025-12-30',
    '2025-12-31',
    '2026-01-01',
    '2026-01-02',
    '2026-01-03',
    '2026-01-04',
  ]);
});

it('February 2027 starts on a Monday and fits in four weeks; August 2026 starts on a Saturday and needs six', () => {
  expect(weeksOfMonth('2027-02-15')).toHaveLength(4);
  const august = weeksOfMonth('2026-08-31');
  expect(august).toHaveLength(6);
  expect(august[0]![0]).toBe('2026-07-27');
  expect(august[5]![6]).toBe('2026-09-06');
});

it('law: the weeks of a month run on without a gap and hold each of its days once', () => {
  const anyDay = fc
    .date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2060-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(anyDay, (dayOn) => {
      const days = weeksOfMonth(dayOn).flat();
      expect(days.filter((day) => day === dayOn)).toHaveLength(1);
      for (const [place, day] of days.entries()) {
        const expected = new Date(Date.parse(days[0]!) + place * 86_400_000).toISOString().slice(0, 10);
        expect(day).toBe(expected);
      }
    }),
  );
});
