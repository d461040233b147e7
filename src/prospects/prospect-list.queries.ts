import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, text, word } from '../database/rows.js';
import { InvalidInput, NotFound } from '../shared/errors.js';
import { fromCursor, type Page, PAGE_LIMIT, toCursor } from '../shared/paging.js';
import type { ProspectFilter, ProspectListQuery } from './prospect-list.dto.js';
import { orderOf, type ProspectOrder } from './prospect-order.js';
import { type From, walk, type WalkedRow } from './prospect-walk.queries.js';
import type { ProspectStatus } from './status.js';

export type ListedProspect = Omit<WalkedRow, 'sortName' | 'companySort'>;

const SORT_VALUE = {
  last_activity_at: (row: WalkedRow) => row.lastActivityAt.toISOString(),
  sort_name: (row: WalkedRow) => row.sortName,
  company_sort: (row: WalkedRow) => row.companySort,
  fit_score: (row: WalkedRow) => row.fitScore,
} as const;

/** The prospects of a client, page by page. */
@Injectable()
export class ProspectList {
  constructor(private readonly database: Database) {}

  /**
   * A page in the order asked, `-lastActivityAt` unless told. A cursor stays good whatever is added meanwhile.
   * @throws NotFound for a client out of sight; InvalidInput for a cursor that is none of ours
   */
  async page(actor: Actor, clientId: string, query: ProspectListQuery): Promise<Page<ListedProspect>> {
    const order = orderOf(query.sort ?? '-lastActivityAt');
    const limit = query.limit ?? PAGE_LIMIT.usual;
    const from = query.cursor === undefined ? null : startOf(query.cursor, order);
    return this.database.read(async (db) => {
      await requireClient(db, actor, clientId);
      const rows = await walk(db, clientId, query, order, { from, limit: limit + 1 });
      const last = rows[limit - 1];
      const nextCursor =
        rows.length > limit && last ? toCursor({ key: SORT_VALUE[order.column](last), id: last.id }) : null;
      return { items: rows.slice(0, limit).map(listed), nextCursor };
    });
  }

  /** How many prospects of a client stand at each status; those with none are left out. */
  countsByStatus(actor: Actor, clientId: string): Promise<Map<ProspectStatus, number>> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const rows = await db.rows(
        sql`SELECT status, COUNT(*) AS size FROM prospect WHERE client_id = ${clientId} GROUP BY status`,
        { status: word<ProspectStatus>(), size: integer },
      );
      return new Map(rows.map(({ status, size }) => [status, size]));
    });
  }

  /** The ids of the first prospects a filter finds, for acts on many. */
  idsOf(db: Db, clientId: string, filter: ProspectFilter, most: number): Promise<string[]> {
    return walk(db, clientId, filter, orderOf('name'), { from: null, limit: most }).then((rows) =>
      rows.map(({ id }) => id),
    );
  }

  /** The people of the agency who work for a client: who may own its prospects. */
  team(actor: Actor, clientId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return teamOf(db, clientId);
    });
  }
}

export function teamOf(db: Db, clientId: string): Promise<{ id: string; name: string }[]> {
  return db.rows(
    sql`SELECT u.id, u.name FROM app_user u WHERE u.disabled_at IS NULL AND u.role IN ('admin', 'manager', 'sdr')
      AND (u.role = 'admin' OR EXISTS (SELECT 1 FROM client_access a WHERE a.user_id = u.id AND a.client_id = ${clientId}))
      ORDER BY u.name, u.id`,
    { id: text, name: text },
  );
}

/** As loadClient, without making an object of the client: this is asked all day. */
async function requireClient(db: Db, actor: Actor, clientId: string): Promise<void> {
  const isInSight = isAgency(actor) && seesClient(actor, clientId);
  const found = isInSight
    ? await db.row(sql`SELECT id FROM client WHERE id = ${clientId}`, { id: text })
    : null;
  if (found === null) throw new NotFound();
}

function startOf(cursor: string, order: ProspectOrder): From {
  const start = fromCursor(cursor);
  if (start === null) throw new InvalidInput({ cursor: 'invalid' });
  const { key, id } = start;
  if (order.column === 'last_activity_at') {
    const at = typeof key === 'string' ? new Date(key) : null;
    if (at === null || Number.isNaN(at.getTime())) throw new InvalidInput({ cursor: 'invalid' });
    return { key: at, id };
  }
  const isRight = order.mayBeNull ? key === null || Number.isInteger(key) : typeof key === 'string';
  if (!isRight) throw new InvalidInput({ cursor: 'invalid' });
  return { key, id };
}

function listed({ sortName: _sortName, companySort: _companySort, ...row }: WalkedRow): ListedProspect {
  return row;
}
