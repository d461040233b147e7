import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed } from '../shared/errors.js';
import { decisionDeadline, endOf } from './acceptance.js';
import { contestReasons } from './contest-reasons.js';
import { MeetingChanges } from './meeting-changes.service.js';
import { qualificationMoves, type QualificationState } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import type { AcceptMeeting, ClaimMeeting, ContestMeeting } from './meeting.dto.js';
import { mayArrange, mayDecide } from './meeting.policy.js';

/** The agency claims a held meeting against the criteria frozen at booking; the client accepts or contests. */
@Injectable()
export class Qualification {
  constructor(private readonly changes: MeetingChanges) {}

  /**
   * Opens the client's days to decide. Every frozen criterion must be ticked.
   * @throws NotFound, NotAllowed; InvalidInput on `criteria`; IllegalMove, Conflict
   */
  claim(actor: Actor, id: string, { criteria, note, version }: ClaimMeeting): Promise<MeetingRow> {
    return this.changes.change(actor, id, {
      version,
      isDone: (meeting) => meeting.qualification === 'claimed',
      decide: (meeting, now) => {
        if (!mayArrange(actor)) throw new NotAllowed();
        if (meeting.state !== 'held') throw new Conflict('meetings.claimNeedsHeld', { state: meeting.state });
        refuseMove(meeting, 'claimed');
        refuseCriteria(meeting, criteria);
        const place = { zone: meeting.timeZone, country: meeting.country };
        const deadline = decisionDeadline(now, meeting.acceptanceDays, place);
        return {
          set: {
            qualification: 'claimed',
            claimedCriteria: criteria,
            claimedAt: now,
            claimedBy: actor.userId || null,
            decideBy: deadline.on,
          },
          happenings: [{ event: 'claimed', note, details: { criteria, decideBy: deadline.on } }],
        };
      },
    });
  }

  /** Also takes back a contest. @throws NotFound, NotAllowed; IllegalMove, Conflict */
  accept(actor: Actor, id: string, { version }: AcceptMeeting): Promise<MeetingRow> {
    return this.changes.change(actor, id, {
      version,
      isDone: (meeting) => meeting.qualification === 'accepted',
      decide: (meeting, now) => {
        refuseDecision(actor, meeting, 'accepted');
        return {
          set: {
            ...decided(actor, now),
            qualification: 'accepted',
            contestedCriterion: null,
            contestText: null,
          },
          happenings: [{ event: 'accepted' }],
        };
      },
    });
  }

  /** @throws NotFound, NotAllowed; InvalidInput on `criterion`; IllegalMove, Conflict */
  contest(actor: Actor, id: string, { criterion, text, version }: ContestMeeting): Promise<MeetingRow> {
    return this.changes.change(actor, id, {
      version,
      isDone: ({ qualification, contestedCriterion, contestText }) =>
        qualification === 'contested' && contestedCriterion === criterion && contestText === text,
      decide: (meeting, now) => {
        refuseDecision(actor, meeting, 'contested');
        if (meeting.decideBy && now >= endOf(meeting.decideBy, meeting.timeZone)) {
          throw new Conflict('meetings.windowClosed', { day: meeting.decideBy });
        }
        if (!contestReasons(meeting.qualificationCriteria).some((reason) => reason.key === criterion)) {
          throw new InvalidInput({ criterion: 'isIn' });
        }
        return {
          set: {
            ...decided(actor, now),
            qualification: 'contested',
            contestedCriterion: criterion,
            contestText: text,
          },
          happenings: [{ event: 'contested', reason: text, details: { criterion } }],
        };
      },
    });
  }
}

function decided(actor: Actor, now: Date) {
  return { decidedAt: now, decidedBy: actor.userId || null };
}

function refuseDecision(actor: Actor, meeting: MeetingRow, to: QualificationState): void {
  if (!mayDecide(actor)) throw new NotAllowed('meetings.onlyTheClientDecides');
  if (meeting.isClientOff) throw new Conflict('clientSwitchedOff', { client: meeting.clientName });
  refuseMove(meeting, to);
}

function refuseMove({ qualification }: MeetingRow, to: QualificationState): void {
  if (qualificationMoves.allows(qualification, to)) return;
  throw new IllegalMove(
    qualification,
    to,
    qualificationMoves.from(qualification),
    'meetings.illegalDecision',
  );
}

function refuseCriteria({ qualificationCriteria }: MeetingRow, ticked: readonly string[]): void {
  const agreed = (qualificationCriteria ?? []).map((criterion) => criterion.key);
  if (ticked.some((key) => !agreed.includes(key))) throw new InvalidInput({ criteria: 'isIn' });
  if (agreed.some((key) => !ticked.includes(key)))
    throw new InvalidInput({ criteria: 'meetings.allCriteria' });
}
