import { describe, expect, it } from 'vitest';
import { differenceOf, rateOf } from '../../src/shared/rates.js';
import { neededFor, verdictOf } from '../../src/sequences/variant-verdict.js';

describe('which variant does better', () => {
  it('12 of 400 against 5 of 400: 0.0175 [−0.0033, 0.0403] holds zero, so nobody wins', () => {
    const verdict = verdictOf([rateOf(12, 400), rateOf(5, 400)]);
    expect(verdict).toMatchObject({ kind: 'open', first: 0, second: 1 });
    if (verdict.kind !== 'open') throw new Error();
    expect(verdict.difference.difference).toBeCloseTo(0.0175, 4);
    expect(verdict.difference.low).toBeCloseTo(-0.0033, 4);
    expect(verdict.difference.high).toBeCloseTo(0.0403, 4);
  });

  it('40 of 400 against 12 of 400: the whole interval is above zero, so the first wins', () => {
    expect(verdictOf([rateOf(12, 400), rateOf(40, 400)])).toMatchObject({
      kind: 'winner',
      first: 1,
      second: 0,
    });
  });

  it('a lucky few do not lead: 1 of 1 stands behind 40 of 100, whose lower bound is higher', () => {
    expect(verdictOf([rateOf(1, 1), rateOf(40, 100)])).toMatchObject({ kind: 'open', first: 1, second: 0 });
  });

  it('of three, the first wins only when it beats each of the others', () => {
    const three = [rateOf(60, 400), rateOf(10, 400), rateOf(55, 400)];
    expect(verdictOf(three)).toMatchObject({ kind: 'open', first: 0, second: 2 });
  });

  it('says nothing of one variant, or of one nobody has got', () => {
    expect(verdictOf([rateOf(3, 10)])).toEqual({ kind: 'nothing_to_compare' });
    expect(verdictOf([rateOf(3, 10), rateOf(0, 0)])).toEqual({ kind: 'nothing_to_compare' });
  });
});

describe('how many more would tell', () => {
  it('the number it names does settle it, and one tenth fewer does not', () => {
    const needed = neededFor(rateOf(12, 400), rateOf(5, 400))!;
    const at = (each: number) =>
      differenceOf(rateOf(Math.round(0.03 * each), each), rateOf(Math.round(0.0125 * each), each));
    expect(at(needed.each).isShown).toBe(true);
    expect(at(Math.floor(needed.each * 0.9)).isShown).toBe(false);
    expect(needed.more).toBe(needed.each - 400);
  });

  it('nothing would tell two equal ones apart, nor within reason two that are nearly so', () => {
    expect(neededFor(rateOf(5, 100), rateOf(5, 100))).toBeNull();
    expect(neededFor(rateOf(501, 10_000), rateOf(500, 10_000))).toBeNull();
  });
});
