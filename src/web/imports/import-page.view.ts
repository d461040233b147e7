import type { Import } from '../../prospects/import/import.entity.js';
import type { LeftBehind } from '../../prospects/import/left-behind.queries.js';
import { importCounts, importProgress, revertedSummary } from './import-outcome.view.js';
import { refusedRows, unreadRows } from './import-refused.view.js';
import type { Page } from '../rendering/page.js';

const STEPS = ['file', 'columns', 'check', 'import'] as const;
/** Which step each status stands at; 4: all done. */
const STEP_OF: Record<Import['status'], number> = {
  uploaded: 1,
  checking: 2,
  checked: 2,
  importing: 3,
  done: 4,
  failed: 4,
  cancelled: 3,
  reverting: 4,
  reverted: 4,
};

/** One page for the whole life of an import: what it shows follows from the status. */
export function importPage(page: Page, one: Import, left: LeftBehind, choosesColumns = false) {
  const isBack = choosesColumns || (one.status === 'failed' && one.isDryRun);
  const at = isBack ? 1 : STEP_OF[one.status];
  const isRunning = ['checking', 'importing', 'reverting'].includes(one.status);
  const hasResult = !one.isDryRun && ['done', 'failed', 'cancelled', 'reverted'].includes(one.status);
  const { t } = page;
  return {
    steps: STEPS.map((name, nth) => ({
      label: t(`imports.step.${name}`),
      isDone: nth < at,
      isCurrent: nth === at,
    })),
    failure: failureOf(page, one),
    stopped: one.status === 'cancelled' ? stoppedText(page, one) : null,
    progress: isRunning ? importProgress(page, one) : null,
    checked: one.status === 'checked' ? { ...importCounts(page, one), ...checkedLinks(page, one) } : null,
    result: hasResult ? { ...importCounts(page, one), ...resultLinks(page, one, left) } : null,
    reverted: revertedSummary(page, one),
  };
}

function checkedLinks(page: Page, one: Import) {
  return {
    action: `/imports/${one.id}/bring`,
    columnsHref: `/imports/${one.id}?step=columns`,
    bring: page.t('imports.bring', { count: one.created + one.updated }),
    listText: one.listName === '' ? null : one.listName,
    duplicatesText: page.t(`imports.onDuplicate.${one.onDuplicate}`),
    activeText: page.t(`imports.onActive.${one.onActive}`),
  };
}

function resultLinks(page: Page, one: Import, { rejects, unread }: LeftBehind) {
  const refused = one.skipped + one.failed;
  const unreadCount = Object.values(one.warnings ?? {}).reduce((all, rows) => all + rows, 0);
  const isWritten = one.created + one.updated > 0;
  const people = `/clients/${one.clientId}/prospects`;
  return {
    isReverted: one.status === 'reverted',
    prospectsHref: isWritten ? `${people}?import=${one.id}` : people,
    prospectsText: page.t(isWritten ? 'imports.seeProspects' : 'imports.seeAllProspects'),
    againHref: `/clients/${one.clientId}/imports`,
    rejectsHref: refused === 0 ? null : `/imports/${one.id}/rejects.csv`,
    rejectsText: page.t('imports.rejects', { count: refused }),
    refusedRows: refusedRows(page, one.understanding.labels, rejects),
    isMoreRefused: refused > rejects.length,
    unreadRows: unreadRows(page, one.understanding.labels, unread),
    moreUnread: unreadCount > unread.length ? page.t('imports.unread.more', { shown: unread.length }) : null,
    revertAction: one.status === 'reverted' || !isWritten ? null : `/imports/${one.id}/revert`,
  };
}

function stoppedText(page: Page, { rows, created, updated }: Import): string {
  return page.t('imports.stopped.text', { rows, written: created + updated });
}

function failureOf(page: Page, one: Import) {
  if (one.status !== 'failed') return null;
  const text =
    one.problem === null
      ? page.t('imports.failed.ours')
      : page.t(`errors.importFile.${one.problem.reason}`, one.problem.detail);
  return {
    text,
    advice:
      one.isDryRun || one.rows === 0
        ? page.t('imports.failed.nothing')
        : page.t('imports.failed.partly', { rows: one.rows }),
  };
}
