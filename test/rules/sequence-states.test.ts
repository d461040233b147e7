import { describe, expect, it } from 'vitest';
import {
  actsFrom,
  isRunning,
  sequenceMoves,
  type Standing,
  stateFor,
  stateOfWriting,
} from '../../src/sequences/sequence-states.js';
import { guardEnrolment, type EnrolmentFacts } from '../../src/sequences/enrolments/enrolment-guard.js';
import {
  channels,
  endsStep,
  mostAttempts,
  outcomeOf,
  outcomes,
} from '../../src/outreach/touches/outcomes.js';

describe('the life of a sequence', () => {
  it('goes live through an approval and a test, never around them', () => {
    expect(sequenceMoves.allows('draft', 'live')).toBe(false);
    expect(sequenceMoves.allows('submitted', 'live')).toBe(false);
    expect(sequenceMoves.allows('approved', 'live')).toBe(false);
    const path = ['draft', 'submitted', 'approved', 'testing', 'live', 'paused', 'live'] as const;
    path.slice(1).forEach((to, index) => expect(sequenceMoves.allows(path[index]!, to)).toBe(true));
  });

  const standing = (has: Partial<Standing>): Standing => ({
    state: 'draft',
    version: 1,
    versionState: 'draft',
    approvedVersion: null,
    isTestOpen: false,
    hasGo: false,
    wasLaunched: false,
    ...has,
  });

  it('offers at each point of its way the acts that lead on, in the order people do them', () => {
    expect(actsFrom(standing({}))).toEqual(['submit', 'archive']);
    expect(actsFrom(standing({ state: 'submitted', versionState: 'submitted' }))).toEqual([
      'withdraw',
      'approve',
      'refuse',
    ]);
    const approved = { versionState: 'approved', approvedVersion: 1 } as const;
    expect(actsFrom(standing({ state: 'approved', ...approved }))).toEqual(['withdraw', 'test', 'archive']);
    expect(actsFrom(standing({ state: 'testing', ...approved, isTestOpen: true }))).toEqual([
      'decide',
      'pause',
    ]);
    expect(actsFrom(standing({ state: 'testing', ...approved, hasGo: true }))).toEqual([
      'test',
      'launch',
      'pause',
    ]);
    expect(actsFrom(standing({ state: 'live', ...approved, hasGo: true, wasLaunched: true }))).toEqual([
      'pause',
    ]);
    expect(actsFrom(standing({ state: 'archived', ...approved }))).toEqual([]);
  });

  it('lets a newer version be submitted and approved beside a live one, without stopping it', () => {
    const written = standing({ state: 'live', version: 2, approvedVersion: 1, wasLaunched: true });
    expect(actsFrom(written)).toEqual(['submit', 'pause']);
    expect(actsFrom({ ...written, versionState: 'submitted' })).toEqual([
      'withdraw',
      'approve',
      'refuse',
      'pause',
    ]);
  });

  it('offers no launch while a test waits for its decision, nor without a GO', () => {
    const tested = standing({ state: 'testing', versionState: 'approved', approvedVersion: 1 });
    expect(actsFrom(tested)).not.toContain('launch');
    expect(actsFrom({ ...tested, isTestOpen: true, hasGo: true })).not.toContain('launch');
  });

  it('runs only while testing or live', () => {
    expect(sequenceMoves.states.filter(isRunning)).toEqual(['testing', 'live']);
  });

  it('runs, while it is tested, for the people of the test alone', () => {
    expect(stateFor({ isTest: true }, 'testing')).toBe('testing');
    expect(stateFor({ isTest: false }, 'testing')).toBe('approved');
    expect(stateFor({ isTest: false }, 'live')).toBe('live');
  });

  it('a refused text is a draft again', () => {
    expect(stateOfWriting('refused')).toBe('draft');
    expect(stateOfWriting('submitted')).toBe('submitted');
  });
});

describe('who is enrolled', () => {
  const welcome: EnrolmentFacts = {
    isSuppressed: false,
    canStart: true,
    fit: 'unknown',
    isActiveElsewhere: false,
    hasFinishedHere: false,
    isHeldByCourtesy: false,
    usableChannels: ['email'],
    stepChannels: ['email', 'call', 'task'],
    missingFields: [],
  };

  it('takes somebody reachable by one of the steps, even with an unknown fit', () => {
    expect(guardEnrolment(welcome)).toBeNull();
  });

  it.each([
    [{ isSuppressed: true }, 'suppressed'],
    [{ canStart: false }, 'wrong_status'],
    [{ fit: 'unfit' }, 'unfit'],
    [{ isActiveElsewhere: true }, 'active_elsewhere'],
    [{ hasFinishedHere: true }, 'finished_here'],
    [{ isHeldByCourtesy: true }, 'held_by_courtesy'],
    [{ usableChannels: ['linkedin_invite'] }, 'no_usable_channel'],
    [{ usableChannels: [] }, 'no_usable_channel'],
    [{ missingFields: ['firstName'] }, 'missing_field'],
  ] as const)('%j → %s', (fact, reason) => {
    expect(guardEnrolment({ ...welcome, ...fact })).toBe(reason);
  });

  it('tells the opposition first when several reasons hold', () => {
    expect(guardEnrolment({ ...welcome, isSuppressed: true, canStart: false, usableChannels: [] })).toBe(
      'suppressed',
    );
  });
});

describe('how a gesture may end', () => {
  it.each(channels)('%s has outcomes with a letter each, clear of the navigation keys', (channel) => {
    const letters = outcomes[channel].map((outcome) => outcome.letter);
    expect(new Set(letters).size).toBe(letters.length);
    expect(letters.filter((letter) => 'jkumybgt?/'.includes(letter))).toEqual([]);
  });

  it.each(channels)('%s: an outcome either ends the step or says when to try again', (channel) => {
    for (const outcome of outcomes[channel]) expect(outcome.isTerminal).toBe(outcome.retryInDays === null);
  });

  it('gives a call three tries', () => {
    const noAnswer = outcomeOf('call', 'no_answer')!;
    expect(endsStep(noAnswer, mostAttempts - 1)).toBe(false);
    expect(endsStep(noAnswer, mostAttempts)).toBe(true);
    expect(outcomeOf('email', 'no_answer')).toBeNull();
  });
});
