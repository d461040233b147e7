import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { type Cell, instant, integer, maybe, type Shape, text, word } from '../database/rows.js';
import { foldText } from '../shared/folded-text.js';
import type { Fit, ProspectFilter } from './prospect-list.dto.js';
import type { ProspectOrder } from './prospect-order.js';
import type { ProspectStatus } from './status.js';

export const LISTED = {
  id: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  email: maybe(text),
  phone: maybe(text),
  mobilePhone: maybe(text),
  linkedinUrl: maybe(text),
  city: maybe(text),
  country: maybe(text),
  status: word<ProspectStatus>(),
  statusAt: instant,
  statusUntil: maybe(text),
  ownerId: maybe(text),
  fit: maybe(word<Fit>()),
  fitScore: maybe(integer),
  source: text,
  createdAt: instant,
  lastActivityAt: instant,
  version: integer,
};
const SORTED = { ...LISTED, sortName: text, companySort: text };

/** A row of a list, with what it is sorted by. */
export type WalkedRow = { [K in keyof typeof SORTED]: ReturnType<(typeof SORTED)[K]> };

const COLUMNS = raw(
  Object.keys(SORTED)
    .map((name) => `p.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`)
    .join(', '),
);

/** Where a walk goes on: after the row with this key and id. */
export interface From {
  key: string | number | Date | null;
  id: string;
}

/** Rows looked at before others get their turn: SQLite answers on the thread that serves everybody. */
const STRIDE = 4000;
/** A set this small is sorted faster than an index is walked to find it. */
const SMALL = 2000;

/**
 * The next rows of a client's list. The index of the order is walked from `from`; a status in the order of activity has
 * an index of its own. Any other filter is tried on the rows met, one stride after another, until enough are found. A
 * small list or a rare status is taken whole and sorted instead.
 */
export async function walk(
  db: Db,
  clientId: string,
  filter: ProspectFilter,
  order: ProspectOrder,
  page: { from: From | null; limit: number },
): Promise<WalkedRow[]> {
  const source = await sourceOf(db, clientId, filter, order);
  const found: WalkedRow[] = [];
  for (const isNull of order.mayBeNull ? [false, true] : [false]) {
    let from = page.from;
    if (from !== null && (from.key === null) !== isNull) {
      if (!isNull) continue;
      from = null;
    }
    const rest = { ...source, order, isNull };
    while (found.length < page.limit) {
      const until = source.isIndexed ? null : await strideEnd(db, rest, from);
      found.push(...(await rowsBetween(db, rest, from, until, page.limit - found.length)));
      if (until === null) break;
      from = until;
      await new Promise(setImmediate);
    }
  }
  return found;
}

interface Source {
  /** What the walk runs through. */
  base: Sql;
  scope: Sql;
  conditions: Sql[];
  /** Every row met is one of the page, or the set is small: one statement does. */
  isIndexed: boolean;
  /** The set is sorted by itself, without the index of the order. */
  isSorted: boolean;
}

async function sourceOf(
  db: Db,
  clientId: string,
  filter: ProspectFilter,
  order: ProspectOrder,
): Promise<Source> {
  const { status, fit, q, list, owner } = filter;
  const conditions: Sql[] = [];
  if (fit === 'unknown') conditions.push(sql`(p.fit = 'unknown' OR p.fit IS NULL)`);
  else if (fit) conditions.push(sql`p.fit = ${fit}`);
  if (owner === 'none') conditions.push(sql`p.owner_id IS NULL`);
  else if (owner) conditions.push(sql`p.owner_id = ${owner}`);
  if (q && foldText(q)) conditions.push(db.dialect.contains(sql`p.search_text`, foldText(q)));
  const scope = sql`p.client_id = ${clientId}`;
  const base = sql`prospect p`;
  if (list && (await isSmall(db, sql`list_member WHERE list_id = ${list}`))) {
    if (status) conditions.push(sql`p.status = ${status}`);
    const members = sql`(SELECT prospect_id FROM list_member WHERE list_id = ${list}) m CROSS JOIN prospect p`;
    const own = sql`p.id = m.prospect_id AND ${scope}`;
    return { base: members, scope: own, conditions, isIndexed: true, isSorted: true };
  }
  if (list)
    conditions.push(
      sql`EXISTS (SELECT 1 FROM list_member m WHERE m.list_id = ${list} AND m.prospect_id = p.id)`,
    );
  if (!status) return { base, scope, conditions, isIndexed: conditions.length === 0, isSorted: false };
  if (order.column === 'last_activity_at') {
    const own = sql`${scope} AND p.status = ${status}`;
    return { base, scope: own, conditions, isIndexed: conditions.length === 0, isSorted: false };
  }
  if (await isSmall(db, sql`prospect WHERE client_id = ${clientId} AND status = ${status}`)) {
    const own = sql`${scope} AND p.status = ${status}`;
    return { base, scope: own, conditions, isIndexed: true, isSorted: true };
  }
  conditions.push(sql`${db.dialect.unindexed(sql`p.status`)} = ${status}`);
  return { base, scope, conditions, isIndexed: false, isSorted: false };
}

async function isSmall(db: Db, set: Sql): Promise<boolean> {
  const size = await db.row(
    sql`SELECT COUNT(*) AS size FROM (SELECT 1 AS one FROM ${set} LIMIT ${SMALL + 1}) few`,
    { size: integer },
  );
  return size!.size <= SMALL;
}

type Walk = Source & { order: ProspectOrder; isNull: boolean };

/** The last row of the next stride, found in the index alone; null when the walk ends before. */
async function strideEnd(db: Db, walk: Walk, from: From | null): Promise<From | null> {
  const shape: Shape<{ key: From['key']; id: string }> = { key: keyCell(walk), id: text };
  return db.row(
    sql`SELECT ${keyOf(db, walk)} AS key, p.id FROM ${walk.base}
      WHERE ${join([walk.scope, ...bound(db, walk, 'after', from)], ' AND ')}
      ORDER BY ${sorted(db, walk)} LIMIT 1 OFFSET ${STRIDE - 1}`,
    shape,
  );
}

function rowsBetween(
  db: Db,
  walk: Walk,
  from: From | null,
  until: From | null,
  limit: number,
): Promise<WalkedRow[]> {
  const conditions = [
    walk.scope,
    ...bound(db, walk, 'after', from),
    ...(until === null ? [] : bound(db, walk, 'upTo', until)),
    ...walk.conditions,
  ];
  return db.rows(
    sql`SELECT ${COLUMNS} FROM ${walk.base} WHERE ${join(conditions, ' AND ')}
      ORDER BY ${sorted(db, walk)} LIMIT ${limit}`,
    SORTED,
  );
}

function keyOf(db: Db, { order, isSorted }: Walk): Sql {
  const column = raw(`p.${order.column}`);
  return isSorted ? db.dialect.unindexed(column) : column;
}

function keyCell({ order, isNull }: Walk): Cell<From['key']> {
  if (isNull) return () => null;
  if (order.column === 'last_activity_at') return instant;
  return order.column === 'fit_score' ? integer : text;
}

function sorted(db: Db, walk: Walk): Sql {
  const direction = walk.order.isDescending ? sql`DESC` : sql`ASC`;
  if (walk.isNull) return sql`p.id ${direction}`;
  return sql`${keyOf(db, walk)} ${direction}, p.id ${direction}`;
}

function bound(db: Db, walk: Walk, side: 'after' | 'upTo', point: From | null): Sql[] {
  const key = keyOf(db, walk);
  const nullness = walk.order.mayBeNull ? [walk.isNull ? sql`${key} IS NULL` : sql`${key} IS NOT NULL`] : [];
  if (point === null) return nullness;
  const isLess = walk.order.isDescending === (side === 'after');
  const sign = raw(`${isLess ? '<' : '>'}${side === 'upTo' ? '=' : ''}`);
  if (walk.isNull) return [...nullness, sql`p.id ${sign} ${point.id}`];
  return [...nullness, sql`(${key}, p.id) ${sign} (${point.key}, ${point.id})`];
}
