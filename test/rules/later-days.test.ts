import { expect, it } from 'vitest';
import { formatsIn } from '../../src/web/rendering/formats.js';
import type { Page } from '../../src/web/rendering/page.js';
import { laterDays } from '../../src/web/today/later-days.view.js';

const page = { t: (key: string) => key, format: formatsIn('en') } as unknown as Page;
const days = (now: string, zone: string): string[] =>
  laterDays(page, new Date(now), zone).map(({ value }) => value);

it('tomorrow is tomorrow on the agency’s clock, whatever day it is in Greenwich', () => {
  // Monday 11 January 2027, 23:30 in London: Tuesday 12, half past midnight in Paris; still Monday evening in New York.
  const late = '2027-01-11T23:30:00Z';
  expect(days(late, 'Europe/Paris')[0]).toBe('2027-01-13');
  expect(days(late, 'UTC')[0]).toBe('2027-01-12');
  expect(days('2027-01-12T03:00:00Z', 'America/New_York')[0]).toBe('2027-01-12');
});

it('a day that falls on a weekend becomes the Monday after', () => {
  // Friday 15 January 2027: Saturday 16 becomes Monday 18; 15 February is a Monday, 15 April a Thursday.
  expect(days('2027-01-15T09:00:00Z', 'Europe/Paris')).toEqual([
    '2027-01-18',
    '2027-01-22',
    '2027-02-15',
    '2027-04-15',
  ]);
  const [friday, thursday] = ['2027-01-15', '2027-01-14'].map(
    (on) => laterDays(page, new Date(`${on}T09:00:00Z`), 'Europe/Paris')[0]!.text,
  );
  expect(friday).toContain('nextWorkday');
  expect(thursday).toContain('tomorrow');
});
