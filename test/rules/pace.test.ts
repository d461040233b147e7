import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceOf, paceStates, reasonOf, shortfallOf, worstOf } from '../../src/reporting/pace.js';

const half = { runningDays: 30, monthDays: 30, elapsedDays: 15 };

describe('The pace of a client in the running month', () => {
  // Target 10 a month, 15 of 30 days gone: 5 expected by today.
  it('is on target with the five meetings expected by today', () => {
    expect(paceOf('held', 10, half, { count: 5, ahead: 0 })).toMatchObject({
      state: 'on_target',
      expected: 5,
    });
  });

  it('is at risk with one short, whatever is booked', () => {
    expect(paceOf('held', 10, half, { count: 4, ahead: 0 }).state).toBe('at_risk');
  });

  it('is at risk with two short, when seven more are booked this month', () => {
    expect(paceOf('held', 10, half, { count: 3, ahead: 7 }).state).toBe('at_risk');
  });

  it('is behind with two short, when only six more are booked', () => {
    expect(paceOf('held', 10, half, { count: 3, ahead: 6 }).state).toBe('behind');
  });

  it('does not ask for a fraction of a meeting: 0.9 expected is none yet', () => {
    // Target 9, three of thirty days: 0.9.
    const start = { ...half, elapsedDays: 3 };
    expect(paceOf('held', 9, start, { count: 0, ahead: 0 }).state).toBe('on_target');
  });

  it('says what it judges by: with all the meetings due a client is on target, with one less it is not', () => {
    const months = fc
      .record({ monthDays: fc.integer({ min: 28, max: 31 }), from: fc.nat(27), days: fc.nat(31) })
      .map(({ monthDays, from, days }) => {
        const runningDays = monthDays - from;
        return { monthDays, runningDays, elapsedDays: Math.min(days, runningDays) };
      });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), months, (target, month) => {
        const { due, expected } = paceOf('held', target, month, { count: 0, ahead: 0 });
        const stateWith = (count: number) => paceOf('held', target, month, { count, ahead: 0 }).state;
        expect(stateWith(due)).toBe('on_target');
        if (due > 0) expect(stateWith(due - 1)).not.toBe('on_target');
        // A whole number of meetings is due from the very day it is.
        expect(due).toBe(Number((BigInt(target) * BigInt(month.elapsedDays)) / BigInt(month.monthDays)));
        expect(expected - due).toBeLessThan(1);
      }),
    );
  });

  it('asks for its share when the engagement starts in the middle of the month', () => {
    // 10 a month, the engagement runs 15 of 30 days, 6 of them gone: 5 for the month, 2 by today.
    const late = { runningDays: 15, monthDays: 30, elapsedDays: 6 };
    expect(paceOf('held', 10, late, { count: 2, ahead: 0 })).toMatchObject({
      target: 5,
      expected: 2,
      state: 'on_target',
    });
  });

  it('has no target to miss when none was agreed', () => {
    expect(paceOf('held', 0, half, { count: 0, ahead: 0 }).state).toBe('no_target');
    expect(worstOf([])).toBe('no_target');
  });

  it('is that of the worst target, and says which one', () => {
    const held = paceOf('held', 10, half, { count: 6, ahead: 0 });
    const qualified = paceOf('qualified', 10, half, { count: 1, ahead: 1 });
    expect(worstOf([held, qualified])).toBe('behind');
    expect(reasonOf([held, qualified])).toBe(qualified);
    // 1 of 5 expected: four fifths missing.
    expect(shortfallOf([held, qualified])).toBeCloseTo(0.8);
  });

  it('never gets worse by one meeting more', () => {
    const small = fc.nat(40);
    fc.assert(
      fc.property(
        small,
        small,
        small,
        fc.integer({ min: 0, max: 30 }),
        (target, count, ahead, elapsedDays) => {
          const month = { runningDays: 30, monthDays: 30, elapsedDays };
          const before = paceOf('held', target, month, { count, ahead });
          const after = paceOf('held', target, month, { count: count + 1, ahead });
          expect(paceStates.indexOf(after.state)).toBeGreaterThanOrEqual(paceStates.indexOf(before.state));
        },
      ),
    );
  });
});
