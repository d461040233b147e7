import { describe, expect, it } from 'vitest';
import { afterSoftBounce } from '../../src/outreach/outgoing/soft-bounces.js';

const on = (day: number, hour = 9) => new Date(Date.UTC(2027, 0, day, hour));

describe('an address that cannot take mail just now', () => {
  it('is left alone 4 h after the first time and 24 h after the second', () => {
    expect(afterSoftBounce([on(4)])).toEqual({ isHard: false, until: on(4, 13) });
    expect(afterSoftBounce([on(4), on(5)])).toEqual({ isHard: false, until: on(6) });
  });

  it('is dead after three times in fourteen days', () => {
    expect(afterSoftBounce([on(4), on(5), on(17)])).toEqual({ isHard: true });
  });

  it('rests 72 h the third time when the first is fifteen days old', () => {
    expect(afterSoftBounce([on(4), on(10), on(19)])).toEqual({ isHard: false, until: on(22) });
  });

  it('does not care in which order the news came', () => {
    expect(afterSoftBounce([on(5), on(4)])).toEqual({ isHard: false, until: on(6) });
  });
});
