import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { flag, maybe, text } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { isZone } from '../shared/time-zone.js';
import type { MeetingRow } from './meeting-row.js';
import { MeetingQueries } from './meeting.queries.js';

/** A person of the client who takes meetings. */
export interface Host {
  id: string;
  name: string;
  title: string | null;
}

/** What somebody who books needs to know. */
export interface BookingGround {
  prospectId: string;
  prospectName: string;
  prospectTitle: string | null;
  companyName: string | null;
  clientId: string;
  clientName: string;
  timeZone: string;
  /** The guest's own clock and holidays when they are known, else the client's. */
  guestZone: string;
  guestCountry: string;
  isClientOff: boolean;
  hosts: Host[];
  /** The meeting that must be moved or ended first. */
  openMeeting: MeetingRow | null;
}

@Injectable()
export class BookingQueries {
  constructor(
    private readonly database: Database,
    private readonly meetings: MeetingQueries,
  ) {}

  /** @throws NotFound when the prospect is out of sight */
  ground(actor: Actor, prospectId: string): Promise<BookingGround> {
    return this.database.read(async (db) => {
      const prospect = await db.row(
        sql`SELECT p.id prospect_id, p.full_name prospect_name, p.title prospect_title, p.company_name, p.client_id,
            c.name client_name, c.time_zone, COALESCE(p.time_zone, c.time_zone) guest_zone,
            COALESCE(p.country, c.country) guest_country, CASE WHEN c.switched_off_at IS NULL THEN 0 ELSE 1 END is_client_off,
            (SELECT m.id FROM meeting m WHERE m.prospect_id = p.id AND m.state IN ('booked', 'rescheduled') LIMIT 1) open_id
          FROM prospect p JOIN client c ON c.id = p.client_id
          WHERE p.id = ${prospectId} AND ${withinSight(actor, sql`p.client_id`)}`,
        {
          prospectId: text,
          prospectName: text,
          prospectTitle: maybe(text),
          companyName: maybe(text),
          clientId: text,
          clientName: text,
          timeZone: text,
          guestZone: text,
          guestCountry: text,
          isClientOff: flag,
          openId: maybe(text),
        },
      );
      if (prospect === null) throw new NotFound();
      const { openId, ...ground } = prospect;
      const guestZone = isZone(ground.guestZone) ? ground.guestZone : ground.timeZone;
      return {
        ...ground,
        guestZone,
        hosts: await hostsIn(db, prospect.clientId),
        openMeeting: openId === null ? null : await this.meetings.meetingIn(db, actor, openId),
      };
    });
  }

  /** Of a client the caller has seen already. */
  hosts(clientId: string): Promise<Host[]> {
    return this.database.read((db) => hostsIn(db, clientId));
  }
}

function hostsIn(db: Db, clientId: string): Promise<Host[]> {
  return db.rows(
    sql`SELECT id, name, title FROM contact
      WHERE client_id = ${clientId} AND is_host = ${true} AND left_at IS NULL ORDER BY name, id`,
    { id: text, name: text, title: maybe(text) },
  );
}
