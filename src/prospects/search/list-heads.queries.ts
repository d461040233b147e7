import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Client } from '../../clients/client.entity.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { filteredCounts } from './filtered-counts.queries.js';
import type { ProspectFilter, StoredFilter } from './prospect-list.dto.js';
import { strayOwnersOf, teamOf } from './prospect-list.queries.js';
import { selectionOf, usableBy } from './prospect-selection.queries.js';
import type { ProspectStatus } from '../status/status.js';
import { COUNT_CAP, StatusCounts } from './status-counts.queries.js';

export interface Named {
  id: string;
  name: string;
}
const NAMED = { id: text, name: text };

/** A file that was brought in, by its name. */
export interface NamedImport extends Named {
  createdAt: Date;
}

/** What a list of prospects is looked at with. */
export interface ListHead {
  client: Client;
  counts: ReadonlyMap<ProspectStatus, number>;
  /** As `counts`, of those the filter finds whatever their status; null without a filter, or for a client too large to count. */
  found: ReadonlyMap<ProspectStatus, number> | null;
  /** What the saved filter asks that is open. */
  segment: StoredFilter | null;
  lists: readonly Named[];
  /** Saved filters. */
  filters: readonly Named[];
  /** The imports that are asked for. */
  imports: readonly NamedImport[];
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
  of(
    actor: Actor,
    clientId: string,
    query: Pick<ProspectFilter, keyof ProspectFilter> = {},
  ): Promise<ListHead> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      const counts = await this.counts.of(db, clientId);
      const team = await teamOf(db, clientId);
      const asked = await found(db, actor, { clientId, query, counts });
      return {
        client,
        counts,
        ...asked,
        imports: await importsOf(db, clientId, [query.import, asked.segment?.import]),
        lists: await db.rows(
          sql`SELECT id, name FROM list WHERE client_id = ${clientId} ORDER BY LOWER(name), id`,
          NAMED,
        ),
        filters: await db.rows(
          sql`SELECT id, name FROM saved_filter WHERE client_id = ${clientId} AND ${usableBy(actor)}
            ORDER BY name_key, id`,
          NAMED,
        ),
        team,
        strayOwners: await strayOwnersOf(db, clientId, team),
      };
    });
  }
}

function importsOf(db: Db, clientId: string, ids: readonly (string | undefined)[]): Promise<NamedImport[]> {
  const asked = ids.filter((id) => id !== undefined);
  if (asked.length === 0) return Promise.resolve([]);
  return db.rows(
    sql`SELECT id, file_name AS name, created_at FROM import
      WHERE client_id = ${clientId} AND ${db.dialect.isAmong(sql`id`, asked)}`,
    { ...NAMED, createdAt: instant },
  );
}

/** Whom the filter finds, whatever their status: the statuses are counted for the links from one to the other. */
async function found(
  db: Db,
  actor: Actor,
  { clientId, query, counts }: { clientId: string; query: ProspectFilter; counts: ListHead['counts'] },
): Promise<Pick<ListHead, 'found' | 'segment'>> {
  const { fit, q, list, import: file, owner, segment } = query;
  const asked = Object.entries({ fit, q, list, import: file, owner, segment }).filter(([, value]) => value);
  if (asked.length === 0) return { found: null, segment: null };
  const selection = await selectionOf(db, actor, clientId, Object.fromEntries(asked));
  const size = [...counts.values()].reduce((all, count) => all + count, 0);
  return {
    found: size > COUNT_CAP ? null : await filteredCounts(db, selection),
    segment: segment ? (selection.asked[1] ?? null) : null,
  };
}
