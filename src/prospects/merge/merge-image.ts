/** A row as a driver gives it, by column. */
export type StoredRow = Record<string, unknown>;

/** What stood before a merge, and what the merge did: enough to undo it exactly. */
export interface MergeImage {
  /** The absorbed prospect's whole row. */
  absorbed: StoredRow;
  /** The survivor's columns the merge changed: as they were, and as it left them. */
  before: StoredRow;
  after: StoredRow;
  /** Facts of the absorbed, in one list with those the merge itself wrote. */
  movedFacts: string[];
  writtenFacts: string[];
  /** Lists the survivor was put on, and all the absorbed was on. */
  joinedLists: string[];
  absorbedLists: string[];
  /** Oppositions entered because one of the two had objected. */
  suppressionIds: string[];
  /** What each part moved, by its name, in its own words. */
  parts: Record<string, unknown>;
}
