import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text, type RowOf } from '../../database/rows.js';
import { InvalidInput } from '../../shared/errors.js';
import { fromCursor, type Page, PAGE_LIMIT, toCursor } from '../../shared/paging.js';
import { PERSON, pick, RECORD, STANDING, VERDICT } from '../prospect-columns.js';
import type { ProspectFilter, ProspectListQuery } from './prospect-list.dto.js';
import { orderOf, type ProspectOrder } from './prospect-order.js';
import { selectionOf } from './prospect-selection.queries.js';
import { type From, type Reading, reading } from './row-walk.queries.js';
import { selectedRows } from './selected-rows.queries.js';

/** What a list may be sorted by. */
const SORTED = {
  sortName: text,
  companySort: text,
  ...pick(VERDICT, ['fitScore']),
  ...pick(RECORD, ['lastActivityAt']),
};

const LISTED = {
  id: text,
  ...pick(PERSON, ['firstName', 'lastName', 'fullName', 'title', 'companyName', 'email', 'phone']),
  ...pick(PERSON, ['mobilePhone', 'linkedinUrl', 'city', 'country']),
  ...STANDING,
  ...pick(VERDICT, ['fit', 'fitScore']),
  ...pick(RECORD, ['source', 'createdAt', 'lastActivityAt', 'version']),
};
export type ListedProspect = RowOf<typeof LISTED>;
const LISTED_ROWS = reading({ ...LISTED, ...SORTED });

const LINE = {
  id: text,
  ...pick(PERSON, ['fullName', 'title', 'companyName', 'email']),
  ...pick(STANDING, ['status', 'statusUntil', 'ownerId']),
  ...pick(VERDICT, ['fit']),
  ...SORTED,
};
/** What a line of a drawn list says. */
export type ProspectLine = RowOf<typeof LINE>;
const LINES = reading(LINE);
const IDS = reading({ id: text });

type SortedRow = RowOf<typeof SORTED> & { id: string };
const SORT_VALUE = {
  last_activity_at: (row: SortedRow) => row.lastActivityAt.toISOString(),
  sort_name: (row: SortedRow) => row.sortName,
  company_sort: (row: SortedRow) => row.companySort,
  fit_score: (row: SortedRow) => row.fitScore,
} as const;

/** Strides of a walk spent on a count: some 80,000 rows. */
const COUNT_STRIDES = 20;

/** A number of prospects; `isMore`: there may be more than were counted. */
export interface RoughSize {
  size: number;
  isMore: boolean;
}

/** The prospects of a client, page by page. */
@Injectable()
export class ProspectList {
  constructor(private readonly database: Database) {}

  /**
   * A page in the order asked, `-lastActivityAt` unless told. A cursor stays good whatever is added meanwhile.
   * @throws NotFound for a client out of sight; InvalidInput for a cursor that is none of ours
   */
  async page(actor: Actor, clientId: string, query: ProspectListQuery): Promise<Page<ListedProspect>> {
    const { items, nextCursor } = await this.read(actor, clientId, query, LISTED_ROWS);
    return { items: items.map(listed), nextCursor };
  }

  /** As `page`, with no more of each than a line of the list says. */
  lines(actor: Actor, clientId: string, query: ProspectListQuery): Promise<Page<ProspectLine>> {
    return this.read(actor, clientId, query, LINES);
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
   * How many a filter finds: up to `most`, and no more than a moment is spent on it.
   * @throws NotFound as `selectionOf`
   */
  size(actor: Actor, clientId: string, filter: ProspectFilter, most = 1000): Promise<RoughSize> {
    return this.database.read(async (db) => {
      const selection = await selectionOf(db, actor, clientId, filter);
      const stretch = { from: null, limit: most + 1, strides: COUNT_STRIDES };
      // The order is nobody’s: this one has an index by status, and a name is not all in one place of it.
      const { rows, isCut } = await selectedRows(db, selection, orderOf('-lastActivityAt'), stretch, IDS);
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

  /** Who owns or may own prospects of a client: the team, and those who have left it. */
  owners(actor: Actor, clientId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const team = await teamOf(db, clientId);
      return [...team, ...(await strayOwnersOf(db, clientId, team))];
    });
  }

  private read<T extends SortedRow>(
    actor: Actor,
    clientId: string,
    query: ProspectListQuery,
    columns: Reading<T>,
  ): Promise<Page<T>> {
    const order = orderOf(query.sort ?? '-lastActivityAt');
    const limit = query.limit ?? PAGE_LIMIT.usual;
    const from = query.cursor === undefined ? null : startOf(query.cursor, order);
    return this.database.read(async (db) => {
      const selection = await selectionOf(db, actor, clientId, query);
      const { rows } = await selectedRows(db, selection, order, { from, limit: limit + 1 }, columns);
      const last = rows[limit - 1];
      const nextCursor =
        rows.length > limit && last ? toCursor({ key: SORT_VALUE[order.column](last), id: last.id }) : null;
      return { items: rows.slice(0, limit), nextCursor };
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

/** Owners of prospects of a client who work for it no longer, or no longer at all: none of its team. */
export function strayOwnersOf(
  db: Db,
  clientId: string,
  team: readonly { id: string }[],
): Promise<{ id: string; name: string }[]> {
  const colleagues = team.map(({ id }) => id);
  return db.rows(
    sql`SELECT u.id, u.name FROM app_user u WHERE u.role <> 'client' AND NOT ${db.dialect.isAmong(sql`u.id`, colleagues)}
        AND EXISTS (SELECT 1 FROM prospect p WHERE p.owner_id = u.id AND p.client_id = ${clientId})
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

function listed({
  sortName: _sortName,
  companySort: _companySort,
  ...row
}: ListedProspect & SortedRow): ListedProspect {
  return row;
}
