import { describe, expect, it } from 'vitest';
import { isFree, type Wait } from '../../src/sequences/enrolments/colleague-wait.js';

const at = (hour: number): Date => new Date(Date.UTC(2027, 0, 11, hour));

describe('whether somebody who waits for a colleague’s answer has nothing left to wait for', () => {
  // Begun at 8, stopped by the fact f3.
  const wait: Wait = { id: 'e', prospectId: 'chloe', since: at(8), factId: 'f3' };
  const slip = { factId: 'f2', at: at(9) };

  it('is so once what stopped them was taken back, and not before', () => {
    expect(isFree(wait, { standing: [], takenBack: [slip] })).toBe(true);
    expect(isFree(wait, { standing: [], takenBack: [] })).toBe(false);
  });

  it('is not so while another colleague’s answer stands, whenever it came since they were on their way', () => {
    for (const hour of [8, 9, 10])
      expect(
        isFree(wait, { standing: [{ prospectId: 'anne', at: at(hour) }], takenBack: [slip] }),
        `${hour} h`,
      ).toBe(false);
  });

  it('an answer somebody had thought about before, or their own, holds nobody', () => {
    const answers = [
      { prospectId: 'anne', at: at(7) },
      { prospectId: 'chloe', at: at(10) },
    ];
    expect(isFree(wait, { standing: answers, takenBack: [slip] })).toBe(true);
  });

  it('a slip after they were stopped, or from before they went on, is not what stopped them', () => {
    expect(isFree(wait, { standing: [], takenBack: [{ factId: 'f4', at: at(10) }] })).toBe(false);
    expect(isFree(wait, { standing: [], takenBack: [{ factId: 'f1', at: at(7) }] })).toBe(false);
  });
});
