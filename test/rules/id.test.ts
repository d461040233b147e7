import { afterEach, describe, expect, it, vi } from 'vitest';
import { isId, newId } from '../../src/shared/id.js';

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
});
