import { Injectable } from '@nestjs/common';
import sql, { empty, join, raw } from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, text } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { type Page, PAGE_LIMIT, pageOf } from '../shared/paging.js';
import { FACT, MEETING, MEETINGS } from './meeting-columns.js';
import { afterCursor, conditionsOf, type MeetingScope, pilesAt } from './meeting-filter.queries.js';
import type { MeetingFact, MeetingRow } from './meeting-row.js';
import type { MeetingFilter, MeetingPile } from './meeting.dto.js';

/** Meetings as an actor may see them; a stranger's id is simply not found. */
@Injectable()
export class MeetingQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  meeting(actor: Actor, id: string): Promise<MeetingRow> {
    return this.database.read((db) => this.meetingIn(db, actor, id));
  }

  /** The same inside a transaction that is about to change it. @throws NotFound */
  async meetingIn(db: Db, actor: Actor, id: string): Promise<MeetingRow> {
    const found = await db.row(
      sql`${MEETINGS} WHERE m.id = ${id} AND ${withinSight(actor, sql`m.client_id`)}`,
      MEETING,
    );
    if (found === null) throw new NotFound();
    return found;
  }

  /** What happened to a meeting, oldest first. Notes are the agency's own. */
  async history(actor: Actor, meeting: MeetingRow): Promise<MeetingFact[]> {
    if (!seesClient(actor, meeting.clientId)) throw new NotFound();
    const facts = await this.database.read((db) =>
      db.rows(
        sql`
          SELECT a.id, SUBSTR(a.kind, 9) event, a.at, u.name user_name, a.reason, a.note, a.details
          FROM activity a LEFT JOIN app_user u ON u.id = a.user_id
          WHERE a.prospect_id = ${meeting.prospectId} AND a.about_id = ${meeting.id} AND a.kind LIKE 'meeting.%'
          ORDER BY a.at, a.id`,
        FACT,
      ),
    );
    return isAgency(actor) ? facts : facts.map((fact) => ({ ...fact, note: null }));
  }

  /**
   * One page of meetings, by start; of one client, or of all the actor sees. `from` and `to` are days of `zone`.
   * @throws InvalidInput for days that are none and a cursor that is not ours
   */
  async list(actor: Actor, filter: MeetingFilter, scope: MeetingScope = {}): Promise<Page<MeetingRow>> {
    const limit = filter.limit ?? PAGE_LIMIT.usual;
    const isDescending = filter.sort === '-startsAt' || (filter.sort === undefined && filter.pile === 'past');
    const conditions = [
      withinSight(actor, sql`m.client_id`),
      ...conditionsOf(filter, scope, this.clock.now()),
      ...afterCursor(filter.cursor, isDescending),
    ];
    const order = isDescending ? sql`m.starts_at DESC, m.id DESC` : sql`m.starts_at, m.id`;
    const rows = await this.database.read((db) =>
      db.rows(
        sql`${MEETINGS} WHERE ${join(conditions, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`,
        MEETING,
      ),
    );
    return pageOf(rows, limit, (row) => ({ key: row.startsAt.toISOString(), id: row.id }));
  }

  /** The meetings that start within two instants, for a calendar; at most 500. */
  between(actor: Actor, range: { startsAt: Date; endsAt: Date }, clientId?: string): Promise<MeetingRow[]> {
    return this.database.read((db) =>
      db.rows(
        sql`${MEETINGS} WHERE ${withinSight(actor, sql`m.client_id`)}
          AND m.starts_at >= ${range.startsAt} AND m.starts_at < ${range.endsAt}
          ${clientId === undefined ? empty : sql`AND m.client_id = ${clientId}`}
          ORDER BY m.starts_at, m.id LIMIT 500`,
        MEETING,
      ),
    );
  }

  /** The zone of a client, as far as the actor sees it. @throws NotFound */
  async zoneOf(actor: Actor, clientId: string): Promise<string> {
    const client = await this.database.read((db) =>
      db.row(sql`SELECT time_zone FROM client WHERE id = ${clientId} AND ${withinSight(actor, sql`id`)}`, {
        timeZone: text,
      }),
    );
    if (client === null) throw new NotFound();
    return client.timeZone;
  }

  /** The agency's own zone, for days that belong to no client. */
  async agencyZone(): Promise<string> {
    const agency = await this.database.read((db) =>
      db.row(sql`SELECT time_zone FROM agency LIMIT 1`, { timeZone: text }),
    );
    return agency?.timeZone ?? 'UTC';
  }

  /** How many meetings wait in each pile of work. */
  async counts(actor: Actor, clientId?: string): Promise<Record<MeetingPile, number>> {
    const sums = Object.entries(pilesAt(this.clock.now())).map(
      ([pile, condition]) => sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) ${raw(pile)}`,
    );
    const row = await this.database.read((db) =>
      db.row(
        sql`SELECT ${join(sums)} FROM meeting m WHERE ${withinSight(actor, sql`m.client_id`)}
          ${clientId === undefined ? empty : sql`AND m.client_id = ${clientId}`}`,
        {
          upcoming: integer,
          toReport: integer,
          toClaim: integer,
          toConfirm: integer,
          contested: integer,
          past: integer,
        },
      ),
    );
    const { upcoming = 0, toReport = 0, toClaim = 0, toConfirm = 0, contested = 0, past = 0 } = row ?? {};
    return { upcoming, to_report: toReport, to_claim: toClaim, to_confirm: toConfirm, contested, past };
  }
}
