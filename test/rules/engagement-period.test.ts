import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amendment,
  engagementOn,
  engagementState,
  isOverlapping,
  nearestEngagement,
  periodProblems,
  proposedStart,
  startProblems,
  versionOn,
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

describe('the terms a day is billed under', () => {
  const versions = [
    { version: 2, appliesFromOn: '2026-03-10' },
    { version: 1, appliesFromOn: '2026-01-01' },
  ];
  const on = (day: string): number | undefined => versionOn(versions, day)?.version;

  it('are the last ones that apply to it; before all of them, the first', () => {
    expect(['2025-12-01', '2026-03-09', '2026-03-10'].map(on)).toEqual([1, 1, 2]);
    expect(versionOn([], '2026-01-01')).toBeNull();
  });

  it('are a correction’s wherever it reaches, be it the whole engagement', () => {
    const corrected = [...versions, { version: 3, appliesFromOn: '2026-01-01' }];
    expect(['2026-01-01', '2026-03-10'].map((day) => versionOn(corrected, day)?.version)).toEqual([3, 3]);
  });
});

describe('the day new terms are billed from when nobody says', () => {
  it('is the first one until the first month is over: that is a correction', () => {
    const from = { startsOn: '2026-01-05', endsOn: null };
    expect(['2025-12-20', '2026-01-05', '2026-01-31'].map((today) => proposedStart(from, today))).toEqual([
      '2026-01-05',
      '2026-01-05',
      '2026-01-05',
    ]);
  });

  it('is the next month’s first day afterwards: this one may have been invoiced', () => {
    const from = { startsOn: '2026-01-05', endsOn: null };
    expect(proposedStart(from, '2026-02-01')).toBe('2026-03-01');
    expect(proposedStart(from, '2026-12-31')).toBe('2027-01-01');
  });

  it('given by somebody, lies within the engagement', () => {
    expect(startProblems(spring, '2026-01-01')).toEqual({});
    expect(startProblems(spring, '2026-07-01')).toEqual({ appliesFromOn: 'outsideEngagement' });
    expect(startProblems(spring, '2025-12-31')).toEqual({ appliesFromOn: 'outsideEngagement' });
    expect(startProblems(spring, '2026-02-30')).toEqual({ appliesFromOn: 'isDateString' });
  });
});

describe('what saving an engagement again changes', () => {
  const was = { startsOn: '2026-01-01', endsOn: null, appliesFromOn: '2026-03-01' };
  const same = { startsOn: '2026-01-01', endsOn: null, appliesFromOn: null, hasSameTerms: true };
  const today = '2026-05-20';

  it('nothing, when nothing differs, nor when the day given is that of before', () => {
    expect(amendment(was, same, today)).toBeNull();
    expect(amendment(was, { ...same, appliesFromOn: '2026-03-01' }, today)).toBeNull();
  });

  it('new days leave the terms billed from when they were', () => {
    expect(amendment(was, { ...same, endsOn: '2026-12-31' }, today)).toEqual({
      appliesFromOn: '2026-03-01',
      hasNewTerms: false,
    });
  });

  it('new terms are billed from the next month, or from the day given', () => {
    const terms = { ...same, hasSameTerms: false };
    expect(amendment(was, terms, today)).toEqual({ appliesFromOn: '2026-06-01', hasNewTerms: true });
    expect(amendment(was, { ...terms, appliesFromOn: '2026-04-15' }, today)?.appliesFromOn).toBe(
      '2026-04-15',
    );
  });

  it('the same terms from another day are an amendment', () => {
    expect(amendment(was, { ...same, appliesFromOn: '2026-02-01' }, today)).toEqual({
      appliesFromOn: '2026-02-01',
      hasNewTerms: true,
    });
  });
});
