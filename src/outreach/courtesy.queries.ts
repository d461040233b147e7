import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import type { Db } from '../database/db.js';
import { instant, text } from '../database/rows.js';

const DAY = 86_400_000;
/** Days a person stays held for the other clients after a touch, and after an answer. */
export const courtesyDays = { afterTouch: 7, afterReply: 30 } as const;

/**
 * Who is held because another client of the agency reached them, or their company, a moment ago.
 * Nothing here says which client: only until when.
 */
@Injectable()
export class Courtesy {
  constructor(private readonly clock: Clock) {}

  /** Prospect id → held until; those who are free are absent. */
  async heldAmong(db: Db, prospectIds: readonly string[]): Promise<Map<string, Date>> {
    if (prospectIds.length === 0) return new Map();
    const now = this.clock.now().getTime();
    const held = new Map<string, Date>();
    const rows = await db.rows(
      touchesElsewhere(db, prospectIds, new Date(now - courtesyDays.afterReply * DAY)),
      {
        id: text,
        kind: text,
        at: instant,
      },
    );
    for (const { id, kind, at } of rows) {
      const days = kind === 'reply' ? courtesyDays.afterReply : courtesyDays.afterTouch;
      const until = new Date(at.getTime() + days * DAY);
      const known = held.get(id);
      if (until.getTime() > now && (!known || until > known)) held.set(id, until);
    }
    return held;
  }
}

/**
 * Last touch and last answer, at any other client, of the same address, the same profile or the same company domain.
 * CROSS JOIN keeps SQLite from walking all prospects of the agency: it begins with the few asked about.
 */
function touchesElsewhere(db: Db, ids: readonly string[], since: Date): Sql {
  const isChosen = db.dialect.isAmong(sql`p.id`, ids);
  return sql`
    WITH same_person AS (
      SELECT p.id, o.id other_id, o.status, o.status_at FROM prospect p CROSS JOIN client k CROSS JOIN prospect o
        WHERE ${isChosen} AND k.id <> p.client_id AND o.client_id = k.id AND o.email_key = p.email_key
      UNION
      SELECT p.id, o.id, o.status, o.status_at FROM prospect p CROSS JOIN client k CROSS JOIN prospect o
        WHERE ${isChosen} AND k.id <> p.client_id AND o.client_id = k.id AND o.linkedin_key = p.linkedin_key
      UNION
      SELECT p.id, o.id, o.status, o.status_at
        FROM prospect p CROSS JOIN company c CROSS JOIN client k CROSS JOIN company d CROSS JOIN prospect o
        WHERE ${isChosen} AND c.id = p.company_id AND k.id <> p.client_id
          AND d.client_id = k.id AND d.domain = c.domain AND o.company_id = d.id)
    SELECT s.id, 'touch' AS kind, MAX(t.at) AS at FROM same_person s CROSS JOIN touch t
      WHERE t.prospect_id = s.other_id AND t.at > ${since} AND t.channel <> 'task'
        AND t.result NOT IN ('skipped', 'deferred', 'not_sent')
      GROUP BY s.id
    UNION ALL
    SELECT s.id, 'reply' AS kind, MAX(s.status_at) AS at FROM same_person s
      WHERE s.status_at > ${since}
        AND s.status IN ('replied', 'interested', 'later', 'meeting_booked', 'meeting_held', 'qualified', 'not_interested', 'wrong_person')
      GROUP BY s.id`;
}
