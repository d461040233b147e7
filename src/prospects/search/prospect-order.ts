import type { ProspectSort } from './prospect-list.dto.js';

/** How a list is sorted: one indexed column and the id, both in the same direction, so that one index walk serves it. */
export interface ProspectOrder {
  column: 'last_activity_at' | 'sort_name' | 'company_sort' | 'fit_score';
  isDescending: boolean;
  /** Rows without a value come after all others, whatever the direction. */
  mayBeNull: boolean;
}

const orders: Record<string, Pick<ProspectOrder, 'column' | 'mayBeNull'>> = {
  lastActivityAt: { column: 'last_activity_at', mayBeNull: false },
  name: { column: 'sort_name', mayBeNull: false },
  company: { column: 'company_sort', mayBeNull: false },
  fitScore: { column: 'fit_score', mayBeNull: true },
};

export function orderOf(sort: ProspectSort): ProspectOrder {
  const isDescending = sort.startsWith('-');
  return { ...orders[isDescending ? sort.slice(1) : sort]!, isDescending };
}
