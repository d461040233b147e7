import { afterEach, describe, expect, it, vi } from 'vitest';
import { isId, makeIdsOf, newId } from '../../src/shared/id.js';

describe('ids', () => {
  afterEach(() => vi.restoreAllMocks());

  it('sort in the order they were made, thousands within a millisecond included', () => {
    const made = Array.from({ length: 5_000 }, newId);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(5_000);
    expect(made.every(isId)).toBe(true);
  });

  it('begin with the millisecond they were made in', () => {
    // 2100-01-01T00:00:00Z is 4,102,444,800,000 ms, in hexadecimal 3bb2cc3d800.
    vi.spyOn(Date, 'now').mockReturnValue(4_102_444_800_000);
    expect(newId().slice(0, 15)).toBe('03bb2cc3-d800-7');
  });

  it('go on rising when the clock is set back', () => {
    const before = newId();
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2020, 0, 1));
    const [first, second] = [newId(), newId()];
    expect(first > before).toBe(true);
    expect(second > first).toBe(true);
  });

  describe('of a told history', () => {
    const dice = { now: () => Date.UTC(2026, 0, 5), fill: (bytes: Uint8Array) => void bytes.fill(7) };
    const made = (): string[] => {
      makeIdsOf(dice);
      return Array.from({ length: 1_000 }, newId);
    };
    afterEach(() => makeIdsOf(null));

    it('are the same each time it is told, whatever was made in between', () => {
      const first = made();
      makeIdsOf(null);
      newId();
      expect(made()).toEqual(first);
    });

    it('are ids like any other, of the story’s own time', () => {
      const told = made();
      expect([...told].sort()).toEqual(told);
      expect(told.every(isId)).toBe(true);
      // 2026-01-05T00:00:00Z is 1,767,571,200,000 ms, in hexadecimal 19b8b741800.
      expect(told[0]!.slice(0, 15)).toBe('019b8b74-1800-7');
    });

    it('give way to the machine’s, which nobody can foretell', () => {
      made();
      makeIdsOf(null);
      const own = newId();
      makeIdsOf(null);
      expect(newId()).not.toBe(own);
      expect(own > '019b8b74-1800-7').toBe(true);
    });
  });
});
