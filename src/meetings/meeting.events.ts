import type { News } from '../database/db.js';

/** What can happen to a meeting; each is a fact `meeting.<event>` and news of the same name. */
export const meetingEvents = [
  'booked',
  'rescheduled',
  'held',
  'no_show_guest',
  'no_show_host',
  'cancelled_by_guest',
  'cancelled_by_client',
  'cancelled_by_agency',
  'claimed',
  'claim_withdrawn',
  'accepted',
  'contested',
  'lapsed',
] as const;
export type MeetingEvent = (typeof meetingEvents)[number];

/** Told after commit as `meeting.<event>`. */
export class MeetingNews implements News {
  readonly named: string;

  constructor(
    readonly event: MeetingEvent,
    readonly meetingId: string,
    readonly prospectId: string,
    readonly clientId: string,
  ) {
    this.named = `meeting.${event}`;
  }
}
