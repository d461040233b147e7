import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, integer, maybe, text, type RowOf } from '../../database/rows.js';
import { Conflict, NotAllowed, NotFound } from '../../shared/errors.js';
import { foldText } from '../../shared/folded-text.js';
import { isId, newId } from '../../shared/id.js';
import { holdProspects } from '../held-prospects.queries.js';
import { List } from './list.entity.js';

const LISTED = {
  id: text,
  name: text,
  size: integer,
  createdAt: instant,
  createdBy: maybe(text),
  createdByName: maybe(text),
};
export type ListedList = RowOf<typeof LISTED>;

/** Named sets of a client's prospects. */
@Injectable()
export class Lists {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** By name, with how many are on each. @throws NotFound */
  of(actor: Actor, clientId: string): Promise<ListedList[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return db.rows(
        sql`SELECT l.id, l.name, l.created_at, l.created_by, u.name AS created_by_name,
              (SELECT COUNT(*) FROM list_member m WHERE m.list_id = l.id) AS size
            FROM list l LEFT JOIN app_user u ON u.id = l.created_by WHERE l.client_id = ${clientId} ORDER BY LOWER(l.name), l.id`,
        LISTED,
      );
    });
  }

  /** @throws NotFound; Conflict when the client has a list of that name */
  create(actor: Actor, clientId: string, name: string): Promise<List> {
    return this.database.write(async (tx) => {
      await loadClient(tx, actor, clientId);
      const list = await insertList(tx, actor, { clientId, name, now: this.clock.now() }, this.audit);
      if (list === null) throw new Conflict('prospects.listExists', { name });
      return list;
    });
  }

  /** Puts prospects of the list's client on it; others, and those on it already, change nothing. Gives how many are new. */
  enlist(actor: Actor, listId: string, prospectIds: readonly string[]): Promise<number> {
    return this.database.write(async (tx) => {
      const list = await loadList(tx, actor, listId);
      // Held: whoever is being merged or taken back just now is gone then, and would be counted for ever.
      const ids = await holdProspects(tx, await ofClient(tx, list.clientId, prospectIds));
      const before = await sizeOf(tx, listId);
      await insertRows(
        tx,
        'list_member',
        ['list_id', 'prospect_id'],
        ids.map((id) => [listId, id]),
        'ignore',
      );
      const added = (await sizeOf(tx, listId)) - before;
      if (added > 0) await this.record(tx, actor, list, 'list.enlisted', { prospects: added });
      return added;
    });
  }

  /** Takes prospects off; gives how many were on it. The prospects themselves stay. */
  delist(actor: Actor, listId: string, prospectIds: readonly string[]): Promise<number> {
    return this.database.write(async (tx) => {
      const list = await loadList(tx, actor, listId);
      if (prospectIds.length === 0) return 0;
      const removed = await tx.run(
        sql`DELETE FROM list_member WHERE list_id = ${listId} AND prospect_id IN (${join([...prospectIds])})`,
      );
      if (removed > 0) await this.record(tx, actor, list, 'list.delisted', { prospects: removed });
      return removed;
    });
  }

  /** Does away with the list; its prospects stay. @throws NotFound, NotAllowed */
  drop(actor: Actor, listId: string): Promise<List> {
    return this.database.write(async (tx) => {
      const list = await loadList(tx, actor, listId);
      if (!isManager(actor) && list.createdBy !== actor.userId) throw new NotAllowed();
      await tx.run(sql`DELETE FROM list_member WHERE list_id = ${listId}`);
      await tx.run(sql`DELETE FROM list WHERE id = ${listId}`);
      await this.record(tx, actor, list, 'list.dropped');
      return list;
    });
  }

  private record(
    tx: Tx,
    actor: Actor,
    list: List,
    act: string,
    details?: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(tx, actor, { act, ...subjectOf(list), ...(details ? { details } : {}) });
  }
}

/** A new list, told on the trail; null when the client has one of that name, whoever of two was first. */
export async function insertList(
  tx: Tx,
  actor: Actor,
  { clientId, name, now }: { clientId: string; name: string; now: Date },
  audit: Audit,
): Promise<List | null> {
  const list: List = {
    id: newId(),
    clientId,
    name,
    nameKey: nameKeyOf(name),
    createdBy: actor.userId || null,
    createdAt: now,
  };
  const made = await tx.run(sql`INSERT INTO list (id, client_id, name, name_key, created_by, created_at)
    VALUES (${list.id}, ${clientId}, ${name}, ${list.nameKey}, ${list.createdBy}, ${now}) ON CONFLICT DO NOTHING`);
  if (made === 0) return null;
  await audit.record(tx, actor, { act: 'list.created', ...subjectOf(list) });
  return list;
}

function subjectOf({ id, clientId }: List): { subjectType: string; subjectId: string; clientId: string } {
  return { subjectType: 'list', subjectId: id, clientId };
}

export async function isListOf(db: Db, clientId: string, listId: string): Promise<boolean> {
  const found = await db.row(sql`SELECT id FROM list WHERE id = ${listId} AND client_id = ${clientId}`, {
    id: text,
  });
  return found !== null;
}

/** Names alike but for case, accents and spaces are one name. */
export function nameKeyOf(name: string): string {
  return foldText(name).slice(0, 200);
}

async function loadList(db: Db, actor: Actor, id: string): Promise<List> {
  const list = isId(id) ? await db.entities.findOneBy(List, { id }) : null;
  if (list === null) throw new NotFound();
  await loadClient(db, actor, list.clientId);
  return list;
}

/** Those of these ids that are prospects of the client, in the order given. */
export async function ofClient(db: Db, clientId: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows(
    sql`SELECT id FROM prospect
      WHERE ${db.dialect.unindexed(sql`client_id`)} = ${clientId} AND ${db.dialect.isAmong(sql`id`, ids)}`,
    { id: text },
  );
  const known = new Set(rows.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => known.has(id));
}

async function sizeOf(db: Db, listId: string): Promise<number> {
  const row = await db.row(sql`SELECT COUNT(*) AS size FROM list_member WHERE list_id = ${listId}`, {
    size: integer,
  });
  return row!.size;
}
