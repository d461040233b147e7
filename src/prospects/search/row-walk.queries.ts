import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { type Cell, instant, integer, type Shape, text } from '../../database/rows.js';
import { columnsOf } from '../prospect-columns.js';
import type { ProspectOrder } from './prospect-order.js';
import type { Source } from './prospect-source.queries.js';

/** What is read of each row met: the fewer columns, the sooner a page is there. */
export interface Reading<T> {
  shape: Shape<T>;
  columns: Sql;
}

export function reading<T>(shape: Shape<T>): Reading<T> {
  return { shape, columns: columnsOf(shape, 'p.') };
}

/** Where a walk goes on: after the row with this key and id. */
export interface From {
  key: string | number | Date | null;
  id: string;
}

/** Rows looked at before others get their turn: SQLite answers on the thread that serves everybody. */
const STRIDE = 4000;
/** The first stride is short, and each is longer than the last: most pages are full after a few hundred rows. */
const FIRST_STRIDE = 250;
const LONGER = 4;

/** Which rows: those after `from`, `limit` of them, and none beyond the first `strides` of the walk. */
export interface Stretch {
  from: From | null;
  limit: number;
  strides?: number;
}

/** The way a walk takes, and what it reads. */
export type Way<T> = Source & { order: ProspectOrder; read: Reading<T> };
type Walk<T> = Way<T> & { isNull: boolean };

/**
 * The next rows of a source, one stride after another until enough are found; `isCut` when the strides were used up
 * before that or the end.
 */
export async function walkThrough<T>(
  db: Db,
  way: Way<T>,
  { from: start, limit, strides = Infinity }: Stretch,
): Promise<{ rows: T[]; isCut: boolean }> {
  const rows: T[] = [];
  let left = strides;
  let stride = FIRST_STRIDE;
  for (const isNull of way.order.mayBeNull ? [false, true] : [false]) {
    let from = start;
    if (from !== null && (from.key === null) !== isNull) {
      if (!isNull) continue;
      from = null;
    }
    const rest = { ...way, isNull };
    while (rows.length < limit) {
      if (left === 0) return { rows, isCut: true };
      const until = way.isIndexed ? null : await strideEnd(db, rest, from, stride);
      rows.push(...(await rowsBetween(db, rest, from, until, limit - rows.length)));
      if (until === null) break;
      from = until;
      left -= 1;
      stride = Math.min(stride * LONGER, STRIDE);
      await new Promise(setImmediate);
    }
  }
  return { rows, isCut: false };
}

/** The last row of the next stride, found in the index alone; null when the walk ends before. */
async function strideEnd<T>(db: Db, walk: Walk<T>, from: From | null, stride: number): Promise<From | null> {
  const shape: Shape<{ key: From['key']; id: string }> = { key: keyCell(walk), id: text };
  return db.row(
    sql`SELECT ${keyOf(db, walk)} AS key, p.id FROM ${walk.base}
      WHERE ${join([walk.scope, ...bound(db, walk, 'after', from)], ' AND ')}
      ORDER BY ${sorted(db, walk)} LIMIT 1 OFFSET ${stride - 1}`,
    shape,
  );
}

function rowsBetween<T>(
  db: Db,
  walk: Walk<T>,
  from: From | null,
  until: From | null,
  limit: number,
): Promise<T[]> {
  const conditions = [
    walk.scope,
    ...bound(db, walk, 'after', from),
    ...(until === null ? [] : bound(db, walk, 'upTo', until)),
    ...walk.conditions,
  ];
  return db.rows(
    sql`SELECT ${walk.read.columns} FROM ${walk.base} WHERE ${join(conditions, ' AND ')}
      ORDER BY ${sorted(db, walk)} LIMIT ${limit}`,
    walk.read.shape,
  );
}

function keyOf(db: Db, { order, isSorted }: Source & { order: ProspectOrder }): Sql {
  const column = raw(`p.${order.column}`);
  return isSorted ? db.dialect.unindexed(column) : column;
}

function keyCell({ order, isNull }: Pick<Walk<unknown>, 'order' | 'isNull'>): Cell<From['key']> {
  if (isNull) return () => null;
  if (order.column === 'last_activity_at') return instant;
  return order.column === 'fit_score' ? integer : text;
}

function sorted<T>(db: Db, walk: Walk<T>): Sql {
  const direction = walk.order.isDescending ? sql`DESC` : sql`ASC`;
  if (walk.isNull) return sql`p.id ${direction}`;
  return sql`${keyOf(db, walk)} ${direction}, p.id ${direction}`;
}

function bound<T>(db: Db, walk: Walk<T>, side: 'after' | 'upTo', point: From | null): Sql[] {
  const key = keyOf(db, walk);
  const nullness = walk.order.mayBeNull ? [walk.isNull ? sql`${key} IS NULL` : sql`${key} IS NOT NULL`] : [];
  if (point === null) return nullness;
  const isLess = walk.order.isDescending === (side === 'after');
  const sign = raw(`${isLess ? '<' : '>'}${side === 'upTo' ? '=' : ''}`);
  if (walk.isNull) return [...nullness, sql`p.id ${sign} ${point.id}`];
  return [...nullness, sql`(${key}, p.id) ${sign} (${point.key}, ${point.id})`];
}
