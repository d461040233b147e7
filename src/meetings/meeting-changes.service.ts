import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { maybe, text } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';
import { holdProspect } from '../prospects/held-prospects.queries.js';
import { MeetingFacts, type MeetingHappening } from './meeting-facts.service.js';
import type { MeetingRow } from './meeting-row.js';
import { Meeting } from './meeting.entity.js';
import { MeetingQueries } from './meeting.queries.js';

/** What an act does to a meeting: the columns it sets, and the facts it leaves. */
export interface MeetingChange {
  set: Partial<Meeting>;
  happenings: MeetingHappening[];
}

export interface MeetingAct {
  /** The version the actor decided on; the one on record when the act began, when left out. */
  version?: number | undefined;
  /** The meeting is already as wanted (a second click): nothing to do, nothing to complain about. */
  isDone(meeting: MeetingRow): boolean;
  /** Throws what stands against it. */
  decide(meeting: MeetingRow, now: Date, tx: Tx): MeetingChange | Promise<MeetingChange>;
}

/**
 * The one way a meeting changes: looked at through the actor, locked, compared with what the actor had seen, changed,
 * and told as facts. Of two people who decide at once the first wins; the other learns what happened.
 */
@Injectable()
export class MeetingChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queries: MeetingQueries,
    private readonly facts: MeetingFacts,
  ) {}

  /** @throws NotFound; Conflict when somebody changed the meeting meanwhile; what `decide` throws */
  async change(actor: Actor, id: string, act: MeetingAct): Promise<MeetingRow> {
    const seen = await this.queries.meeting(actor, id);
    return this.database.write(async (tx) => {
      const meeting = await this.locked(tx, actor, id);
      if (act.isDone(meeting)) return meeting;
      if (meeting.version !== (act.version ?? seen.version)) throw await this.overtaken(tx, meeting);
      const change = await act.decide(meeting, this.clock.now(), tx);
      await tx.entities.update(Meeting, { id }, { ...change.set, version: meeting.version + 1 });
      const changed = await this.queries.meetingIn(tx, actor, id);
      await this.facts.record(tx, actor, changed, change.happenings);
      return changed;
    });
  }

  /** Always the prospect before anything else of the meeting, as in a booking: two acts never wait for each other. */
  private async locked(tx: Tx, actor: Actor, id: string): Promise<MeetingRow> {
    const meeting = await this.queries.meetingIn(tx, actor, id);
    await holdProspect(tx, meeting.prospectId);
    await tx.rows(sql`SELECT id FROM meeting WHERE id = ${id}${tx.dialect.forUpdate}`, { id: text });
    return this.queries.meetingIn(tx, actor, id);
  }

  private async overtaken(tx: Tx, meeting: MeetingRow): Promise<Conflict> {
    const last = await tx.row(
      sql`SELECT SUBSTR(a.kind, 9) event, u.name FROM activity a LEFT JOIN app_user u ON u.id = a.user_id
        WHERE a.prospect_id = ${meeting.prospectId} AND a.about_id = ${meeting.id} AND a.kind LIKE 'meeting.%'
        ORDER BY a.id DESC LIMIT 1`,
      { event: text, name: maybe(text) },
    );
    return new Conflict('meetings.overtaken', {
      event: last?.event ?? meeting.state,
      by: last?.name ?? 'Carnet',
    });
  }
}
