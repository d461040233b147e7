import { Injectable } from '@nestjs/common';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { flag, instant, integer, json, maybe, type Shape, text, word } from '../database/rows.js';
import { InvalidInput, NotFound } from '../shared/errors.js';
import { type Cursor, fromCursor, type Page, PAGE_LIMIT, pageOf } from '../shared/paging.js';
import { periodOf } from '../shared/period.js';
import type { MeetingFact, MeetingRow } from './meeting-row.js';
import type { MeetingFilter, MeetingPile } from './meeting.dto.js';

const MEETING: Shape<MeetingRow> = {
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

const FACT: Shape<MeetingFact> = {
  id: text,
  event: text,
  at: instant,
  userName: maybe(text),
  reason: maybe(text),
  note: maybe(text),
  details: maybe(json()),
};

const MEETINGS = sql`
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

/** Which client's meetings, and the zone that the days of a filter are in. */
export interface MeetingScope {
  clientId?: string | undefined;
  zone?: string | undefined;
}

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
      ...this.conditionsOf(filter, scope),
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
    const sums = Object.entries(this.piles()).map(
      ([pile, condition]) =>
        sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) ${aliasOf(pile as MeetingPile)}`,
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

  private conditionsOf(filter: MeetingFilter, scope: MeetingScope): Sql[] {
    const range = rangeOf(filter.from, filter.to, scope.zone ?? 'UTC');
    return [
      ...(scope.clientId ? [sql`m.client_id = ${scope.clientId}`] : []),
      ...(filter.pile ? [this.piles()[filter.pile]] : []),
      ...(filter.state ? [sql`m.state = ${filter.state}`] : []),
      ...(filter.qualification ? [sql`m.qualification = ${filter.qualification}`] : []),
      ...(filter.hostId ? [sql`m.host_id = ${filter.hostId}`] : []),
      ...(filter.prospectId ? [sql`m.prospect_id = ${filter.prospectId}`] : []),
      ...(range.startsAt ? [sql`m.starts_at >= ${range.startsAt}`] : []),
      ...(range.endsAt ? [sql`m.starts_at < ${range.endsAt}`] : []),
    ];
  }

  private piles(): Record<MeetingPile, Sql> {
    const now = this.clock.now();
    const open = sql`m.state IN ('booked', 'rescheduled')`;
    return {
      upcoming: sql`(${open} AND m.ends_at > ${now})`,
      to_report: sql`(${open} AND m.ends_at <= ${now})`,
      to_claim: sql`(m.state = 'held' AND m.qualification = 'none')`,
      to_confirm: sql`m.qualification = 'claimed'`,
      contested: sql`m.qualification = 'contested'`,
      past: sql`(NOT ${open} OR m.ends_at <= ${now})`,
    };
  }
}

function aliasOf(pile: MeetingPile): Sql {
  const aliases: Record<MeetingPile, Sql> = {
    upcoming: sql`upcoming`,
    to_report: sql`to_report`,
    to_claim: sql`to_claim`,
    to_confirm: sql`to_confirm`,
    contested: sql`contested`,
    past: sql`past`,
  };
  return aliases[pile];
}

function rangeOf(
  from: string | undefined,
  to: string | undefined,
  zone: string,
): { startsAt?: Date; endsAt?: Date } {
  const start = from === undefined ? undefined : periodOf(from, from, zone);
  const end = to === undefined ? undefined : periodOf(to, to, zone);
  if (typeof start === 'string') throw new InvalidInput({ from: 'isDay' });
  if (typeof end === 'string') throw new InvalidInput({ to: 'isDay' });
  return { ...(start ? { startsAt: start.startsAt } : {}), ...(end ? { endsAt: end.endsAt } : {}) };
}

function afterCursor(text: string | undefined, isDescending: boolean): Sql[] {
  if (text === undefined) return [];
  const cursor = fromCursor(text);
  const at = startOf(cursor);
  if (cursor === null || at === null) throw new InvalidInput({ cursor: 'isCursor' });
  return isDescending
    ? [sql`(m.starts_at < ${at} OR (m.starts_at = ${at} AND m.id < ${cursor.id}))`]
    : [sql`(m.starts_at > ${at} OR (m.starts_at = ${at} AND m.id > ${cursor.id}))`];
}

function startOf(cursor: Cursor | null): Date | null {
  if (typeof cursor?.key !== 'string') return null;
  const at = new Date(cursor.key);
  return Number.isNaN(at.getTime()) ? null : at;
}
