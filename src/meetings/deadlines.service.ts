import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { SYSTEM } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { instant, integer, maybe, text, type RowOf } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';
import { dayOf } from '../shared/period.js';
import { deemedHeldDeadline, endOf, tellableSince } from './acceptance.js';
import { type MeetingAct, MeetingChanges } from './meeting-changes.service.js';
import { isOpen } from './meeting-moves.js';

const DUE = {
  id: text,
  version: integer,
  startsAt: instant,
  bookedAt: instant,
  decideBy: maybe(text),
  acceptanceDays: integer,
  timeZone: text,
  country: text,
};

type Due = RowOf<typeof DUE>;

/** At most this many a run: the next run, minutes later, takes the rest. */
const BATCH = 500;

/**
 * What silence means, once its days are over. A client who is switched off cannot speak, so its silence means nothing.
 */
@Injectable()
export class Deadlines {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly changes: MeetingChanges,
  ) {}

  /** Accepts by lapse every claim whose days to contest are over. Gives how many. */
  async acceptByLapse(): Promise<number> {
    const now = this.clock.now();
    const claims = await this.candidates(
      sql`m.qualification = 'claimed' AND m.decide_by <= ${dayOf(now, 'UTC')}`,
    );
    const due = claims.filter(
      ({ decideBy, timeZone }) => decideBy !== null && now >= endOf(decideBy, timeZone),
    );
    return this.each(due, {
      isDone: (meeting) => meeting.qualification !== 'claimed',
      decide: () => ({
        set: { qualification: 'lapsed', decidedAt: now, decidedBy: null },
        happenings: [{ event: 'lapsed' }],
      }),
    });
  }

  /** Deems held every meeting nobody reported on in the client's days to speak. Gives how many. */
  async deemHeld(): Promise<number> {
    const now = this.clock.now();
    const silent = await this.candidates(sql`m.state IN ('booked', 'rescheduled') AND m.starts_at < ${now}`);
    const due = silent.filter(({ acceptanceDays, timeZone, country, ...meeting }) => {
      const place = { zone: timeZone, country };
      return now >= deemedHeldDeadline(tellableSince(meeting), acceptanceDays, place).lapsesAt;
    });
    return this.each(due, {
      isDone: (meeting) => !isOpen(meeting.state),
      decide: () => ({
        set: { state: 'held', stateAt: now, isDeemedHeld: true },
        happenings: [{ event: 'held', details: { isDeemed: true } }],
      }),
    });
  }

  private candidates(condition: Sql): Promise<Due[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT m.id, m.version, m.starts_at, m.booked_at, m.decide_by, m.acceptance_days, c.time_zone, c.country
          FROM meeting m JOIN client c ON c.id = m.client_id
          WHERE ${condition} AND c.switched_off_at IS NULL ORDER BY m.starts_at LIMIT ${BATCH}`,
        DUE,
      ),
    );
  }

  /** One transaction each. A meeting somebody changed in that very moment is left for the next run. */
  private async each(due: Due[], act: Pick<MeetingAct, 'isDone' | 'decide'>): Promise<number> {
    let changed = 0;
    for (const { id, version } of due) {
      try {
        await this.changes.change(SYSTEM, id, { ...act, version });
        changed += 1;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
      }
    }
    return changed;
  }
}
