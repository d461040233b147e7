import type { StandingMerge } from '../../prospects/merge/merges.queries.js';
import type { Page } from '../rendering/page.js';

/** Whom a prospect has absorbed; the latest merge can be undone from here. */
export function mergesView(page: Page, merges: readonly StandingMerge[], zone: string) {
  return merges.map(({ id, absorbedName, mergedAt, mergedByName }, at) => ({
    text: page.t('duplicates.merged.line', { name: absorbedName, when: page.format.date(mergedAt, zone) }),
    who: mergedByName === null ? null : page.t('duplicates.merged.by', { who: mergedByName }),
    undo: at === 0 ? `/merges/${id}/undo` : null,
  }));
}
