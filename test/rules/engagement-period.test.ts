import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  engagementOn,
  engagementState,
  isOverlapping,
  nearestEngagement,
  periodProblems,
  versionAt,
} from '../../src/clients/engagement-period.js';

const spring = { startsOn: '2026-01-01', endsOn: '2026-06-30' };
const autumn = { startsOn: '2026-09-01', endsOn: null };

describe('the days of an engagement', () => {
  it('both ends belong to it', () => {
    const stateOn = (day: string): string => engagementState(spring, day);
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(stateOn)).toEqual([
      'upcoming',
      'active',
      'active',
      'ended',
    ]);
  });

  it('an open one never ends', () => expect(engagementOn([spring, autumn], '2031-01-01')).toBe(autumn));

  it('between two, the next to come is shown; after all, the last', () => {
    expect(nearestEngagement([autumn, spring], '2026-07-15')).toBe(autumn);
    expect(nearestEngagement([spring], '2026-07-15')).toBe(spring);
    expect(nearestEngagement([], '2026-07-15')).toBeNull();
  });

  it.each([
    ['endsOn', { startsOn: '2026-07-02', endsOn: '2026-07-01' }],
    ['startsOn', { startsOn: '2026-06-30', endsOn: '2026-07-31' }],
    ['startsOn', { startsOn: '2026-08-01', endsOn: null }],
    ['startsOn', { startsOn: '2026-02-30', endsOn: null }],
    ['endsOn', { startsOn: '2026-07-01', endsOn: '31/07/2026' }],
  ])('a wrong %s is named', (field, span) => {
    expect(Object.keys(periodProblems(span, [spring, autumn]))).toEqual([field]);
  });

  it('a gap between two takes a third', () => {
    expect(periodProblems({ startsOn: '2026-07-01', endsOn: '2026-08-31' }, [spring, autumn])).toEqual({});
  });

  const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, '0')}`);
  it('two spans overlap exactly when some day belongs to both', () => {
    fc.assert(
      fc.property(day, day, day, day, (a, b, c, d) => {
        const one = { startsOn: a < b ? a : b, endsOn: a < b ? b : a };
        const other = { startsOn: c < d ? c : d, endsOn: c < d ? d : c };
        const days = Array.from(
          { length: 28 },
          (_, index) => `2026-02-${String(index + 1).padStart(2, '0')}`,
        );
        const isShared = days.some((on) => engagementOn([one], on) && engagementOn([other], on));
        expect(isOverlapping(one, other)).toBe(isShared);
      }),
    );
  });
});

describe('the version in force at an instant', () => {
  const versions = [
    { version: 2, createdAt: new Date('2026-03-01T10:00:00Z') },
    { version: 1, createdAt: new Date('2026-01-01T10:00:00Z') },
  ];
  it('is the last one written by then; before all of them, the first', () => {
    const at = (instant: string): number | undefined => versionAt(versions, new Date(instant))?.version;
    expect(['2025-12-01', '2026-02-28', '2026-03-01T10:00:00Z'].map(at)).toEqual([1, 1, 2]);
    expect(versionAt([], new Date('2026-01-01'))).toBeNull();
  });
});
