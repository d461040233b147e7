import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import type { ProspectOrder } from './prospect-order.js';
import { type Selection, wordsIn } from './prospect-selection.queries.js';
import { everyCondition, fewOf, type Source, sourceOfFew } from './prospect-source.queries.js';
import { type Reading, type Stretch, walkThrough } from './row-walk.queries.js';
import { besidesName } from './word-candidates.queries.js';

/** After every text that begins so. */
const LAST = '\u{10FFFF}';

interface Named {
  id: string;
  sortName: string;
}

/**
 * A page by name of those who have a word: most have it as the name they are sorted under and stand together, and the
 * others, where they are few, are sorted in between. So nobody who comes before them is looked at. Null when the order is
 * another, or the others are many: then they are all over the place, and a walk meets them soon.
 */
export async function walkByName<T>(
  db: Db,
  selection: Selection,
  { order, read }: { order: ProspectOrder; read: Reading<T> },
  stretch: Stretch,
): Promise<{ rows: T[]; isCut: boolean } | null> {
  if (order.column !== 'sort_name' || !('sortName' in read.shape)) return null;
  for (const word of wordsIn(selection)) {
    const others = await othersWith(db, selection.clientId, word);
    if (others === null) continue;
    const together = await walkThrough(db, { ...sortedUnder(db, selection, word), order, read }, stretch);
    const few = await walkThrough(db, { ...sourceOfFew(db, selection, others), order, read }, stretch);
    const rows = merged([...together.rows, ...few.rows] as (T & Named)[], order);
    return { rows: rows.slice(0, stretch.limit), isCut: together.isCut };
  }
  return null;
}

/** Null when they are many. */
async function othersWith(db: Db, clientId: string, word: string): Promise<string[] | null> {
  const besides = await besidesName(db, clientId, word);
  return besides === null ? null : fewOf(db, besides);
}

function sortedUnder(db: Db, selection: Selection, word: string): Source {
  return {
    base: sql`prospect p`,
    scope: sql`p.client_id = ${selection.clientId} AND p.sort_name >= ${word} AND p.sort_name < ${word + LAST}`,
    conditions: everyCondition(db, selection),
    isIndexed: false,
    isSorted: false,
  };
}

/** Each once, in the order the database has them in. */
function merged<T extends Named>(rows: readonly T[], { isDescending }: ProspectOrder): T[] {
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  const sign = isDescending ? -1 : 1;
  return once.sort((a, b) => sign * (compare(a.sortName, b.sortName) || compare(a.id, b.id)));
}

function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
