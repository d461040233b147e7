import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byLowerBound, differenceOf, rateOf } from '../../src/shared/rates.js';

const share = fc
  .tuple(fc.nat(5000), fc.nat(5000))
  .map(([a, b]) => ({ numerator: Math.min(a, b), denominator: Math.max(a, b, 1) }));

describe('A rate is always x of n', () => {
  // The four checks printed in reporting.md §2, to four decimals.
  it.each([
    [3, 12, 0.0889, 0.5323],
    [12, 400, 0.0172, 0.0517],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
  ])('%i of %i lies between %f and %f', (numerator, denominator, low, high) => {
    const rate = rateOf(numerator, denominator);
    expect(rate.rate).toBe(numerator / denominator);
    expect(rate.low).toBeCloseTo(low, 4);
    expect(rate.high).toBeCloseTo(high, 4);
  });

  it('of nobody is unknown, not zero', () => {
    expect(rateOf(0, 0)).toEqual({
      numerator: 0,
      denominator: 0,
      rate: null,
      low: null,
      high: null,
      isSmall: true,
    });
  });

  it('is small under thirty and speaks from thirty on', () => {
    expect(rateOf(1, 29).isSmall).toBe(true);
    expect(rateOf(1, 30).isSmall).toBe(false);
  });

  it('refuses a numerator that its denominator cannot hold', () => {
    expect(() => rateOf(5, 4)).toThrow(RangeError);
    expect(() => rateOf(-1, 4)).toThrow(RangeError);
    expect(() => rateOf(0.5, 4)).toThrow(RangeError);
    expect(() => rateOf(1, Number.NaN)).toThrow(RangeError);
  });

  it('keeps its rate inside its interval, and the interval inside [0, 1]', () => {
    fc.assert(
      fc.property(share, ({ numerator, denominator }) => {
        const { rate, low, high } = rateOf(numerator, denominator);
        expect(low!).toBeGreaterThanOrEqual(0);
        expect(low!).toBeLessThanOrEqual(rate!);
        expect(high!).toBeGreaterThanOrEqual(rate!);
        expect(high!).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('mirrors: the interval of the others is one minus the interval', () => {
    fc.assert(
      fc.property(share, ({ numerator, denominator }) => {
        const rate = rateOf(numerator, denominator);
        const others = rateOf(denominator - numerator, denominator);
        expect(others.low!).toBeCloseTo(1 - rate.high!, 12);
        expect(others.high!).toBeCloseTo(1 - rate.low!, 12);
      }),
    );
  });

  it('narrows when the same share is seen on ten times as many people', () => {
    fc.assert(
      fc.property(share, ({ numerator, denominator }) => {
        const few = rateOf(numerator, denominator);
        const many = rateOf(numerator * 10, denominator * 10);
        expect(many.high! - many.low!).toBeLessThan(few.high! - few.low!);
      }),
    );
  });
});

describe('Two rates side by side', () => {
  it('12 of 400 against 5 of 400: 0.0175 [−0.0033, 0.0403], so no difference is shown', () => {
    const found = differenceOf(rateOf(12, 400), rateOf(5, 400));
    expect(found.difference).toBeCloseTo(0.0175, 4);
    expect(found.low).toBeCloseTo(-0.0033, 4);
    expect(found.high).toBeCloseTo(0.0403, 4);
    expect(found.isShown).toBe(false);
  });

  it('60 of 400 against 5 of 400 differ', () => {
    expect(differenceOf(rateOf(60, 400), rateOf(5, 400)).isShown).toBe(true);
  });

  it('say nothing when one of them has nobody', () => {
    expect(differenceOf(rateOf(1, 2), rateOf(0, 0))).toEqual({
      difference: null,
      low: null,
      high: null,
      isShown: false,
    });
  });

  it('swap sign when swapped', () => {
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [first, second] = [rateOf(a.numerator, a.denominator), rateOf(b.numerator, b.denominator)];
        const there = differenceOf(first, second);
        const back = differenceOf(second, first);
        expect(back.difference!).toBeCloseTo(-there.difference!, 12);
        expect(back.low!).toBeCloseTo(-there.high!, 12);
        expect(back.isShown).toBe(there.isShown);
      }),
    );
  });

  it('rank by what is proven: 40 of 100 before 1 of 1, and nobody last', () => {
    const ranked = [rateOf(0, 0), rateOf(1, 1), rateOf(40, 100)].sort(byLowerBound);
    expect(ranked.map((rate) => rate.denominator)).toEqual([100, 1, 0]);
  });
});
