import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byEngagement, engagementAt, windowsOf } from '../../src/reporting/facts/engagement-window.js';
import { stages } from '../../src/reporting/facts/funnel.js';
import { markBit } from '../../src/reporting/facts/marks.js';
import { type AuthoredFact, type Progress, progressOf } from '../../src/reporting/facts/progress.js';

const DAY = 86_400_000;
const day = (days: number): Date => new Date(Date.UTC(2026, 2, 2, 8) + days * DAY);
const windows = windowsOf([{ id: 'e1', startsOn: '2026-03-01' }], 'Europe/Paris');

let written = 0;
function fact(kind: string, at: number, more: Partial<AuthoredFact> = {}): AuthoredFact {
  written += 1;
  const blank = {
    userId: null,
    from: null,
    to: null,
    channel: null,
    result: null,
    data: null,
    undoesId: null,
  };
  return { id: String(written).padStart(8, '0'), kind, at: day(at), ...blank, ...more };
}
const touch = (at: number, channel: string, result: string, more: Partial<AuthoredFact> = {}): AuthoredFact =>
  fact('touch', at, { channel, result, ...more });

function rows(facts: AuthoredFact[], now = 500, of = windows): Record<string, Progress> {
  const found = progressOf(facts, of, { bounceHours: 72, now: day(now) });
  return Object.fromEntries(found.map((row) => [row.channel, row]));
}
const reached = (row: Progress | undefined): string | undefined => row && stages[row.reached];

describe('A prospect worked by several channels', () => {
  const mailed = touch(1, 'email', 'sent');
  const invited = touch(2, 'linkedin_invite', 'sent');
  const spoken = touch(5, 'call', 'conversation');

  it('has a row for all of them together and one for each that was tried', () => {
    expect(Object.keys(rows([fact('prospect.created', 0), mailed, spoken]))).toEqual([
      'all',
      'email',
      'call',
    ]);
  });

  it('answers by the channel the answer names, else by the one tried last', () => {
    const named = rows([mailed, invited, fact('status', 3, { to: 'replied', channel: 'email' })]);
    expect([reached(named['email']), reached(named['linkedin'])]).toEqual(['replied', 'attempted']);
    const unnamed = rows([mailed, invited, fact('status', 3, { to: 'replied' })]);
    expect([reached(unnamed['email']), reached(unnamed['linkedin'])]).toEqual(['contacted', 'replied']);
  });

  it('gives the booking to the channel frozen on it; the others keep what they earned', () => {
    const booked = fact('meeting.booked', 6, { channel: 'call', data: { meetingId: 'm' } });
    const found = rows([mailed, spoken, booked]);
    expect(reached(found['call'])).toBe('booked');
    expect(reached(found['email'])).toBe('contacted');
    expect(reached(found['all'])).toBe('booked');
  });

  it('gives an unattributed booking to no channel', () => {
    const booked = fact('meeting.booked', 6, { data: { meetingId: 'm' } });
    const found = rows([mailed, booked]);
    expect([reached(found['all']), reached(found['email'])]).toEqual(['booked', 'contacted']);
  });

  it('takes no answer from the status a cancelled meeting leaves behind', () => {
    const back = fact('status', 9, { from: 'meeting_booked', to: 'interested' });
    expect(reached(rows([touch(1, 'call', 'no_answer'), back])['call'])).toBe('attempted');
  });

  it('counts calls on the call row and the total, not on the others', () => {
    const found = rows([mailed, touch(3, 'call', 'no_answer'), touch(4, 'call', 'wrong_number'), spoken]);
    expect(found['call']).toMatchObject({ dials: 3, connects: 2, conversations: 1 });
    expect(found['all']).toMatchObject({ dials: 3, connects: 2, conversations: 1 });
    expect(found['email']).toMatchObject({ dials: 0, connects: 0, conversations: 0 });
  });

  it('stands under the first sequence entered and under who worked it first', () => {
    const found = rows([
      fact('enrolment.started', 1, { userId: 'manager', data: { sequenceId: 's1' } }),
      touch(2, 'call', 'no_answer', { userId: 'sam', data: { sequenceId: 's1' } }),
      touch(9, 'call', 'no_answer', { userId: 'lou', data: { sequenceId: 's2' } }),
    ]);
    expect(found['all']).toMatchObject({ sequenceId: 's1', sdrId: 'sam' });
  });
});

describe('Time alone', () => {
  it('settles an invitation after 14 days and a cohort after 21', () => {
    const facts = [touch(2, 'linkedin_invite', 'sent')];
    const has = (now: number, mark: 'invited' | 'mature'): boolean =>
      (rows(facts, now)['all']!.marks & markBit(mark)) !== 0;
    expect([has(15.9, 'invited'), has(16, 'invited')]).toEqual([false, true]);
    expect([has(22.9, 'mature'), has(23, 'mature')]).toEqual([false, true]);
    expect(rows(facts, 3)['all']!.ripensAt).toEqual(day(16));
    expect(rows(facts, 16)['all']!.ripensAt).toEqual(day(23));
    expect(rows(facts, 23)['all']!.ripensAt).toBeNull();
  });
});

describe('Engagements of a client', () => {
  const two = windowsOf(
    [
      { id: 'second', startsOn: '2026-06-01' },
      { id: 'first', startsOn: '2026-03-01' },
    ],
    'Europe/Paris',
  );

  it('follow each other: what comes before the first belongs to it, what comes late to the one before', () => {
    expect(engagementAt(two, new Date('2025-12-01'))).toBe('first');
    // 1 June 2026 in Paris begins at 22:00 UTC on 31 May.
    expect(engagementAt(two, new Date('2026-05-31T21:59:59Z'))).toBe('first');
    expect(engagementAt(two, new Date('2026-05-31T22:00:00Z'))).toBe('second');
    expect(engagementAt([], new Date())).toBe('');
  });

  it('keep a meeting where it was booked, even if it is held in the next', () => {
    const facts = [
      fact('meeting.booked', 80, { data: { meetingId: 'm' } }),
      fact('meeting.held', 95, { data: { meetingId: 'm' } }),
    ];
    expect([...byEngagement(facts, two).keys()]).toEqual(['first']);
  });

  it('lose no fact and count none twice', () => {
    const some = fc.array(fc.nat(200).map((at) => touch(at, 'call', 'no_answer')));
    fc.assert(
      fc.property(some, (facts) => {
        const told = [...byEngagement(facts, two).values()].flat().map(({ id }) => id);
        expect(told.sort()).toEqual(facts.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('Laws of the channels', () => {
  const some = fc.array(
    fc
      .tuple(
        fc.constantFrom(
          () => touch(0, 'email', 'sent'),
          () => touch(0, 'email', 'bounced'),
          () => touch(0, 'linkedin_invite', 'accepted'),
          () => touch(0, 'linkedin_message', 'sent'),
          () => touch(0, 'call', 'conversation'),
          () => fact('status', 0, { to: 'replied' }),
          () => fact('status', 0, { to: 'interested', channel: 'email' }),
          () => fact('meeting.booked', 0, { channel: 'call', data: { meetingId: 'm' } }),
          () => fact('meeting.held', 0, { data: { meetingId: 'm' } }),
        ),
        fc.nat(100),
      )
      .map(([make, at]) => ({ ...make(), at: day(at) })),
    { maxLength: 10 },
  );

  it('no channel came further, or earlier, than all of them together', () => {
    fc.assert(
      fc.property(some, (facts) => {
        const { all, ...channels } = rows(facts);
        for (const row of Object.values(channels)) {
          expect(row.reached).toBeLessThanOrEqual(all!.reached);
          for (const stage of stages) {
            const own = row.dates[stage];
            if (own) expect(all!.dates[stage]!.getTime()).toBeLessThanOrEqual(own.getTime());
          }
        }
      }),
    );
  });
});
