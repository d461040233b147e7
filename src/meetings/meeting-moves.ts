import { legalMoves } from '../shared/legal-moves.js';

export const meetingStates = [
  'booked',
  'rescheduled',
  'held',
  'no_show_guest',
  'no_show_host',
  'cancelled_by_guest',
  'cancelled_by_client',
  'cancelled_by_agency',
] as const;
export type MeetingState = (typeof meetingStates)[number];

const anOutcome = ['held', 'no_show_guest', 'no_show_host'] as const;
const aCancellation = ['cancelled_by_guest', 'cancelled_by_client', 'cancelled_by_agency'] as const;
/** What becomes of a meeting, as long as nobody gives it another date. */
export const meetingOutcomes = [...anOutcome, ...aCancellation] as const;

/**
 * What may follow what. After a missed meeting a new date keeps the same meeting alive. An outcome or the author of
 * a cancellation can be corrected (see `isCorrection`); a cancelled meeting never comes back: its invitation was
 * withdrawn from every calendar, so a new date is a new meeting.
 */
export const meetingMoves = legalMoves<MeetingState>({
  of: 'a meeting',
  starts: ['booked'],
  finals: [],
  moves: {
    booked: ['rescheduled', ...meetingOutcomes],
    rescheduled: [...meetingOutcomes],
    held: ['no_show_guest', 'no_show_host'],
    no_show_guest: ['rescheduled', 'held', 'no_show_host', 'cancelled_by_guest'],
    no_show_host: ['rescheduled', 'held', 'no_show_guest', 'cancelled_by_client'],
    cancelled_by_guest: ['cancelled_by_client', 'cancelled_by_agency', 'no_show_guest'],
    cancelled_by_client: ['cancelled_by_guest', 'cancelled_by_agency', 'no_show_host'],
    cancelled_by_agency: ['cancelled_by_guest', 'cancelled_by_client'],
  },
});

export const qualificationStates = ['none', 'claimed', 'accepted', 'contested', 'lapsed'] as const;
export type QualificationState = (typeof qualificationStates)[number];

/**
 * `lapsed` is accepted by the client's silence. A claim goes back to `none` when the meeting turns out not to have been
 * held; a client may take a contest back, never an acceptance: the invoice follows it.
 */
export const qualificationMoves = legalMoves<QualificationState>({
  of: 'the qualification of a meeting',
  starts: ['none'],
  finals: ['accepted', 'lapsed'],
  moves: {
    none: ['claimed'],
    claimed: ['accepted', 'contested', 'lapsed', 'none'],
    contested: ['accepted'],
    accepted: [],
    lapsed: [],
  },
});

/** Days after the start during which an outcome may still be corrected: one closed month, no more. */
export const correctionDays = 31;

/** Still to take place, as far as anybody said. */
export function isOpen(state: MeetingState): boolean {
  return state === 'booked' || state === 'rescheduled';
}

export function isCancelled(state: MeetingState): boolean {
  return (aCancellation as readonly MeetingState[]).includes(state);
}

/** Takes the host's time: cancelled meetings and guests who never came free it. */
export function holdsTheSlot(state: MeetingState): boolean {
  return isOpen(state) || state === 'held';
}

/** A new date: again and again while the meeting is open, once more after somebody missed it. */
export function canReschedule(state: MeetingState): boolean {
  return isOpen(state) || meetingMoves.allows(state, 'rescheduled');
}

/** A move from one outcome to another says that the first was written by mistake. */
export function isCorrection(from: MeetingState, to: MeetingState): boolean {
  return !isOpen(from) && to !== 'rescheduled';
}

export type MoveRefusal = 'not_started' | 'too_late' | 'already_decided';

export interface OutcomeSituation {
  state: MeetingState;
  qualification: QualificationState;
  startsAt: Date;
}

/**
 * Why a meeting that the table lets move to `to` may not do so now, or null.
 * Nobody attends or misses a meeting before it starts; what the client decided on is no longer corrected.
 */
export function refusalOf(meeting: OutcomeSituation, to: MeetingState, now: Date): MoveRefusal | null {
  const isAttendance = (anOutcome as readonly MeetingState[]).includes(to);
  if (isAttendance && now < meeting.startsAt) return 'not_started';
  if (!isCorrection(meeting.state, to)) return null;
  if (meeting.qualification !== 'none' && meeting.qualification !== 'claimed') return 'already_decided';
  const latest = meeting.startsAt.getTime() + correctionDays * 86_400_000;
  return now.getTime() > latest ? 'too_late' : null;
}

/** A meeting the client's own person missed was delivered all the same (product.md §1). */
export function isDelivered(state: MeetingState): boolean {
  return state === 'held' || state === 'no_show_host';
}

export function isQualified(qualification: QualificationState): boolean {
  return qualification === 'accepted' || qualification === 'lapsed';
}
