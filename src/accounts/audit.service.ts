import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.service.js';
import type { Tx } from '../database/db.js';
import { newId } from '../shared/id.js';
import type { Actor } from './actor.js';

/** What was done, to what. `details` stays small, and holds no secret and no message text. */
export interface Deed {
  /** `client.opened`, `prospect.status` … */
  act: string;
  subjectType: string;
  subjectId?: string | null;
  clientId?: string | null;
  details?: Record<string, unknown>;
  /** Address it came from, for sign-ins. */
  origin?: string;
}

/** Writes the audit trail, in the transaction of the deed itself: none without the other. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, actor: Actor, deed: Deed): Promise<void> {
    await tx.run(sql`
      INSERT INTO audit_entry (id, at, user_id, act, subject_type, subject_id, client_id, details, origin)
      VALUES (${newId()}, ${this.clock.now()}, ${actor.userId || null}, ${deed.act}, ${deed.subjectType},
        ${deed.subjectId}, ${deed.clientId}, ${deed.details && JSON.stringify(deed.details)}, ${deed.origin})`);
  }
}
