import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { Tx } from '../database/db.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed } from '../shared/errors.js';
import { claimHostTime } from './host-time.queries.js';
import { type MeetingChange, MeetingChanges } from './meeting-changes.service.js';
import { canReschedule, meetingMoves } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import type { RescheduleMeeting } from './meeting.dto.js';
import { mayArrange } from './meeting.policy.js';

interface Slot {
  startsAt: Date;
  endsAt: Date;
  hostId: string;
  place: string | null;
}

/** Gives a meeting another time, person or place: the same meeting, its first time kept. */
@Injectable()
export class Rescheduling {
  constructor(private readonly changes: MeetingChanges) {}

  /**
   * What the input leaves out stays as it was.
   * @throws NotFound, NotAllowed; InvalidInput on `startsAt` (past), `hostId`; Conflict when the host is taken or somebody
   *   changed the meeting meanwhile; IllegalMove for a meeting held or called off
   */
  reschedule(actor: Actor, id: string, input: RescheduleMeeting): Promise<MeetingRow> {
    return this.changes.change(actor, id, {
      version: input.version,
      isDone: (meeting) => meeting.state === 'rescheduled' && isSame(meeting, slotOf(meeting, input)),
      decide: (meeting, now, tx) => {
        if (!mayArrange(actor)) throw new NotAllowed();
        return moved(meeting, input, now, tx);
      },
    });
  }
}

async function moved(
  meeting: MeetingRow,
  input: RescheduleMeeting,
  now: Date,
  tx: Tx,
): Promise<MeetingChange> {
  if (!canReschedule(meeting.state)) {
    const legal = meetingMoves.from(meeting.state);
    throw new IllegalMove(meeting.state, 'rescheduled', legal, 'meetings.illegalMove');
  }
  if (meeting.isClientOff) throw new Conflict('clientSwitchedOff', { client: meeting.clientName });
  const slot = slotOf(meeting, input);
  if (slot.startsAt <= now) throw new InvalidInput({ startsAt: 'meetings.past' });
  if (isSame(meeting, slot)) throw new InvalidInput({ startsAt: 'meetings.sameTime' });
  const { clientId, id, invitationSequence } = meeting;
  await claimHostTime(tx, { clientId, exceptMeetingId: id, ...slot });
  return {
    set: { ...slot, state: 'rescheduled', stateAt: now, invitationSequence: invitationSequence + 1 },
    happenings: [
      {
        event: 'rescheduled',
        reason: input.reason,
        details: {
          previousStartsAt: meeting.startsAt.toISOString(),
          endsAt: slot.endsAt.toISOString(),
          hostId: slot.hostId,
        },
      },
    ],
  };
}

function slotOf(meeting: MeetingRow, input: RescheduleMeeting): Slot {
  const startsAt = new Date(input.startsAt);
  const length =
    input.durationMinutes === undefined
      ? meeting.endsAt.getTime() - meeting.startsAt.getTime()
      : input.durationMinutes * 60_000;
  return {
    startsAt,
    endsAt: new Date(startsAt.getTime() + length),
    hostId: input.hostId ?? meeting.hostId,
    place: input.place ?? meeting.place,
  };
}

function isSame(meeting: MeetingRow, slot: Slot): boolean {
  return (
    meeting.startsAt.getTime() === slot.startsAt.getTime() &&
    meeting.endsAt.getTime() === slot.endsAt.getTime() &&
    meeting.hostId === slot.hostId &&
    meeting.place === slot.place
  );
}
