import type { Criterion } from '../clients/engagement.entity.js';

/** A reason a client may contest for; `label` is null where the reason is ours and has a text in each language. */
export interface ContestReason {
  key: string;
  label: string | null;
}

/** The closed list: the criteria agreed for this meeting, that it did not take place, or something else said in words. */
export function contestReasons(criteria: readonly Criterion[] | null): ContestReason[] {
  return [...(criteria ?? []), { key: 'not_held', label: null }, { key: 'other', label: null }];
}
