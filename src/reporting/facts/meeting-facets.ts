import {
  type MeetingState,
  type QualificationState,
  isOpen,
  isQualified,
} from '../../meetings/meeting-moves.js';

/** What a report asks of one meeting. */
export interface CountedMeeting {
  state: MeetingState;
  qualification: QualificationState;
  bookedAt: Date;
  startsAt: Date;
}

/**
 * What a meeting counts as, at `now` (reporting.md §2). `due` is the denominator of the show rate: the time has
 * passed, at its last agreed date, and neither did the client cancel nor its host miss it.
 */
const facets = {
  booked: () => true,
  upcoming: (meeting, now) => isOpen(meeting.state) && meeting.startsAt > now,
  due: (meeting, now) =>
    meeting.startsAt <= now && meeting.state !== 'cancelled_by_client' && meeting.state !== 'no_show_host',
  unreported: (meeting, now) => isOpen(meeting.state) && meeting.startsAt <= now,
  held: (meeting, now) => meeting.state === 'held' && meeting.startsAt <= now,
  no_show_guest: (meeting) => meeting.state === 'no_show_guest',
  no_show_host: (meeting) => meeting.state === 'no_show_host',
  cancelled_by_guest: (meeting) => meeting.state === 'cancelled_by_guest',
  cancelled_by_client: (meeting) => meeting.state === 'cancelled_by_client',
  cancelled_by_agency: (meeting) => meeting.state === 'cancelled_by_agency',
  decided: (meeting) =>
    meeting.state === 'held' && (isQualified(meeting.qualification) || meeting.qualification === 'contested'),
  qualified: (meeting) => meeting.state === 'held' && isQualified(meeting.qualification),
  contested: (meeting) => meeting.state === 'held' && meeting.qualification === 'contested',
  pending: (meeting) => meeting.state === 'held' && meeting.qualification === 'claimed',
  unclaimed: (meeting) => meeting.state === 'held' && meeting.qualification === 'none',
} satisfies Record<string, (meeting: CountedMeeting, now: Date) => boolean>;

export type MeetingFacet = keyof typeof facets;

export function countsAs(facet: MeetingFacet, meeting: CountedMeeting, now: Date): boolean {
  return facets[facet](meeting, now);
}

/** A booking belongs to the period by its booking date, everything else by the date of the meeting: as invoices do. */
export function dateOf(facet: MeetingFacet, meeting: CountedMeeting): Date {
  return facet === 'booked' ? meeting.bookedAt : meeting.startsAt;
}
