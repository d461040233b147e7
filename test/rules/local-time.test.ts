import { expect, it } from 'vitest';
import { instantAt, timeOf } from '../../src/meetings/local-time.js';

it('10:00 in Paris is 09:00 UTC in winter and 08:00 in summer', () => {
  expect(instantAt('2026-03-27', '10:00', 'Europe/Paris')?.toISOString()).toBe('2026-03-27T09:00:00.000Z');
  expect(instantAt('2026-03-30', '10:00', 'Europe/Paris')?.toISOString()).toBe('2026-03-30T08:00:00.000Z');
});

it('02:30 does not exist on the Sunday when clocks go forward', () => {
  expect(instantAt('2027-03-28', '02:30', 'Europe/Paris')).toBeNull();
  expect(instantAt('2027-03-28', '03:00', 'Europe/Paris')?.toISOString()).toBe('2027-03-28T01:00:00.000Z');
});

it('of the two 02:30 of the autumn Sunday, the first', () => {
  expect(instantAt('2027-10-31', '02:30', 'Europe/Paris')?.toISOString()).toBe('2027-10-31T00:30:00.000Z');
});

it('a day that is none has no times', () => {
  expect(instantAt('2026-02-30', '10:00', 'Europe/Paris')).toBeNull();
});

it('reads back what it wrote', () => {
  expect(timeOf(new Date('2026-03-30T08:05:00Z'), 'Europe/Paris')).toBe('10:05');
});
