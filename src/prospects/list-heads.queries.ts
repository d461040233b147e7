import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import type { Client } from '../clients/client.entity.js';
import { loadClient } from '../clients/clients.queries.js';
import { Database } from '../database/database.js';
import { text } from '../database/rows.js';
import { strayOwnersOf, teamOf } from './prospect-list.queries.js';
import { usableBy } from './prospect-selection.queries.js';
import type { ProspectStatus } from './status.js';
import { StatusCounts } from './status-counts.queries.js';

export interface Named {
  id: string;
  name: string;
}
const NAMED = { id: text, name: text };

/** What a list of prospects is looked at with. */
export interface ListHead {
  client: Client;
  counts: ReadonlyMap<ProspectStatus, number>;
  lists: readonly Named[];
  /** Saved filters. */
  filters: readonly Named[];
  team: readonly Named[];
  /** Owners of prospects who work for the client no longer: theirs must be found to be given on. */
  strayOwners: readonly Named[];
}

/** What stands above every page of a client's prospects: asked all day, so without the sizes of its lists. */
@Injectable()
export class ListHeads {
  constructor(
    private readonly database: Database,
    private readonly counts: StatusCounts,
  ) {}

  /** @throws NotFound for a client out of sight */
  of(actor: Actor, clientId: string): Promise<ListHead> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      return {
        client,
        counts: await this.counts.of(db, clientId),
        lists: await db.rows(
          sql`SELECT id, name FROM list WHERE client_id = ${clientId} ORDER BY LOWER(name), id`,
          NAMED,
        ),
        filters: await db.rows(
          sql`SELECT id, name FROM saved_filter WHERE client_id = ${clientId} AND ${usableBy(actor)}
            ORDER BY name_key, id`,
          NAMED,
        ),
        team: await teamOf(db, clientId),
        strayOwners: await strayOwnersOf(db, clientId),
      };
    });
  }
}
