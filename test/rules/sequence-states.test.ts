import { describe, expect, it } from 'vitest';
import { actsFrom, isRunning, sequenceMoves, stateAfterEdit } from '../../src/sequences/sequence-states.js';
import { guardEnrolment, type EnrolmentFacts } from '../../src/sequences/enrolment-guard.js';
import { channels, endsStep, mostAttempts, outcomeOf, outcomes } from '../../src/outreach/outcomes.js';

describe('the life of a sequence', () => {
  it('goes live through an approval and a test, never around them', () => {
    expect(sequenceMoves.allows('draft', 'live')).toBe(false);
    expect(sequenceMoves.allows('submitted', 'live')).toBe(false);
    expect(sequenceMoves.allows('approved', 'live')).toBe(false);
    const path = ['draft', 'submitted', 'approved', 'testing', 'live', 'paused', 'live'] as const;
    path.slice(1).forEach((to, index) => expect(sequenceMoves.allows(path[index]!, to)).toBe(true));
  });

  it('offers in each state the acts that are legal there', () => {
    expect(actsFrom('draft')).toEqual(['submit', 'archive']);
    expect(actsFrom('live')).toEqual(['pause']);
    expect(actsFrom('archived')).toEqual([]);
  });

  it('runs only while testing or live', () => {
    expect(sequenceMoves.states.filter(isRunning)).toEqual(['testing', 'live']);
  });

  it('takes the approval back when an approved text is changed, and keeps a live one live', () => {
    expect(stateAfterEdit('approved')).toBe('draft');
    expect(stateAfterEdit('submitted')).toBe('draft');
    expect(stateAfterEdit('live')).toBe('live');
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
