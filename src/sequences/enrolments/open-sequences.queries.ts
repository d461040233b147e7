import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { takesNewWork } from '../../clients/clients.policy.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import { type RowOf, text, word } from '../../database/rows.js';
import type { SequenceState } from '../sequence-states.js';

const OPEN = { id: text, name: text, state: word<SequenceState>() };
/** A sequence people can be put into. */
export type OpenSequence = RowOf<typeof OPEN>;

/** The sequences somebody may be enrolled in, for whoever starts from the person instead of the sequence. */
@Injectable()
export class OpenSequences {
  constructor(private readonly database: Database) {}

  /** By name; none of a client switched off. @throws NotFound */
  of(actor: Actor, clientId: string): Promise<OpenSequence[]> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      if (!takesNewWork(client)) return [];
      return db.rows(
        sql`SELECT id, name, state FROM sequence WHERE client_id = ${clientId} AND approved_version IS NOT NULL
          AND state <> 'archived' ORDER BY LOWER(name), id`,
        OPEN,
      );
    });
  }
}
