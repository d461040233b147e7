import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  budgetOf,
  dailyAllowance,
  gapAfter,
  type MailboxPace,
  roomUnder,
} from '../../src/outreach/mailboxes/send-budget.js';

const pace: MailboxPace = {
  id: 'a',
  dailyCap: 50,
  rampStartedOn: '2027-01-04',
  gapMinSeconds: 180,
  gapMaxSeconds: 600,
};
const noon = new Date('2027-01-12T12:00:00Z');
const unused = { today: 0, last24h: 0, lastAt: null };

describe('how much a mailbox may send', () => {
  it('grows by the week: 10, 15, 20, 25, 30, and then as much as it says of itself', () => {
    const on = (day: string) => dailyAllowance(pace, day);
    // Monday 4 January is the first day of the first week; each Monday after begins the next.
    expect(
      ['2027-01-04', '2027-01-10', '2027-01-11', '2027-01-18', '2027-01-25', '2027-02-01'].map(on),
    ).toEqual([10, 10, 15, 20, 25, 30]);
    expect(on('2027-02-08')).toBe(50);
  });

  it('never passes 50, whatever a mailbox says of itself, and a smaller cap of its own holds during the ramp too', () => {
    expect(dailyAllowance({ ...pace, dailyCap: 400 }, '2027-12-01')).toBe(50);
    expect(dailyAllowance({ ...pace, dailyCap: 12 }, '2027-01-18')).toBe(12);
  });

  it('a ramp that has not begun begins with the first message', () => {
    expect(dailyAllowance({ ...pace, rampStartedOn: null }, '2027-05-01')).toBe(10);
  });

  it('the day and the rolling 24 h both hold: ten sent last night leave five of fifteen this morning', () => {
    const gapless = { ...pace, gapMinSeconds: 0, gapMaxSeconds: 0 };
    expect(budgetOf(gapless, { ...unused, last24h: 10 }, '2027-01-12', noon).room).toBe(5);
    expect(budgetOf(gapless, { ...unused, today: 15, last24h: 15 }, '2027-01-12', noon)).toEqual({
      room: 0,
      limit: 'day',
      nextAt: null,
    });
    expect(budgetOf(gapless, { ...unused, today: 2, last24h: 15 }, '2027-01-12', noon).limit).toBe('rolling');
  });

  it('with a gap to keep it is one at a time, and not before the gap is over', () => {
    const lastAt = new Date(noon.getTime() - 100_000);
    const soon = budgetOf(pace, { today: 1, last24h: 1, lastAt }, '2027-01-12', noon);
    expect(soon).toMatchObject({ room: 0, limit: 'gap' });
    const then = new Date(lastAt.getTime() + gapAfter(pace, lastAt) * 1000);
    expect(soon.nextAt).toEqual(then);
    expect(budgetOf(pace, { today: 1, last24h: 1, lastAt }, '2027-01-12', then).room).toBe(1);
  });

  it('no cap leaves room without end; a full one none', () => {
    expect(roomUnder(null, 1000)).toBe(Number.POSITIVE_INFINITY);
    expect(roomUnder(20, 19)).toBe(1);
    expect(roomUnder(20, 25)).toBe(0);
  });

  it('the gap lies within its bounds, is the same whoever asks, and is not always the same', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
        (at) => {
          const gap = gapAfter(pace, at);
          expect(gap).toBeGreaterThanOrEqual(180);
          expect(gap).toBeLessThanOrEqual(600);
          expect(gapAfter(pace, at)).toBe(gap);
        },
      ),
    );
    const gaps = Array.from({ length: 50 }, (_, minute) =>
      gapAfter(pace, new Date(noon.getTime() + minute * 60_000)),
    );
    expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(40);
  });

  it('law: however often it is asked, no rolling 24 h and no day ever holds more than its allowance', () => {
    fc.assert(
      fc.property(
        fc.record({
          dailyCap: fc.integer({ min: 1, max: 80 }),
          gapMinSeconds: fc.integer({ min: 0, max: 600 }),
          spread: fc.integer({ min: 0, max: 900 }),
          startDays: fc.integer({ min: 0, max: 50 }),
          steps: fc.array(fc.integer({ min: 1, max: 7200 }), { minLength: 50, maxLength: 200 }),
        }),
        ({ dailyCap, gapMinSeconds, spread, startDays, steps }) => {
          const mailbox = { ...pace, dailyCap, gapMinSeconds, gapMaxSeconds: gapMinSeconds + spread };
          const claims: Date[] = [];
          let now = Date.parse('2027-01-04T00:00:00Z') + startDays * 86_400_000;
          for (const step of steps) {
            now += step * 1000;
            const day = new Date(now).toISOString().slice(0, 10);
            const use = {
              today: claims.filter((at) => at.toISOString().startsWith(day)).length,
              last24h: claims.filter((at) => at.getTime() > now - 86_400_000).length,
              lastAt: claims.at(-1) ?? null,
            };
            const { room } = budgetOf(mailbox, use, day, new Date(now));
            for (let one = 0; one < room; one += 1) claims.push(new Date(now));
            const allowed = dailyAllowance(mailbox, day);
            expect(claims.filter((at) => at.getTime() > now - 86_400_000).length).toBeLessThanOrEqual(
              Math.max(allowed, use.last24h),
            );
            expect(allowed).toBeLessThanOrEqual(50);
          }
          if (mailbox.gapMaxSeconds > 0)
            claims.slice(1).forEach((at, index) => {
              expect(at.getTime() - claims[index]!.getTime()).toBeGreaterThanOrEqual(gapMinSeconds * 1000);
            });
        },
      ),
      { numRuns: 40 },
    );
  });
});
