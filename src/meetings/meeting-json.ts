import { type Actor, isAgency } from '../accounts/actor.js';
import { contestReasons } from './contest-reasons.js';
import { qualificationMoves, meetingMoves } from './meeting-moves.js';
import type { MeetingFact, MeetingRow } from './meeting-row.js';

/**
 * A meeting as the API tells it, field by field. A client's person is told nothing of who earned it: attribution and the
 * agency's own people stay inside the agency.
 */
export function meetingJson(actor: Actor, meeting: MeetingRow): Record<string, unknown> {
  return {
    id: meeting.id,
    clientId: meeting.clientId,
    prospect: {
      id: meeting.prospectId,
      name: meeting.prospectName,
      title: meeting.prospectTitle,
      company: meeting.companyName,
    },
    host: { id: meeting.hostId, name: meeting.hostName },
    startsAt: meeting.startsAt.toISOString(),
    endsAt: meeting.endsAt.toISOString(),
    originalStartsAt: meeting.originalStartsAt.toISOString(),
    timeZone: meeting.timeZone,
    place: meeting.place,
    state: meeting.state,
    stateAt: meeting.stateAt.toISOString(),
    isDeemedHeld: meeting.isDeemedHeld,
    bookedAt: meeting.bookedAt.toISOString(),
    engagementId: meeting.engagementId,
    engagementVersion: meeting.engagementVersion,
    price: meeting.price,
    currency: meeting.currency,
    qualificationCriteria: meeting.qualificationCriteria ?? [],
    acceptanceDays: meeting.acceptanceDays,
    qualification: meeting.qualification,
    claimedCriteria: meeting.claimedCriteria,
    claimedAt: meeting.claimedAt?.toISOString() ?? null,
    decideBy: meeting.decideBy,
    decidedAt: meeting.decidedAt?.toISOString() ?? null,
    contestedCriterion: meeting.contestedCriterion,
    contestText: meeting.contestText,
    contestReasons: contestReasons(meeting.qualificationCriteria).map((reason) => reason.key),
    version: meeting.version,
    ...(isAgency(actor)
      ? {
          attribution: meeting.attribution,
          bookedBy: meeting.bookedBy,
          legalMoves: meetingMoves.from(meeting.state),
          legalDecisions: qualificationMoves.from(meeting.qualification),
        }
      : {}),
  };
}

export function factJson(actor: Actor, fact: MeetingFact): Record<string, unknown> {
  return {
    id: fact.id,
    event: fact.event,
    at: fact.at.toISOString(),
    by: fact.userName,
    reason: fact.reason,
    ...(isAgency(actor) ? { note: fact.note, details: fact.details } : {}),
  };
}
