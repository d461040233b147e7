import { describe, expect, it } from 'vitest';
import {
  enrolmentStopFor,
  impliesHumanReply,
  isLegalMove,
  isProspectStatus,
  legalMovesFrom,
  needsDate,
  prospectStatuses,
  statusAfterFact,
} from '../../src/prospects/status/status.js';

describe('what an SDR may pick', () => {
  it('a new prospect can be put in any state a conversation leads to', () => {
    expect(legalMovesFrom('new', 'person')).toEqual([
      'replied',
      'interested',
      'later',
      'not_interested',
      'wrong_person',
      'unreachable',
      'invalid',
      'do_not_contact',
    ]);
  });

  it('nobody declares a sequence, a meeting or a qualification by picking a status', () => {
    for (const status of prospectStatuses)
      for (const derived of ['in_sequence', 'meeting_booked', 'meeting_held', 'qualified'] as const)
        expect(isLegalMove(status, derived, 'person'), `${status} → ${derived}`).toBe(false);
  });

  it('while a meeting is booked, only an opposition: for the rest, the meeting itself must be cancelled', () => {
    expect(legalMovesFrom('meeting_booked', 'person')).toEqual(['do_not_contact']);
  });

  it('"to call back later" goes back to work by hand', () => {
    expect(isLegalMove('later', 'new', 'person')).toBe(true);
  });

  it('corrected contact details bring an invalid prospect back to the start', () => {
    expect(isLegalMove('invalid', 'new', 'person')).toBe(true);
    expect(isLegalMove('invalid', 'new', 'fact')).toBe(true);
  });

  it('an opposition can be recorded whatever the state', () => {
    for (const status of prospectStatuses.filter((one) => one !== 'do_not_contact'))
      expect(isLegalMove(status, 'do_not_contact', 'person'), status).toBe(true);
  });
});

describe('an opposition', () => {
  it('is left neither by hand nor by a fact', () => {
    expect(legalMovesFrom('do_not_contact', 'person')).toEqual([]);
    expect(legalMovesFrom('do_not_contact', 'fact')).toEqual([]);
  });

  it('is left through the suppression list, to where the person stood, but never into a sequence', () => {
    const back = legalMovesFrom('do_not_contact', 'suppression_list');
    expect(back).toContain('meeting_held');
    expect(back).toContain('new');
    expect(back).not.toContain('in_sequence');
  });

  it('is the only state the suppression list moves anybody out of', () => {
    for (const status of prospectStatuses.filter((one) => one !== 'do_not_contact'))
      expect(legalMovesFrom(status, 'suppression_list'), status).toEqual([]);
  });
});

describe('what facts do', () => {
  it('a booked meeting carries everybody along but people under opposition', () => {
    const refused = prospectStatuses.filter(
      (from) => statusAfterFact(from, 'meeting_booked') !== 'meeting_booked',
    );
    expect(refused).toEqual(['do_not_contact']);
  });

  it('a held meeting then an accepted one go up the ladder', () => {
    expect(statusAfterFact('meeting_booked', 'meeting_held')).toBe('meeting_held');
    expect(statusAfterFact('meeting_held', 'qualified')).toBe('qualified');
  });

  it('the cancelled second meeting of a qualified prospect takes nothing away', () => {
    expect(statusAfterFact('qualified', 'meeting_booked')).toBe('meeting_booked');
    expect(statusAfterFact('meeting_booked', 'qualified')).toBe('qualified');
  });

  it('a no-show who had been put aside, and came after all, counts as met', () => {
    expect(statusAfterFact('later', 'meeting_held')).toBe('meeting_held');
  });

  it('an answer does not take a booked meeting off the screen', () => {
    expect(statusAfterFact('meeting_booked', 'replied')).toBe('meeting_booked');
  });

  it('a bounce marks a prospect in sequence as invalid, and leaves an interested one alone', () => {
    expect(statusAfterFact('in_sequence', 'invalid')).toBe('invalid');
    expect(statusAfterFact('interested', 'invalid')).toBe('interested');
  });

  it('a reply relabelled as automatic lets the sequence go on', () => {
    expect(statusAfterFact('replied', 'in_sequence')).toBe('in_sequence');
  });

  it('nobody who refused is enrolled again without being reopened first', () => {
    expect(statusAfterFact('not_interested', 'in_sequence')).toBe('not_interested');
    expect(isLegalMove('not_interested', 'new', 'person')).toBe(true);
    expect(statusAfterFact('new', 'in_sequence')).toBe('in_sequence');
  });
});

describe('what a status means elsewhere', () => {
  it('every status but "new" and "in sequence" ends the enrolment, each with its own word', () => {
    const going = prospectStatuses.filter((status) => enrolmentStopFor(status) === null);
    expect(going).toEqual(['new', 'in_sequence']);
    expect(enrolmentStopFor('interested')).toBe('replied');
    expect(enrolmentStopFor('meeting_booked')).toBe('meeting');
    expect(enrolmentStopFor('invalid')).toBe('bounced');
    expect(enrolmentStopFor('do_not_contact')).toBe('opted_out');
    expect(enrolmentStopFor('unreachable')).toBe('removed');
  });

  it('a person answered in these, and a bounce, a silence or a list is no answer', () => {
    expect(prospectStatuses.filter((status) => !impliesHumanReply(status))).toEqual([
      'new',
      'in_sequence',
      'unreachable',
      'invalid',
      'do_not_contact',
    ]);
  });

  it('"later" needs a day, the others do not', () => {
    expect(prospectStatuses.filter(needsDate)).toEqual(['later']);
  });

  it('a word that is no status is told apart', () => {
    expect(isProspectStatus('held')).toBe(false);
    expect(isProspectStatus('qualified')).toBe(true);
  });
});
