import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Conflict, IllegalMove, NotAllowed } from '../shared/errors.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { isCancelled, isCorrection, meetingMoves, type MeetingState, refusalOf } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import type { CancelMeeting, HoldMeeting, MarkNoShow } from './meeting.dto.js';
import type { MeetingEvent } from './meeting.events.js';
import { mayArrange } from './meeting.policy.js';

interface Outcome {
  to: Exclude<MeetingState, 'booked' | 'rescheduled'>;
  version?: number | undefined;
  reason?: string | undefined;
  note?: string | undefined;
}

/** How a meeting ended, and the corrections of it. */
@Injectable()
export class Outcomes {
  constructor(private readonly changes: MeetingChanges) {}

  /**
   * Both were there.
   * @throws NotFound, NotAllowed; Conflict before it starts, when it was changed meanwhile, or when another outcome is on
   *   record and the input names no version to correct; IllegalMove with the legal moves
   */
  hold(actor: Actor, id: string, { version, note }: HoldMeeting): Promise<MeetingRow> {
    return this.end(actor, id, { to: 'held', version, note });
  }

  /** Somebody did not come: the guest unless said otherwise. Throws as `hold`. */
  markNoShow(actor: Actor, id: string, { by = 'guest', version, note }: MarkNoShow): Promise<MeetingRow> {
    return this.end(actor, id, { to: `no_show_${by}`, version, note });
  }

  /** Called off; final but for its author. Throws as `hold`. */
  cancel(actor: Actor, id: string, { by, version, reason }: CancelMeeting): Promise<MeetingRow> {
    return this.end(actor, id, { to: `cancelled_by_${by}`, version, reason });
  }

  private end(actor: Actor, id: string, outcome: Outcome): Promise<MeetingRow> {
    return this.changes.change(actor, id, {
      version: outcome.version,
      isDone: (meeting) => meeting.state === outcome.to && !meeting.isDeemedHeld,
      decide: (meeting, now) => {
        if (!mayArrange(actor)) throw new NotAllowed();
        refuse(meeting, outcome, now);
        return ended(meeting, outcome, now);
      },
    });
  }
}

function refuse(meeting: MeetingRow, { to, version }: Outcome, now: Date): void {
  // A person confirms what silence had decided: no move, no correction.
  if (meeting.isDeemedHeld && to === 'held') return;
  if (!meetingMoves.allows(meeting.state, to)) {
    throw new IllegalMove(meeting.state, to, meetingMoves.from(meeting.state), 'meetings.illegalMove');
  }
  const refusal = refusalOf(meeting, to, now);
  if (refusal) throw new Conflict(`meetings.${refusal}`, { state: meeting.state });
  // Two people who report one meeting differently would otherwise overwrite each other in silence.
  if (isCorrection(meeting.state, to) && version === undefined) {
    throw new Conflict('meetings.correctionNeedsVersion', { state: meeting.state, version: meeting.version });
  }
}

function ended(meeting: MeetingRow, { to, reason, note }: Outcome, now: Date) {
  const withdraws = meeting.qualification === 'claimed' && to !== 'held';
  const happenings: { event: MeetingEvent; reason?: string | undefined; note?: string | undefined }[] = [
    { event: to, reason, note },
  ];
  if (withdraws) happenings.push({ event: 'claim_withdrawn' });
  return {
    set: {
      state: to,
      stateAt: now,
      isDeemedHeld: false,
      ...(withdraws ? { ...noClaim } : {}),
      ...(isCancelled(to) && !isCancelled(meeting.state)
        ? { invitationSequence: meeting.invitationSequence + 1 }
        : {}),
    },
    happenings,
  };
}

const noClaim = {
  qualification: 'none',
  claimedCriteria: null,
  claimedAt: null,
  claimedBy: null,
  decideBy: null,
} as const;
