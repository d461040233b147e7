import type { RowBefore } from './bulk-act.js';

/** A person an act has come to. */
export interface BulkPlace {
  position: number;
  prospectId: string;
  before: RowBefore | null;
}

/** Somebody left as they were; `more`: what else the reason has to say. */
export interface Left {
  isDone: false;
  reason: string;
  more: RowBefore | null;
}

/** What became of one person: changed, or left for a reason. */
export type Deed = { isDone: true; before: RowBefore } | Left;

export const done = (before: RowBefore): Deed => ({ isDone: true, before });

export function left(reason: string, more: RowBefore = {}): Left {
  return { isDone: false, reason, more: Object.keys(more).length === 0 ? null : more };
}
