import sql from 'sql-template-tag';
import { flag, instant, integer, json, maybe, type Shape, text, word } from '../database/rows.js';
import type { MeetingFact, MeetingRow } from './meeting-row.js';

/** A meeting as `MEETINGS` reads it. */
export const MEETING: Shape<MeetingRow> = {
  id: text,
  clientId: text,
  clientName: text,
  timeZone: text,
  country: text,
  currency: text,
  isClientOff: flag,
  prospectId: text,
  prospectName: text,
  prospectTitle: maybe(text),
  prospectEmail: maybe(text),
  companyName: maybe(text),
  hostId: text,
  hostName: text,
  hostEmail: maybe(text),
  startsAt: instant,
  endsAt: instant,
  originalStartsAt: instant,
  place: maybe(text),
  state: word(),
  stateAt: instant,
  isDeemedHeld: flag,
  bookedBy: maybe(text),
  bookedByName: maybe(text),
  bookedAt: instant,
  engagementId: maybe(text),
  engagementVersion: maybe(integer),
  price: maybe(json()),
  qualificationCriteria: maybe(json()),
  acceptanceDays: integer,
  attribution: maybe(json()),
  qualification: word(),
  claimedCriteria: maybe(json()),
  claimedAt: maybe(instant),
  claimedByName: maybe(text),
  decideBy: maybe(text),
  decidedAt: maybe(instant),
  decidedByName: maybe(text),
  contestedCriterion: maybe(text),
  contestText: maybe(text),
  invitationSequence: integer,
  version: integer,
};

/** What happened to a meeting. */
export const FACT: Shape<MeetingFact> = {
  id: text,
  event: text,
  at: instant,
  userName: maybe(text),
  reason: maybe(text),
  note: maybe(text),
  details: maybe(json()),
};

/** Meetings with the names beside their ids, under the alias `m`; to be followed by a WHERE. */
export const MEETINGS = sql`
  SELECT m.*, c.name client_name, c.time_zone, c.country, c.currency,
    CASE WHEN c.switched_off_at IS NULL THEN 0 ELSE 1 END is_client_off,
    p.full_name prospect_name, p.title prospect_title, p.email prospect_email, p.company_name,
    h.name host_name, h.email host_email, b.name booked_by_name, q.name claimed_by_name, d.name decided_by_name
  FROM meeting m
  JOIN client c ON c.id = m.client_id
  JOIN prospect p ON p.id = m.prospect_id
  JOIN contact h ON h.id = m.host_id
  LEFT JOIN app_user b ON b.id = m.booked_by
  LEFT JOIN app_user q ON q.id = m.claimed_by
  LEFT JOIN app_user d ON d.id = m.decided_by`;
