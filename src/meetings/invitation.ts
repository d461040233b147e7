import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block } from 'timezones-ical-library';

export interface InvitationPerson {
  name: string;
  email: string;
}

/** One revision of a meeting as calendars need it (RFC 5545, 5546). */
export interface Invitation {
  /** The same for the meeting's whole life. */
  uid: string;
  /** 0 at first, one more at every change of time, duration, place or status. */
  sequence: number;
  isCancelled: boolean;
  /** When this revision was made: DTSTAMP. */
  revisedAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** IANA zone the times are written in. */
  zone: string;
  summary: string;
  description: string | null;
  place: string | null;
  organizer: InvitationPerson;
  attendees: readonly InvitationPerson[];
}

/** The text of an `.ics` file: METHOD REQUEST, or CANCEL for a meeting called off. Lines end in CRLF. */
export function invitationText(invitation: Invitation): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'Carnet', product: 'Meetings', language: 'EN' },
    method: invitation.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    timezone: { name: invitation.zone, generator: timeZoneBlock },
  });
  const event = calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    stamp: invitation.revisedAt,
    start: DateTime.fromJSDate(invitation.startsAt, { zone: invitation.zone }),
    end: DateTime.fromJSDate(invitation.endsAt, { zone: invitation.zone }),
    timezone: invitation.zone,
    summary: invitation.summary,
    description: invitation.description,
    location: invitation.place,
    organizer: asNamed(invitation.organizer),
    status: invitation.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  for (const attendee of invitation.attendees) {
    event.createAttendee({
      ...asNamed(attendee),
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
      rsvp: !invitation.isCancelled,
    });
  }
  return `${withUtcStamp(calendar.toString(), invitation.revisedAt)}\r\n`;
}

/** A parameter of RFC 5545 has no way to write a double quote or a line end: what follows one would be read as another. */
function asNamed({ name, email }: InvitationPerson): InvitationPerson {
  return { name: name.replaceAll('"', '’').replaceAll(/\p{Cc}+/gu, ' '), email };
}

/** ical-generator 9 writes DTSTAMP in the calendar's zone, without naming it; RFC 5545 §3.8.7.2 wants UTC. */
function withUtcStamp(text: string, revisedAt: Date): string {
  const stamp = DateTime.fromJSDate(revisedAt, { zone: 'utc' }).toFormat("yyyyMMdd'T'HHmmss'Z'");
  return text.replace(/^DTSTAMP:.*$/m, `DTSTAMP:${stamp}`);
}

function timeZoneBlock(zone: string): string | null {
  const [block] = tzlib_get_ical_block(zone);
  return typeof block === 'string' ? block : null;
}
