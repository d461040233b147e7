import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, integer, json, maybe, text, type RowOf } from '../../database/rows.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import { nameKeyOf } from './lists.service.js';
import type { StoredFilter } from '../search/prospect-list.dto.js';
import { usableBy } from '../search/prospect-selection.queries.js';
import type { SavedFilterInput } from './saved-filter.dto.js';
import { SavedFilter } from './saved-filter.entity.js';

const KEPT = {
  id: text,
  clientId: text,
  name: text,
  filter: json<StoredFilter>(),
  keptFor: text,
  createdBy: maybe(text),
  createdByName: maybe(text),
  createdAt: instant,
};
export type KeptFilter = Omit<RowOf<typeof KEPT>, 'keptFor'> & { isShared: boolean };

/** Filters the team shares for a client, and those each person keeps there for themselves: as many as a menu can hold. */
export const MOST_FILTERS = 50;

/** Filters kept under a name: segments of a client's prospects that follow the facts by themselves. */
@Injectable()
export class SavedFilters {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** The team's and one's own, by name. @throws NotFound */
  of(actor: Actor, clientId: string): Promise<KeptFilter[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const rows = await db.rows(
        sql`SELECT f.*, u.name AS created_by_name FROM saved_filter f LEFT JOIN app_user u ON u.id = f.created_by
          WHERE f.client_id = ${clientId} AND ${usableBy(actor)} ORDER BY f.name_key, f.id`,
        KEPT,
      );
      return rows.map(({ keptFor, ...kept }) => ({ ...kept, isShared: keptFor === '' }));
    });
  }

  /**
   * @throws NotFound; InvalidInput for a filter that asks nothing; Conflict when there is one of that name, or when
   *   there are `MOST_FILTERS` already
   */
  keep(actor: Actor, clientId: string, { name, filter, isShared }: SavedFilterInput): Promise<KeptFilter> {
    return this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      const asked = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '');
      if (asked.length === 0) throw new InvalidInput({ filter: 'prospects.emptyFilter' });
      const keptFor = isShared ? '' : actor.userId;
      await requireRoom(tx, clientId, keptFor);
      const kept = {
        ...{ id: newId(), clientId, name, filter: Object.fromEntries(asked) as StoredFilter },
        ...{ createdBy: actor.userId || null, createdAt: this.clock.now() },
      };
      const made =
        await tx.run(sql`INSERT INTO saved_filter (id, client_id, kept_for, name, name_key, filter, created_by, created_at)
        VALUES (${kept.id}, ${clientId}, ${keptFor}, ${name}, ${nameKeyOf(name)},
          ${JSON.stringify(kept.filter)}, ${kept.createdBy}, ${kept.createdAt}) ON CONFLICT DO NOTHING`);
      if (made === 0) throw new Conflict('prospects.filterExists', { name });
      await this.record(tx, actor, kept, 'filter.kept');
      return { ...kept, createdByName: actor.name, isShared: isShared === true };
    });
  }

  /** Whoever kept it, or a manager a shared one. @throws NotFound, NotAllowed */
  drop(actor: Actor, id: string): Promise<SavedFilter> {
    return this.database.write(async (tx) => {
      const kept = await loadFilter(tx, actor, id);
      if (!isManager(actor) && kept.createdBy !== actor.userId) throw new NotAllowed();
      await tx.run(sql`DELETE FROM saved_filter WHERE id = ${id}`);
      await this.record(tx, actor, kept, 'filter.dropped');
      return kept;
    });
  }

  private record(
    tx: Tx,
    actor: Actor,
    { id, clientId }: { id: string; clientId: string },
    act: string,
  ): Promise<void> {
    return this.audit.record(tx, actor, { act, subjectType: 'saved_filter', subjectId: id, clientId });
  }
}

/** The client's row is held, so that of two who keep the last one at once one is told. @throws Conflict */
async function requireRoom(tx: Tx, clientId: string, keptFor: string): Promise<void> {
  await tx.row(sql`SELECT id FROM client WHERE id = ${clientId}${tx.dialect.forUpdate}`, { id: text });
  const there = await tx.row(
    sql`SELECT COUNT(*) AS size FROM saved_filter WHERE client_id = ${clientId} AND kept_for = ${keptFor}`,
    { size: integer },
  );
  if (there!.size < MOST_FILTERS) return;
  const code = keptFor === '' ? 'prospects.sharedFiltersFull' : 'prospects.ownFiltersFull';
  throw new Conflict(code, { most: MOST_FILTERS });
}

/** Somebody else's own is as good as none. */
async function loadFilter(db: Db, actor: Actor, id: string): Promise<SavedFilter> {
  const kept = isId(id) ? await db.entities.findOneBy(SavedFilter, { id }) : null;
  if (kept === null || !['', actor.userId].includes(kept.keptFor)) throw new NotFound();
  await loadClient(db, actor, kept.clientId);
  return kept;
}
