import { describe, expect, it } from 'vitest';
import {
  canReschedule,
  holdsTheSlot,
  isCorrection,
  isDelivered,
  isOpen,
  isQualified,
  meetingMoves,
  meetingStates,
  qualificationMoves,
  refusalOf,
} from '../../src/meetings/meeting-moves.js';

const startsAt = new Date('2026-03-10T14:00:00Z');
const at = (text: string) => new Date(text);

describe('the life of a meeting', () => {
  it('a booked meeting can be moved, take place, be missed by either side or be cancelled by any of the three', () => {
    expect(meetingMoves.from('booked')).toEqual([
      'rescheduled',
      'held',
      'no_show_guest',
      'no_show_host',
      'cancelled_by_guest',
      'cancelled_by_client',
      'cancelled_by_agency',
    ]);
  });

  it('a date can be moved as often as needed, and once more after somebody missed it', () => {
    expect(meetingStates.filter(canReschedule)).toEqual([
      'booked',
      'rescheduled',
      'no_show_guest',
      'no_show_host',
    ]);
  });

  it('a cancelled meeting never takes place: a new date is a new meeting', () => {
    for (const state of ['cancelled_by_guest', 'cancelled_by_client', 'cancelled_by_agency'] as const) {
      expect(meetingMoves.allows(state, 'held'), state).toBe(false);
      expect(meetingMoves.allows(state, 'rescheduled'), state).toBe(false);
    }
  });

  it('no meeting becomes unbooked', () => {
    for (const state of meetingStates) expect(meetingMoves.allows(state, 'booked'), state).toBe(false);
  });

  it('an open or held meeting takes the host’s time, a missed or cancelled one frees it', () => {
    expect(meetingStates.filter(holdsTheSlot)).toEqual(['booked', 'rescheduled', 'held']);
    expect(meetingStates.filter(isOpen)).toEqual(['booked', 'rescheduled']);
  });

  it('the agency delivered when both came, and when only the client’s own person did not', () => {
    expect(meetingStates.filter(isDelivered)).toEqual(['held', 'no_show_host']);
  });
});

describe('when an outcome may be said', () => {
  const open = { state: 'booked', qualification: 'none', startsAt } as const;
  const missed = { ...open, state: 'no_show_guest' } as const;

  it('nobody attends or misses a meeting before it starts', () => {
    expect(refusalOf(open, 'held', at('2026-03-10T13:59:59Z'))).toBe('not_started');
    expect(refusalOf(open, 'no_show_guest', at('2026-03-10T13:59:59Z'))).toBe('not_started');
    expect(refusalOf(open, 'held', startsAt)).toBeNull();
  });

  it('a meeting can be cancelled before it starts', () => {
    expect(refusalOf(open, 'cancelled_by_guest', at('2026-03-01T08:00:00Z'))).toBeNull();
  });

  it('the first outcome can come late: a silence is not a mistake', () => {
    expect(refusalOf(open, 'held', at('2026-06-01T08:00:00Z'))).toBeNull();
  });

  it('a correction is welcome for 31 days after the start, to the minute', () => {
    expect(refusalOf(missed, 'held', at('2026-04-10T14:00:00Z'))).toBeNull();
    expect(refusalOf(missed, 'held', at('2026-04-10T14:01:00Z'))).toBe('too_late');
  });

  it('what the client decided on is no longer corrected, an undecided claim is', () => {
    const held = { ...open, state: 'held' } as const;
    const now = at('2026-03-12T08:00:00Z');
    expect(refusalOf({ ...held, qualification: 'claimed' }, 'no_show_guest', now)).toBeNull();
    for (const qualification of ['accepted', 'lapsed', 'contested'] as const)
      expect(refusalOf({ ...held, qualification }, 'no_show_guest', now)).toBe('already_decided');
  });

  it('a new date after a missed meeting corrects nothing', () => {
    expect(isCorrection('no_show_guest', 'rescheduled')).toBe(false);
    expect(isCorrection('no_show_guest', 'held')).toBe(true);
    expect(isCorrection('booked', 'held')).toBe(false);
  });
});

describe('the qualification of a meeting', () => {
  it('is claimed first, then accepted, contested or accepted by silence', () => {
    expect(qualificationMoves.from('none')).toEqual(['claimed']);
    expect(qualificationMoves.from('claimed')).toEqual(['accepted', 'contested', 'lapsed', 'none']);
  });

  it('a client may take a contest back, never an acceptance', () => {
    expect(qualificationMoves.from('contested')).toEqual(['accepted']);
    expect(qualificationMoves.isFinal('accepted')).toBe(true);
    expect(qualificationMoves.isFinal('lapsed')).toBe(true);
  });

  it('counts as qualified when accepted, in words or by silence', () => {
    expect(qualificationMoves.states.filter(isQualified)).toEqual(['accepted', 'lapsed']);
  });
});
