import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedBy } from '../../src/sequences/engine/closed-channels.js';
import { channels } from '../../src/outreach/touches/outcomes.js';
import {
  nextStep,
  type EnrolmentState,
  type EnrolmentSurroundings,
  type PlannedStep,
} from '../../src/sequences/engine/next-step.js';

const steps: PlannedStep[] = [
  { position: 1, day: 0, channel: 'email' },
  { position: 2, day: 2, channel: 'linkedin_invite' },
  { position: 3, day: 4, channel: 'call' },
  { position: 4, day: 7, channel: 'email' },
];
// Monday 11 January 2027, 10:00 in Paris.
const monday = new Date('2027-01-11T09:00:00Z');
const active: EnrolmentState = { state: 'active', startedAt: monday, pausedUntil: null };
const calm: EnrolmentSurroundings = {
  touches: [],
  hasReplied: false,
  hasMeeting: false,
  isOptedOut: false,
  hasBounced: false,
  isRemoved: false,
  isClientActive: true,
  sequenceState: 'live',
  usableChannels: channels,
  closedChannels: [],
  place: { zone: 'Europe/Paris', country: 'FR' },
};
const ask = (facts: Partial<EnrolmentSurroundings> = {}, now = monday, enrolment = active, plan = steps) =>
  nextStep(enrolment, plan, { ...calm, ...facts }, now);
const touch = (position: number, outcome: string, at: string, attempt = 1) => ({
  position,
  outcome,
  attempt,
  at: new Date(at),
});

describe('the way through the steps', () => {
  it('makes the first step due at once, in the open window', () => {
    expect(ask()).toEqual({ kind: 'due', step: steps[0], attempt: 1, at: monday });
  });

  it('waits for the morning when the enrolment came at night', () => {
    const night = new Date('2027-01-11T22:00:00Z');
    expect(ask({}, night, { ...active, startedAt: night })).toMatchObject({
      kind: 'wait',
      reason: 'not_yet',
      at: new Date('2027-01-12T07:30:00Z'),
    });
  });

  it('keeps the two business days between steps even when the first one was done late', () => {
    // Mail done on Thursday 14 at 16:00 Paris: two business days later is Monday 18, 16:00.
    const facts = { touches: [touch(1, 'sent', '2027-01-14T15:00:00Z')] };
    expect(ask(facts, new Date('2027-01-15T09:00:00Z'))).toEqual({
      kind: 'wait',
      reason: 'not_yet',
      step: steps[1],
      attempt: 1,
      at: new Date('2027-01-18T15:00:00Z'),
    });
    expect(ask(facts, new Date('2027-01-18T15:00:00Z')).kind).toBe('due');
  });

  it('passes over what cannot reach the person, and ends when nothing is left', () => {
    expect(ask({ usableChannels: ['call'] })).toMatchObject({ kind: 'wait', step: steps[2] });
    expect(ask({ usableChannels: [] })).toEqual({ kind: 'finish', reason: 'failed' });
    const facts = {
      touches: [touch(3, 'voicemail', '2027-01-15T09:00:00Z', 3)],
      usableChannels: ['call'] as const,
    };
    expect(ask(facts)).toEqual({ kind: 'finish', reason: 'completed' });
  });

  it('finishes after the last step', () => {
    expect(ask({ touches: [touch(4, 'sent', '2027-01-20T09:00:00Z')] })).toEqual({
      kind: 'finish',
      reason: 'completed',
    });
  });

  it('tries a call that nobody answered the next business day, three times in all, then goes on', () => {
    // Friday 15 January 10:00 → Monday 18, 10:00.
    const first = touch(3, 'no_answer', '2027-01-15T09:00:00Z');
    expect(ask({ touches: [first] })).toMatchObject({
      step: steps[2],
      attempt: 2,
      at: new Date('2027-01-18T09:00:00Z'),
    });
    const third = touch(3, 'no_answer', '2027-01-19T09:00:00Z', 3);
    // The mail is three business days after the call: Tuesday 19 → Friday 22.
    expect(ask({ touches: [first, third] })).toMatchObject({
      step: steps[3],
      attempt: 1,
      at: new Date('2027-01-22T09:00:00Z'),
    });
  });

  it('calls a wrong number no second time, nor in later steps', () => {
    const plan: PlannedStep[] = [
      { position: 1, day: 0, channel: 'call' },
      { position: 2, day: 1, channel: 'call' },
      { position: 3, day: 3, channel: 'email' },
    ];
    const facts = {
      touches: [touch(1, 'wrong_number', '2027-01-11T09:00:00Z')],
      closedChannels: closedBy([{ channel: 'call', outcome: 'wrong_number' }]),
    };
    expect(ask(facts, monday, active, plan)).toMatchObject({
      step: plan[2],
      at: new Date('2027-01-14T09:00:00Z'),
    });
  });

  it('keeps its hour across both clock changes', () => {
    // Friday 26 March 2027 10:00 (UTC+1) + 2 business days, Easter Monday off = Wednesday 31, 10:00 (UTC+2).
    expect(
      ask({ touches: [touch(1, 'sent', '2027-03-26T09:00:00Z')] }, new Date('2027-03-28T01:00:00Z')),
    ).toMatchObject({
      at: new Date('2027-03-31T08:00:00Z'),
    });
    // Friday 29 October 10:00 (UTC+2) + 2, All Saints off = Wednesday 3 November, 10:00 (UTC+1).
    expect(
      ask({ touches: [touch(1, 'sent', '2027-10-29T08:00:00Z')] }, new Date('2027-10-31T00:59:00Z')),
    ).toMatchObject({
      at: new Date('2027-11-03T09:00:00Z'),
    });
  });
});

describe('what stops it', () => {
  it.each([
    ['isOptedOut', 'opted_out'],
    ['hasMeeting', 'meeting'],
    ['hasReplied', 'replied'],
    ['hasBounced', 'bounced'],
    ['isRemoved', 'removed'],
  ] as const)('%s finishes it as %s', (fact, reason) => {
    expect(ask({ [fact]: true })).toEqual({ kind: 'finish', reason });
  });

  it('an opposition is told before everything else', () => {
    expect(ask({ isOptedOut: true, hasReplied: true, hasMeeting: true })).toMatchObject({
      reason: 'opted_out',
    });
  });

  it('whatever the calendar says, a stop is a stop', () => {
    const stops = fc.constantFrom('isOptedOut', 'hasMeeting', 'hasReplied', 'hasBounced', 'isRemoved');
    const states = fc.constantFrom('draft', 'testing', 'live', 'paused', 'archived') as fc.Arbitrary<'live'>;
    const at = fc.date({ min: new Date('2027-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(stops, states, at, fc.boolean(), (stop, sequenceState, now, isClientActive) => {
        expect(ask({ [stop]: true, sequenceState, isClientActive }, now).kind).toBe('finish');
      }),
    );
  });
});

describe('what holds it', () => {
  it('a client switched off', () => {
    expect(ask({ isClientActive: false })).toMatchObject({ kind: 'wait', reason: 'client_off' });
  });

  it.each(['draft', 'submitted', 'approved', 'paused', 'archived'] as const)(
    'a sequence that is %s',
    (sequenceState) => {
      expect(ask({ sequenceState })).toMatchObject({ kind: 'wait', reason: 'sequence_not_running' });
    },
  );

  it('a pause, until its date has come', () => {
    const paused: EnrolmentState = {
      ...active,
      state: 'paused',
      pausedUntil: new Date('2027-01-13T09:00:00Z'),
    };
    expect(ask({}, monday, paused)).toMatchObject({ kind: 'wait', reason: 'paused' });
    expect(ask({}, new Date('2027-01-13T09:00:00Z'), paused).kind).toBe('due');
    expect(ask({}, new Date('2030-01-13T09:00:00Z'), { ...paused, pausedUntil: null })).toMatchObject({
      reason: 'paused',
    });
  });
});
