import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, text, word } from '../database/rows.js';
import { InvalidInput } from '../shared/errors.js';
import { fromCursor, type Page, PAGE_LIMIT, toCursor } from '../shared/paging.js';
import type { ProspectFilter, ProspectListQuery } from './prospect-list.dto.js';
import { orderOf, type ProspectOrder } from './prospect-order.js';
import { requireClient, selectionOf } from './prospect-selection.queries.js';
import { type From, walk, type WalkedRow, walkFar } from './prospect-walk.queries.js';
import { type ProspectStatus, prospectStatuses } from './status.js';

export type ListedProspect = Omit<WalkedRow, 'sortName' | 'companySort'>;

const SORT_VALUE = {
  last_activity_at: (row: WalkedRow) => row.lastActivityAt.toISOString(),
  sort_name: (row: WalkedRow) => row.sortName,
  company_sort: (row: WalkedRow) => row.companySort,
  fit_score: (row: WalkedRow) => row.fitScore,
} as const;

/** Counting goes no further: a page shows "10,000+" rather than reading a million rows to say how many. */
export const COUNT_CAP = 10_000;
const CROWD_SECONDS = 60;
/** Strides of a walk spent on a count: some 80,000 rows. */
const COUNT_STRIDES = 20;

/** Which statuses of a client were beyond the cap a moment ago: they are taken to be so still, and not counted again. */
class Crowds {
  private readonly seen = new Map<string, { until: number; statuses: readonly ProspectStatus[] }>();
  constructor(private readonly clock: Clock) {}

  of(clientId: string): readonly ProspectStatus[] {
    const seen = this.seen.get(clientId);
    return seen !== undefined && seen.until > this.clock.now().getTime() ? seen.statuses : [];
  }

  note(clientId: string, statuses: readonly ProspectStatus[]): void {
    if (this.seen.size > 1000) this.seen.clear();
    this.seen.set(clientId, { until: this.clock.now().getTime() + CROWD_SECONDS * 1000, statuses });
  }
}

/** A number of prospects; `isMore`: there may be more than were counted. */
export interface RoughSize {
  size: number;
  isMore: boolean;
}

/** The prospects of a client, page by page. */
@Injectable()
export class ProspectList {
  private readonly crowds: Crowds;

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    this.crowds = new Crowds(clock);
  }

  /**
   * A page in the order asked, `-lastActivityAt` unless told. A cursor stays good whatever is added meanwhile.
   * @throws NotFound for a client out of sight; InvalidInput for a cursor that is none of ours
   */
  async page(actor: Actor, clientId: string, query: ProspectListQuery): Promise<Page<ListedProspect>> {
    const order = orderOf(query.sort ?? '-lastActivityAt');
    const limit = query.limit ?? PAGE_LIMIT.usual;
    const from = query.cursor === undefined ? null : startOf(query.cursor, order);
    return this.database.read(async (db) => {
      const selection = await selectionOf(db, actor, clientId, query);
      const rows = await walk(db, selection, order, { from, limit: limit + 1 });
      const last = rows[limit - 1];
      const nextCursor =
        rows.length > limit && last ? toCursor({ key: SORT_VALUE[order.column](last), id: last.id }) : null;
      return { items: rows.slice(0, limit).map(listed), nextCursor };
    });
  }

  /** Everybody a filter finds, page after page, in the order asked. @throws as `page`, at the first one */
  async *everyPage(
    actor: Actor,
    clientId: string,
    query: Pick<ProspectListQuery, keyof ProspectListQuery>,
  ): AsyncGenerator<ListedProspect[], undefined> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const asked = { ...query, limit: PAGE_LIMIT.most, ...(cursor === undefined ? {} : { cursor }) };
      const { items, nextCursor }: Page<ListedProspect> = await this.page(actor, clientId, asked);
      yield items;
      cursor = nextCursor;
    }
  }

  /**
   * How many prospects of a client stand at each status, counted no further than one beyond `COUNT_CAP`; those with none
   * are left out.
   */
  countsByStatus(actor: Actor, clientId: string): Promise<Map<ProspectStatus, number>> {
    return this.database.read(async (db) => {
      await requireClient(db, actor, clientId);
      const many = this.crowds.of(clientId);
      const asked = prospectStatuses.filter((status) => !many.includes(status));
      if (asked.length === 0) return new Map(many.map((status) => [status, COUNT_CAP + 1]));
      const counts = asked.map(
        (status) => sql`SELECT ${status} AS status, COUNT(*) AS size FROM (SELECT 1 AS one FROM prospect
          WHERE client_id = ${clientId} AND status = ${status} LIMIT ${COUNT_CAP + 1}) few`,
      );
      const rows = await db.rows(join(counts, ' UNION ALL '), {
        status: word<ProspectStatus>(),
        size: integer,
      });
      const crowded = rows.filter(({ size }) => size > COUNT_CAP).map(({ status }) => status);
      if (crowded.length > 0) this.crowds.note(clientId, [...many, ...crowded]);
      const found = rows.filter(({ size }) => size > 0).map(({ status, size }) => [status, size] as const);
      return new Map([...found, ...many.map((status) => [status, COUNT_CAP + 1] as const)]);
    });
  }

  /**
   * How many a filter finds: up to `most`, and no more than a moment is spent on it.
   * @throws NotFound as `selectionOf`
   */
  size(actor: Actor, clientId: string, filter: ProspectFilter, most = 1000): Promise<RoughSize> {
    return this.database.read(async (db) => {
      const selection = await selectionOf(db, actor, clientId, filter);
      const stretch = { from: null, limit: most + 1, strides: COUNT_STRIDES };
      const { rows, isCut } = await walkFar(db, selection, orderOf('name'), stretch);
      return { size: Math.min(rows.length, most), isMore: isCut || rows.length > most };
    });
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
