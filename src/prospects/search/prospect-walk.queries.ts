import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { type Cell, instant, integer, type Shape, text } from '../../database/rows.js';
import { columnsOf } from '../prospect-columns.js';
import type { ProspectOrder } from './prospect-order.js';
import { type Selection, wordsIn } from './prospect-selection.queries.js';
import { type Source, sourceByWords, sourceOf } from './prospect-source.queries.js';

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
/** Strides walked to see whether what is asked for is all over the place: a page of it is then found by walking. */
const GLANCE = 2;
/** A glance that found this part of a page says so. */
const MANY = 1 / 4;

/** Which rows: those after `from`, `limit` of them, and none beyond the first `strides` of the walk. */
export interface Stretch {
  from: From | null;
  limit: number;
  strides?: number;
}

/**
 * The next rows of a selection. The index of the order is walked from `from`; a status in the order of activity has an
 * index of its own. Any other filter is tried on the rows met, one stride after another, until enough are found. A small
 * set that holds them all (a list, an owner's, a status, rare words) is taken whole and sorted instead.
 */
export async function walk<T>(
  db: Db,
  selection: Selection,
  order: ProspectOrder,
  stretch: Stretch,
  read: Reading<T>,
): Promise<T[]> {
  return (await walkFar(db, selection, order, stretch, read)).rows;
}

/** As `walk`; `isCut` when the strides were used up before the end was reached or enough was found. */
export async function walkFar<T>(
  db: Db,
  selection: Selection,
  order: ProspectOrder,
  stretch: Stretch,
  read: Reading<T>,
): Promise<{ rows: T[]; isCut: boolean }> {
  const words = wordsIn(selection);
  if (words.length === 0 && selection.parts.some(({ q }) => q)) return { rows: [], isCut: false };
  const source = await sourceOf(db, selection, order);
  if (source.isSorted || words.length === 0) return walkThrough(db, { ...source, order, read }, stretch);
  const glance = await walkThrough(db, { ...source, order, read }, { ...stretch, strides: GLANCE });
  if (glance.rows.length === stretch.limit || !glance.isCut) return glance;
  const areMany = glance.rows.length >= stretch.limit * MANY;
  const better = areMany ? source : await sourceByWords(db, selection, source);
  return walkThrough(db, { ...better, order, read }, stretch);
}

async function walkThrough<T>(
  db: Db,
  way: Omit<Walk<T>, 'isNull'>,
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

type Way = Source & { order: ProspectOrder; isNull: boolean };
type Walk<T> = Way & { read: Reading<T> };

/** The last row of the next stride, found in the index alone; null when the walk ends before. */
async function strideEnd(db: Db, walk: Way, from: From | null, stride: number): Promise<From | null> {
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

function keyOf(db: Db, { order, isSorted }: Way): Sql {
  const column = raw(`p.${order.column}`);
  return isSorted ? db.dialect.unindexed(column) : column;
}

function keyCell({ order, isNull }: Way): Cell<From['key']> {
  if (isNull) return () => null;
  if (order.column === 'last_activity_at') return instant;
  return order.column === 'fit_score' ? integer : text;
}

function sorted(db: Db, walk: Way): Sql {
  const direction = walk.order.isDescending ? sql`DESC` : sql`ASC`;
  if (walk.isNull) return sql`p.id ${direction}`;
  return sql`${keyOf(db, walk)} ${direction}, p.id ${direction}`;
}

function bound(db: Db, walk: Way, side: 'after' | 'upTo', point: From | null): Sql[] {
  const key = keyOf(db, walk);
  const nullness = walk.order.mayBeNull ? [walk.isNull ? sql`${key} IS NULL` : sql`${key} IS NOT NULL`] : [];
  if (point === null) return nullness;
  const isLess = walk.order.isDescending === (side === 'after');
  const sign = raw(`${isLess ? '<' : '>'}${side === 'upTo' ? '=' : ''}`);
  if (walk.isNull) return [...nullness, sql`p.id ${sign} ${point.id}`];
  return [...nullness, sql`(${key}, p.id) ${sign} (${point.key}, ${point.id})`];
}
