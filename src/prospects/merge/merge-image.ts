/** A prospect's columns by the names of the entity, as JSON keeps them. */
export type StoredRow = Record<string, unknown>;

/** What stood before a merge, and what the merge did: enough to undo it exactly. */
export interface MergeImage {
  /** The absorbed prospect's whole row. */
  absorbed: StoredRow;
  /** The survivor's columns the merge changed: as they were, and as it left them. */
  before: StoredRow;
  after: StoredRow;
  /** Facts the absorbed brought along, and those the merge itself wrote. */
  movedFacts: string[];
  writtenFacts: string[];
  /** Older aliases the absorbed brought along. */
  movedAliases: string[];
  /** Lists the survivor was put on, and all the absorbed was on. */
  joinedLists: string[];
  absorbedLists: string[];
  /** Whom the absorbed was said not to be. */
  dismissals: { otherId: string; at: string; by: string | null }[];
  /** Pairs that waited for a decision about the absorbed; merges of before have none. */
  openPairs?: { otherId: string; score: number; foundAt: string }[];
  /** Oppositions entered because one of the two had objected. */
  suppressionIds: string[];
  /** What each part moved, by its name, in its own words. */
  parts: Record<string, unknown>;
}

/** The columns that a merge changed, before and after, in the form JSON keeps. */
export function changedColumns(before: StoredRow, after: StoredRow): { before: StoredRow; after: StoredRow } {
  const stored = (row: StoredRow): StoredRow => JSON.parse(JSON.stringify(row)) as StoredRow;
  const [was, is] = [stored(before), stored(after)];
  const changed = Object.keys(is).filter((name) => !isSame(was[name], is[name]));
  const pick = (row: StoredRow): StoredRow =>
    Object.fromEntries(changed.map((name) => [name, row[name] ?? null]));
  return { before: pick(was), after: pick(is) };
}

/** Columns that follow from others or from the clock: what they are now stands in nobody's way. */
const FOLLOWING = new Set([
  ...['sortName', 'companySort', 'searchText', 'icpVersionId', 'fit', 'fitScore', 'fitReasons'],
  ...['lastActivityAt', 'createdAt', 'statusAt', 'ownerId'],
]);

/** The columns a merge changed and somebody has changed again since: what they hold now belongs to neither side alone. */
export function editedSince(after: StoredRow, now: StoredRow): string[] {
  const current = JSON.parse(JSON.stringify(now)) as StoredRow;
  return Object.keys(after).filter((name) => !FOLLOWING.has(name) && !isSame(after[name], current[name]));
}

/** What the survivor gets back: each column as it was, but for those that have moved on by themselves. */
export function restoredColumns({ before, after }: MergeImage, now: StoredRow): StoredRow {
  const current = JSON.parse(JSON.stringify(now)) as StoredRow;
  const kept = Object.keys(before).filter(
    (name) => !FOLLOWING.has(name) || isSame(after[name], current[name]),
  );
  return Object.fromEntries(kept.map((name) => [name, before[name]]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
