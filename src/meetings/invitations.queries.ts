import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Database } from '../database/database.js';
import { text } from '../database/rows.js';
import { type InvitationPerson, invitationText } from './invitation.js';
import { isCancelled } from './meeting-moves.js';
import type { MeetingRow } from './meeting-row.js';
import { MeetingQueries } from './meeting.queries.js';

/** How a calendar file travels. */
export const calendarHeaders = {
  'content-type': 'text/calendar; charset=utf-8',
  'content-disposition': 'attachment; filename="invitation.ics"',
};

/** The calendar file of a meeting, for whoever sees the meeting. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly meetings: MeetingQueries,
  ) {}

  /** RFC 5545 text, CRLF. @throws NotFound */
  async text(actor: Actor, meetingId: string): Promise<string> {
    const meeting = await this.meetings.meeting(actor, meetingId);
    return invitationText({
      uid: `${meeting.id}@carnet`,
      sequence: meeting.invitationSequence,
      isCancelled: isCancelled(meeting.state),
      revisedAt: meeting.stateAt,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      zone: meeting.timeZone,
      summary: `${meeting.clientName} × ${[meeting.prospectName, meeting.companyName].filter(Boolean).join(', ')}`,
      description: null,
      place: meeting.place,
      organizer: await this.organizerOf(meeting),
      attendees: attendeesOf(meeting),
    });
  }

  /** Whoever booked, else the agency's first admin: replies must reach a person. */
  private async organizerOf(meeting: MeetingRow): Promise<InvitationPerson> {
    const person = await this.database.read((db) =>
      db.row(
        sql`SELECT name, email FROM app_user WHERE id = ${meeting.bookedBy ?? ''} OR role = 'admin'
          ORDER BY CASE WHEN id = ${meeting.bookedBy ?? ''} THEN 0 ELSE 1 END, created_at LIMIT 1`,
        { name: text, email: text },
      ),
    );
    if (person === null) throw new Error('An agency has an admin');
    return person;
  }
}

function attendeesOf(meeting: MeetingRow): InvitationPerson[] {
  return [
    { name: meeting.hostName, email: meeting.hostEmail },
    { name: meeting.prospectName, email: meeting.prospectEmail },
  ].filter((person): person is InvitationPerson => person.email !== null);
}
