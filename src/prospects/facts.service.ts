import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import type { Tx } from '../database/db.js';
import { newId } from '../shared/id.js';

/** What happened to a prospect; the fields are those of `Activity`, where absent means null. */
export interface NewFact {
  prospectId: string;
  clientId: string;
  /** `touch`, `enrolment.started`, `meeting.booked` … */
  kind: string;
  /** When it happened; now unless it is written down later. */
  at?: Date;
  fromStatus?: string | null;
  toStatus?: string | null;
  channel?: string | null;
  result?: string | null;
  reason?: string | null;
  note?: string | null;
  /** The meeting, touch, enrolment or import it is about. */
  aboutId?: string | null;
  undoesId?: string | null;
  details?: Record<string, unknown> | null;
}

/** The one spine: every fact about a prospect goes through here, in the transaction of what it tells of. */
@Injectable()
export class Facts {
  constructor(private readonly clock: Clock) {}

  /**
   * Appends a fact, marks the prospect's reports out of date and raises its version. The prospect's row is taken
   * first, so that two writers stand in line before either has written anything. Gives the id of the fact.
   */
  async append(tx: Tx, actor: Actor, fact: NewFact): Promise<string> {
    const at = fact.at ?? this.clock.now();
    await tx.run(sql`UPDATE prospect
      SET last_activity_at = CASE WHEN last_activity_at < ${at} THEN ${at} ELSE last_activity_at END, version = version + 1
      WHERE id = ${fact.prospectId}`);
    return this.write(tx, actor, fact);
  }

  /** The fact alone, for a caller that changes the prospect's row, its version and last activity by itself. */
  async write(tx: Tx, actor: Actor, fact: NewFact): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    await tx.run(sql`INSERT INTO activity (id, client_id, prospect_id, kind, at, recorded_at, user_id, from_status,
        to_status, channel, result, reason, note, about_id, undoes_id, details)
      VALUES (${id}, ${fact.clientId}, ${fact.prospectId}, ${fact.kind}, ${fact.at ?? now}, ${now},
        ${actor.userId || null}, ${fact.fromStatus}, ${fact.toStatus}, ${fact.channel}, ${fact.result}, ${fact.reason},
        ${fact.note}, ${fact.aboutId}, ${fact.undoesId}, ${fact.details && JSON.stringify(fact.details)})`);
    await this.recount(tx, fact.prospectId);
    return id;
  }

  /**
   * Marks a prospect's reports out of date, for whoever changes what they read besides facts. An update, not a nothing:
   * it waits for whoever is counting this prospect just now without seeing this change.
   */
  async recount(tx: Tx, prospectId: string): Promise<void> {
    await tx.run(sql`INSERT INTO activity_pending (prospect_id) VALUES (${prospectId})
      ON CONFLICT (prospect_id) DO UPDATE SET prospect_id = excluded.prospect_id`);
  }
}
