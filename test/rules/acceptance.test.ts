import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysLeft, decisionDeadline, deemedHeldDeadline } from '../../src/meetings/acceptance.js';

const paris = { zone: 'Europe/Paris', country: 'FR' };
const newYork = { zone: 'America/New_York', country: 'US' };

describe('the last day a client may contest', () => {
  it('a claim of Monday 2 March 2026 with 5 days runs to Monday the 9th, 24:00 in Paris', () => {
    // Tue 3, Wed 4, Thu 5, Fri 6, Mon 9. Paris is at UTC+1: the 10th begins at 23:00 UTC on the 9th.
    const deadline = decisionDeadline(new Date('2026-03-02T10:00:00Z'), 5, paris);
    expect(deadline.on).toBe('2026-03-09');
    expect(deadline.lapsesAt.toISOString()).toBe('2026-03-09T23:00:00.000Z');
  });

  it('public holidays of the client’s country give it more time', () => {
    // Thursday 30 April 2026; 1 May is a holiday in France, 8 May as well: 4, 5, 6, 7 May, then Monday 11.
    expect(decisionDeadline(new Date('2026-04-30T09:00:00Z'), 5, paris).on).toBe('2026-05-11');
    // In the United States neither is: 1, 4, 5, 6, 7 May.
    expect(decisionDeadline(new Date('2026-04-30T15:00:00Z'), 5, newYork).on).toBe('2026-05-07');
  });

  it('the day of the claim is the client’s day, not the one of Greenwich', () => {
    // 23:30 UTC on Tuesday 10 March is already Wednesday in Paris and still Tuesday in New York.
    const late = new Date('2026-03-10T23:30:00Z');
    expect(decisionDeadline(late, 1, paris).on).toBe('2026-03-12');
    expect(decisionDeadline(late, 1, newYork).on).toBe('2026-03-11');
  });

  it('a claim made on a Saturday counts as made on the Monday', () => {
    expect(decisionDeadline(new Date('2026-03-07T10:00:00Z'), 5, paris).on).toBe('2026-03-16');
  });

  it('the end of the day is right on the night the clocks change', () => {
    // Friday 27 March 2026 is the last day; Paris still at UTC+1. With Monday the 30th it is at UTC+2.
    expect(decisionDeadline(new Date('2026-03-26T09:00:00Z'), 1, paris).lapsesAt.toISOString()).toBe(
      '2026-03-27T23:00:00.000Z',
    );
    expect(decisionDeadline(new Date('2026-03-27T09:00:00Z'), 1, paris).lapsesAt.toISOString()).toBe(
      '2026-03-30T22:00:00.000Z',
    );
  });

  it('law: the deadline lies after the claim, and one more day never brings it nearer', () => {
    const instant = fc.date({
      min: new Date('2025-01-01T00:00:00Z'),
      max: new Date('2028-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 0, max: 20 }),
        fc.constantFrom(paris, newYork),
        (at, days, place) => {
          const deadline = decisionDeadline(at, days, place);
          expect(deadline.lapsesAt > at).toBe(true);
          expect(decisionDeadline(at, days + 1, place).lapsesAt > deadline.lapsesAt).toBe(true);
        },
      ),
    );
  });
});

it('a meeting nobody reports on is deemed held as many business days after its start', () => {
  // Thursday 5 March 2026 with 2 days: Friday 6, Monday 9.
  expect(deemedHeldDeadline(new Date('2026-03-05T15:00:00Z'), 2, paris).on).toBe('2026-03-09');
});

describe('the days left, as the client reads them', () => {
  it('counts today: 1 on the last day, then 0 for good', () => {
    expect(daysLeft('2026-03-09', new Date('2026-03-06T10:00:00Z'), 'Europe/Paris')).toBe(4);
    expect(daysLeft('2026-03-09', new Date('2026-03-09T22:59:00Z'), 'Europe/Paris')).toBe(1);
    expect(daysLeft('2026-03-09', new Date('2026-03-09T23:00:00Z'), 'Europe/Paris')).toBe(0);
    expect(daysLeft('2026-03-09', new Date('2026-04-01T10:00:00Z'), 'Europe/Paris')).toBe(0);
  });
});
