import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawOrder, drawSample } from '../../src/sequences/test-segment/test-sample.js';

const people = fc.uniqueArray(fc.uuid(), { maxLength: 60 });
const seeds = fc.string({ maxLength: 20 });

describe('drawing a test segment', () => {
  it('law: the same seed draws the same people, in whatever order the list came', () => {
    fc.assert(
      fc.property(people, seeds, fc.nat(80), (ids, seed, size) => {
        expect(drawSample([...ids].reverse(), size, seed)).toEqual(drawSample(ids, size, seed));
      }),
    );
  });

  it('law: as many as wanted or all there are, nobody twice, nobody from elsewhere', () => {
    fc.assert(
      fc.property(people, seeds, fc.nat(80), (ids, seed, size) => {
        const drawn = drawSample([...ids, ...ids], size, seed);
        expect(drawn).toHaveLength(Math.min(size, ids.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((id) => ids.includes(id))).toBe(true);
      }),
    );
  });

  it('law: a larger sample holds the smaller one, and a newcomer does not reshuffle the others', () => {
    fc.assert(
      fc.property(people, seeds, fc.nat(30), fc.uuid(), (ids, seed, size, newcomer) => {
        expect(drawSample(ids, size + 5, seed).slice(0, size)).toEqual(drawSample(ids, size, seed));
        const others = drawOrder([...ids, newcomer], seed).filter((id) => id !== newcomer);
        expect(others).toEqual(drawOrder(ids, seed).filter((id) => id !== newcomer));
      }),
    );
  });

  it('gives everybody the same chance: of 40 people over 2,000 seeds, each is drawn in about a quarter of samples of 10', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `person-${n}`);
    const times = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed += 1)
      for (const id of drawSample(ids, 10, String(seed))) times.set(id, (times.get(id) ?? 0) + 1);
    // Expected 500 each; five standard deviations of a binomial (2000, ¼) are 97.
    for (const id of ids) expect(Math.abs((times.get(id) ?? 0) - 500)).toBeLessThan(97);
  });

  it('another seed draws others', () => {
    const ids = Array.from({ length: 40 }, (_, n) => `person-${n}`);
    expect(drawSample(ids, 10, 'a')).not.toEqual(drawSample(ids, 10, 'b'));
  });
});
