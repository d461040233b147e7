import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { Clock } from '../clock/clock.service.js';
import type { Tx } from '../database/db.js';
import { newId } from '../shared/id.js';
import type { SequenceEventKind } from './sequence-events.js';
import type { Sequence } from './sequence.entity.js';

/** What more there is to say of an event. */
export interface EventNote {
  /** The version it is about; the newest unless said. */
  version?: number;
  reason?: string | null;
  details?: Record<string, unknown>;
}

/** Writes the history of sequences, and the audit trail with it, in the transaction of the act itself. */
@Injectable()
export class SequenceDiary {
  constructor(
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async note(
    tx: Tx,
    actor: Actor,
    sequence: Sequence,
    kind: SequenceEventKind,
    { version = sequence.version, reason = null, details }: EventNote = {},
  ): Promise<void> {
    await tx.run(sql`INSERT INTO sequence_event (id, sequence_id, version, kind, at, user_id, reason, details)
      VALUES (${newId()}, ${sequence.id}, ${version}, ${kind}, ${this.clock.now()}, ${actor.userId || null}, ${reason},
        ${details && JSON.stringify(details)})`);
    await this.audit.record(tx, actor, {
      act: `sequence.${kind}`,
      subjectType: 'sequence',
      subjectId: sequence.id,
      clientId: sequence.clientId,
      details: { state: sequence.state, version, ...(reason ? { reason } : {}) },
    });
  }
}
