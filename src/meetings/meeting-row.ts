import type { Criterion, PriceTerms } from '../clients/engagement.entity.js';
import type { Attribution } from './attribution.js';
import type { MeetingState, QualificationState } from './meeting-moves.js';

/** A meeting with the names around it, as lists and pages read it. */
export interface MeetingRow {
  id: string;
  clientId: string;
  clientName: string;
  /** IANA zone of the client: every time of the meeting is said in it. */
  timeZone: string;
  country: string;
  currency: string;
  isClientOff: boolean;
  prospectId: string;
  prospectName: string;
  prospectTitle: string | null;
  prospectEmail: string | null;
  companyName: string | null;
  hostId: string;
  hostName: string;
  hostEmail: string | null;
  startsAt: Date;
  endsAt: Date;
  originalStartsAt: Date;
  place: string | null;
  state: MeetingState;
  stateAt: Date;
  isDeemedHeld: boolean;
  bookedBy: string | null;
  bookedByName: string | null;
  bookedAt: Date;
  engagementId: string | null;
  engagementVersion: number | null;
  price: PriceTerms | null;
  qualificationCriteria: Criterion[] | null;
  acceptanceDays: number;
  attribution: Attribution | null;
  qualification: QualificationState;
  claimedCriteria: string[] | null;
  claimedAt: Date | null;
  claimedByName: string | null;
  decideBy: string | null;
  decidedAt: Date | null;
  decidedByName: string | null;
  contestedCriterion: string | null;
  contestText: string | null;
  invitationSequence: number;
  version: number;
}

/** One line of a meeting's history. */
export interface MeetingFact {
  id: string;
  /** `booked`, `held`, `claimed` … */
  event: string;
  at: Date;
  /** Null: the system. */
  userName: string | null;
  reason: string | null;
  /** For the agency only. */
  note: string | null;
  details: Record<string, unknown> | null;
}
