import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rests } from '../../src/database/rests.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('a long work on a file that other processes want to write to', () => {
  /** Parts of 40 ms, one after the other, until a rest is due. */
  const worked = (rests: Rests): number => {
    const since = performance.now();
    while (!rests.isDue()) vi.advanceTimersByTime(40);
    return performance.now() - since;
  };

  it('rests well before the five seconds after which the others would give up', async () => {
    const rests = new Rests();
    expect(worked(rests)).toBeLessThan(4_000);
    let isFree = false;
    await rests.take(async () => void (isFree = true));
    expect(isFree).toBe(true);
    expect(rests.isDue()).toBe(false);
    expect(worked(rests)).toBeGreaterThan(1_000);
  });

  it('needs none after a pause of its own, long enough for the others to have asked again', () => {
    const rests = new Rests();
    for (let part = 0; part < 100; part += 1) {
      expect(rests.isDue()).toBe(false);
      vi.advanceTimersByTime(120);
    }
  });
});
