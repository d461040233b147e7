import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text, type RowOf } from '../../database/rows.js';

export const WORK_KINDS = ['merged', 'meeting', 'touch', 'reply', 'status', 'enrolment'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** What was done to somebody, and how often. */
export interface WorkDone {
  kind: WorkKind;
  count: number;
}

const FACT = { id: text, kind: text, undoesId: maybe(text) };
type FactRow = RowOf<typeof FACT>;

/**
 * The weightiest thing that happened to a prospect after a fact and still stands; null when nothing did but notes. What
 * was taken back within that time does not count, taking back something older does.
 */
export async function workSince(db: Db, prospectId: string, factId: string): Promise<WorkDone | null> {
  const facts = await db.rows(
    sql`SELECT id, kind, undoes_id FROM activity WHERE prospect_id = ${prospectId} AND id > ${factId}`,
    FACT,
  );
  const undone = new Set(facts.map(({ undoesId }) => undoesId));
  const recent = new Set(facts.map(({ id }) => id));
  const standing = facts.filter(
    (fact) => !undone.has(fact.id) && !(fact.undoesId !== null && recent.has(fact.undoesId)),
  );
  const found = standing.map(kindOf).filter((kind) => kind !== null);
  const kind = WORK_KINDS.find((one) => found.includes(one));
  return kind === undefined ? null : { kind, count: found.filter((one) => one === kind).length };
}

function kindOf({ kind }: FactRow): WorkKind | null {
  if (kind === 'note' || kind === 'prospect.created') return null;
  if (kind === 'merge') return 'merged';
  const room = kind.split('.')[0]!;
  return WORK_KINDS.find((one) => one === room) ?? 'status';
}
