import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import type { Client } from '../clients/client.entity.js';
import { requireNewWork } from '../clients/clients.policy.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { maybe, text, word } from '../database/rows.js';
import { legalMovesFrom, type ProspectStatus, statusAfterFact } from '../prospects/status/status.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { freezeTerms } from './frozen-terms.queries.js';
import { claimHostTime } from './host-time.queries.js';
import { MeetingFacts } from './meeting-facts.service.js';
import { correctionDays } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import type { BookMeeting } from './meeting.dto.js';
import { Meeting } from './meeting.entity.js';
import { mayArrange } from './meeting.policy.js';
import { MeetingQueries } from './meeting.queries.js';
import { hasPassed, isTooLongAgo } from './time-doubts.js';

export const usualMinutes = 30;

interface Guest {
  id: string;
  clientId: string;
  status: ProspectStatus;
}

interface Slot {
  startsAt: Date;
  endsAt: Date;
  hostId: string;
  place: string | null;
}

/** Fixes a slot between a prospect and a person of the client. */
@Injectable()
export class Booking {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: MeetingQueries,
    private readonly facts: MeetingFacts,
  ) {}

  /**
   * Books, and freezes engagement version, price, criteria, acceptance days and attribution onto the meeting. The same
   * prospect at the same time with the same host is the same meeting, however often it is asked for.
   * @throws NotFound, NotAllowed; InvalidInput on `startsAt` (past and not said to be, or too long ago), `hostId` (nobody who takes meetings); Conflict when the
   *   host is taken, the prospect has a meeting open, or the client is switched off; IllegalMove under opposition
   */
  async book(actor: Actor, prospectId: string, input: BookMeeting): Promise<MeetingRow> {
    const wanted = slotOf(input);
    return this.database.write(async (tx) => {
      const guest = await this.guest(tx, actor, prospectId);
      if (!mayArrange(actor)) throw new NotAllowed();
      const open = await this.openMeeting(tx, actor, prospectId);
      if (open?.startsAt.getTime() === wanted.startsAt.getTime() && open.hostId === wanted.hostId)
        return open;
      const client = await loadClient(tx, actor, guest.clientId);
      requireNewWork(client);
      refuse(guest, open, this.clock.now(), { ...wanted, hasTakenPlace: input.hasTakenPlace === true });
      await claimHostTime(tx, { clientId: client.id, ...wanted });
      const id = await this.insert(tx, actor, client, prospectId, wanted);
      const meeting = await this.queries.meetingIn(tx, actor, id);
      await this.facts.record(tx, actor, meeting, [{ event: 'booked', details: bookingDetails(meeting) }]);
      return meeting;
    });
  }

  private async insert(
    tx: Tx,
    actor: Actor,
    client: Client,
    prospectId: string,
    slot: Slot,
  ): Promise<string> {
    const id = newId();
    const bookedAt = this.clock.now();
    await tx.entities.insert(Meeting, {
      id,
      clientId: client.id,
      prospectId,
      ...slot,
      originalStartsAt: slot.startsAt,
      state: 'booked',
      stateAt: bookedAt,
      bookedBy: actor.userId || null,
      bookedAt,
      ...(await freezeTerms(tx, client, { prospectId, startsAt: slot.startsAt, bookedAt })),
    });
    return id;
  }

  private async guest(tx: Tx, actor: Actor, prospectId: string): Promise<Guest> {
    const guest = await tx.row(
      sql`SELECT id, client_id, status FROM prospect
        WHERE id = ${prospectId} AND ${withinSight(actor, sql`client_id`)}${tx.dialect.forUpdate}`,
      { id: text, clientId: text, status: word<ProspectStatus>() },
    );
    if (guest === null) throw new NotFound();
    return guest;
  }

  private async openMeeting(tx: Tx, actor: Actor, prospectId: string): Promise<MeetingRow | null> {
    const open = await tx.row(
      sql`SELECT id FROM meeting WHERE prospect_id = ${prospectId} AND state IN ('booked', 'rescheduled') LIMIT 1`,
      { id: maybe(text) },
    );
    return open?.id ? this.queries.meetingIn(tx, actor, open.id) : null;
  }
}

function slotOf(input: BookMeeting): Slot {
  const startsAt = new Date(input.startsAt);
  const endsAt = new Date(startsAt.getTime() + (input.durationMinutes ?? usualMinutes) * 60_000);
  return { startsAt, endsAt, hostId: input.hostId, place: input.place ?? null };
}

function refuse(
  guest: Guest,
  open: MeetingRow | null,
  now: Date,
  { startsAt, hasTakenPlace }: { startsAt: Date; hasTakenPlace: boolean },
): void {
  if (hasPassed(startsAt, now) && !hasTakenPlace) throw new InvalidInput({ startsAt: 'meetings.past' });
  if (isTooLongAgo(startsAt, now))
    throw new InvalidInput({ startsAt: { code: 'meetings.tooLongAgo', params: { days: correctionDays } } });
  if (open) throw new Conflict('meetings.prospectHasMeeting');
  if (statusAfterFact(guest.status, 'meeting_booked') !== 'meeting_booked') {
    const legal = legalMovesFrom(guest.status, 'person');
    throw new IllegalMove(guest.status, 'meeting_booked', legal, 'meetings.opposed');
  }
}

function bookingDetails(meeting: MeetingRow): Record<string, unknown> {
  const { attribution, hostId, endsAt, engagementVersion } = meeting;
  return {
    hostId,
    endsAt: endsAt.toISOString(),
    engagementVersion,
    sequenceId: attribution?.sequenceId ?? null,
    stepId: attribution?.stepId ?? null,
    sdrId: attribution?.sdrId ?? null,
  };
}
