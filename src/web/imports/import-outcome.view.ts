import type { Import } from '../../prospects/import/import.entity.js';
import type { ImportSummary } from '../../prospects/import/imports.queries.js';
import type { Page } from '../rendering/page.js';

const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** Whole per cent of a run: by rows once a dry run has counted them, else by how far into the file they reach. */
function percentOf(one: Import): number {
  const whole = one.created + one.updated;
  if (one.status === 'reverting') return whole === 0 ? 0 : percent(takenBack(one) / whole);
  const byRows = one.status === 'importing' && one.totalRows !== null && one.totalRows > 0;
  return percent(byRows ? one.rows / one.totalRows! : one.bytesRead / one.bytes);
}

const percent = (share: number): number => Math.min(100, Math.floor(share * 100));

function takenBack({ revertResult }: Import): number {
  return revertResult === null ? 0 : revertResult.removed + revertResult.restored + revertResult.keptCount;
}

function progressText(page: Page, one: Import, done: number): string {
  const total = one.status === 'importing' ? one.totalRows : null;
  if (total === null) return page.t('imports.progress.soFar', { rows: done });
  return page.t('imports.progress.of', { rows: page.format.number(done), total: page.format.number(total) });
}

/** How far a run has come. */
export function importProgress(page: Page, one: Import) {
  const kind =
    one.status === 'reverting' ? 'reverting' : one.status === 'checking' ? 'checking' : 'importing';
  const done = kind === 'reverting' ? takenBack(one) : one.rows;
  return {
    title: page.t(`imports.progress.${kind}`),
    note: page.t(`imports.progress.${kind}Note`),
    href: `/imports/${one.id}`,
    percent: percentOf(one),
    text: progressText(page, one, done),
    cancelAction: kind === 'reverting' ? null : `/imports/${one.id}/cancel`,
    cancelText: page.t(`imports.cancel.${kind === 'checking' ? 'check' : 'import'}`),
  };
}

/** The counts of a dry run or of an import, with every reason. */
export function importCounts(page: Page, one: Import) {
  const { t, format } = page;
  const isDone = one.status !== 'checked';
  return {
    tiles: OUTCOMES.map((outcome) => ({
      label: t(`imports.${isDone ? 'done' : 'would'}.${outcome}`),
      value: format.number(one[outcome]),
      detail:
        one.rows === 0
          ? ''
          : t('imports.ofRows', { rate: format.percent(one[outcome] / one.rows, 0), rows: one.rows }),
    })),
    reasons: counted(page, one.reasons ?? {}, 'reason'),
    warnings: counted(page, one.warnings ?? {}, 'warning'),
    isNothing: one.created + one.updated === 0,
  };
}

function counted(page: Page, counts: Record<string, number>, kind: 'reason' | 'warning') {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([reason, rows]) => ({
      text: page.t(`imports.${kind}.${reason}`),
      advice: page.t(`imports.${kind}Advice.${reason}`),
      count: page.format.number(rows),
    }));
}

export function revertedSummary(page: Page, one: Import) {
  const result = one.revertResult;
  if (result === null || one.status !== 'reverted') return null;
  return {
    text: page.t('imports.reverted.text', { removed: result.removed, restored: result.restored }),
    keptText: result.keptCount === 0 ? null : page.t('imports.reverted.kept', { count: result.keptCount }),
    keptHref: result.keptCount === 0 ? null : `/imports/${one.id}/kept.csv`,
    isMoreKept: result.keptCount > result.kept.length,
    kept: result.kept.map(({ prospectId, name, reason }) => ({
      href: `/prospects/${prospectId}`,
      name,
      reason: page.t(`imports.kept.${reason}`),
    })),
  };
}

/** The client's imports so far, latest first. */
export function importHistory(page: Page, imports: readonly ImportSummary[], zone: string) {
  return imports.map((one) => ({
    href: `/imports/${one.id}`,
    fileName: one.fileName,
    who: one.createdByName,
    when: page.format.moment(one.createdAt, zone),
    status: BADGES[one.status] ?? one.status,
    statusText: page.t(`imports.status.${one.status}`),
    created: page.format.number(one.isDryRun ? 0 : one.created),
    updated: page.format.number(one.isDryRun ? 0 : one.updated),
    refused: page.format.number(one.isDryRun ? 0 : one.skipped + one.failed),
  }));
}

/** Statuses the badge has no colour of its own for. */
const BADGES: Partial<Record<ImportSummary['status'], string>> = {
  uploaded: 'queued',
  checking: 'running',
  checked: 'queued',
  importing: 'running',
  reverting: 'running',
  cancelled: 'paused',
};
