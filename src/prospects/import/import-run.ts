import type { IcpInForce } from '../../icp/best-fit.js';
import { ImaginedRows } from './imagined-rows.js';
import { KnownRows } from './known-rows.js';
import type { CellProblem, ProspectDraft } from './prospect-draft.js';
import {
  type Changes,
  decideRow,
  type KnownProspect,
  type OnActive,
  type OnDuplicate,
  type RowDecision,
} from './row-decision.js';
import type { DraftedRow } from './packed-rows.js';

/** What stays the same from the first row of a file to its last. */
export interface ImportRun {
  importId: string;
  clientId: string;
  userId: string | null;
  onDuplicate: OnDuplicate;
  onActive: OnActive;
  listId: string | null;
  /** Whose the people it creates are. */
  ownerId: string | null;
  icps: readonly IcpInForce[];
  /** ISO alpha-2, for phones without a country code. */
  defaultCountry: string | null;
  /** Prospects known before that rows before this chunk were about. Those the import created say so themselves. */
  seen: Set<string>;
  /** And those of this chunk, which count once it is committed. */
  seenInChunk: Set<string>;
  /** In a dry run: what earlier chunks would have created, since no database remembers it. */
  imagined: ImaginedRows;
}

export interface PlannedRow {
  row: DraftedRow;
  decision: RowDecision;
  /** Of the prospect to be created. */
  newId: string | null;
}

/** What a chunk looks its rows up in. */
export interface ChunkFinds {
  known: readonly KnownProspect[];
  /** Rows whose person must not be contacted on any channel. */
  suppressedRows: ReadonlySet<number>;
  erasedRows: ReadonlySet<DraftedRow>;
  newId: () => string;
}

/** Decides every row of a chunk, in order: a row sees what the rows before it did. Writes nothing. */
export function planChunk(run: ImportRun, rows: readonly DraftedRow[], finds: ChunkFinds): PlannedRow[] {
  run.seenInChunk.clear();
  const known = new KnownRows();
  finds.known.forEach((one) => known.add(one));
  return rows.map((row) => {
    const decision = decideRow(row, {
      holderOf: (kind, key) =>
        known.holderOf(kind, key) ?? run.imagined.holderOf(kind, key, row, run.importId),
      isSeen: (one) => isOwn(run, one) || run.seen.has(one.id) || run.seenInChunk.has(one.id),
      isSuppressed: finds.suppressedRows.has(row.number),
      isErased: finds.erasedRows.has(row),
      onDuplicate: run.onDuplicate,
      onActive: run.onActive,
    });
    const planned: PlannedRow = {
      row,
      decision,
      newId: decision.outcome === 'created' ? finds.newId() : null,
    };
    remember(run, planned, known);
    return planned;
  });
}

/** The chunk is safe: its prospects are known to later ones. */
export function settle(run: ImportRun): void {
  run.seenInChunk.forEach((id) => run.seen.add(id));
  run.seenInChunk.clear();
}

function remember(run: ImportRun, { row, decision, newId }: PlannedRow, known: KnownRows): void {
  if (decision.outcome === 'created')
    known.addLater(decision.keys, () => asKnown(run, row, newId!, decision.keys));
  if (!('known' in decision) || decision.known === undefined) return;
  if (!isOwn(run, decision.known)) run.seenInChunk.add(decision.known.id);
  if ('changes' in decision && decision.changes !== null) {
    known.add(changed(decision.known, decision.changes, isOwn(run, decision.known)));
  }
}

/** Later rows of the file meet the prospect as this row leaves it; the one the decision holds stays as it was. */
function changed(known: KnownProspect, changes: Changes, isOurs: boolean): KnownProspect {
  return {
    ...known,
    ...changes.person,
    custom: { ...known.custom, ...changes.custom },
    keys: { ...known.keys, ...changes.keys },
    version: isOurs ? known.version : known.version + 1,
  };
}

/** Created by this very import: a later row of the file completes it, and that is no change to take back by itself. */
export function isOwn(run: ImportRun, known: KnownProspect): boolean {
  return known.importId === run.importId;
}

/** A prospect this run creates, as later rows of the file meet it. */
export function asKnown(
  { importId }: ImportRun,
  draft: ProspectDraft,
  id: string,
  keys: KnownProspect['keys'],
): KnownProspect {
  const companyName = draft.company?.name ?? null;
  const judged = { icpVersionId: null, fit: null, fitScore: null, fitReasons: null };
  return {
    ...draft.person,
    id,
    keys,
    companyId: null,
    companyName,
    custom: draft.custom,
    status: 'new',
    version: 1,
    importId,
    judged,
  };
}

export interface Counts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  reasons: Record<string, number>;
  warnings: Record<string, number>;
}

export const noCounts = (): Counts => ({
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  reasons: {},
  warnings: {},
});

/** The counts so far with a chunk added. A cell problem counts only where the row went on. */
export function withChunk(before: Counts, planned: readonly PlannedRow[]): Counts {
  const counts = { ...before, reasons: { ...before.reasons }, warnings: { ...before.warnings } };
  for (const { decision, row } of planned) {
    counts.rows += 1;
    counts[decision.outcome] += 1;
    if ('reason' in decision) add(counts.reasons, decision.reason);
    else row.warnings.forEach((warning: CellProblem) => add(counts.warnings, warning));
  }
  return counts;
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
