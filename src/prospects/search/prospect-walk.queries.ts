import type { Db } from '../../database/db.js';
import { walkByName } from './name-walk.queries.js';
import type { ProspectOrder } from './prospect-order.js';
import { type Selection, wordsIn } from './prospect-selection.queries.js';
import { fewOf, sourceOf, sourceOfFew, sourceWithin } from './prospect-source.queries.js';
import { type Reading, type Stretch, walkThrough } from './row-walk.queries.js';
import { candidatesFor } from './word-candidates.queries.js';

/** Strides walked to see whether what is asked for is all over the place: a page of it is then found by walking. */
const GLANCE = 2;
/** A glance that found this part of a page says so. */
const MANY = 1 / 4;

/**
 * The next rows of a selection. The index of the order is walked from `from`; a status in the order of activity has an
 * index of its own. Any other filter is tried on the rows met, one stride after another, until enough are found. A small
 * set that holds them all (a list, an owner's, a status) is taken whole and sorted instead.
 *
 * Words are looked for on the first rows met. Where hardly any has them, their index says who does: a few are sorted; more
 * of them are found by name where they stand together, or else are a set that the walk keeps to.
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
  if (glance.rows.length >= stretch.limit * MANY) return walkThrough(db, { ...source, order, read }, stretch);
  const found = await candidatesFor(db, [selection.clientId], words, { mayAddOthers: true });
  const few = await fewOf(db, found);
  if (few !== null) return walkThrough(db, { ...sourceOfFew(db, selection, few), order, read }, stretch);
  const byName = await walkByName(db, selection, { order, read }, stretch);
  if (byName !== null) return byName;
  return walkThrough(db, { ...sourceWithin(db, found, source), order, read }, stretch);
}
