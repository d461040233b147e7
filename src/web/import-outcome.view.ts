import type { Import } from '../prospects/import/import.entity.js';
import type { ImportSummary, RejectedRow } from '../prospects/import/imports.queries.js';
import type { Page } from './rendering/page.js';

const OUTCOMES = ['created', 'updated', 'unchanged', 'skipped', 'failed'] as const;

/** How far a run has come. Rows are known in advance only after a dry run. */
export function importProgress(page: Page, one: Import) {
  const total = one.status === 'importing' ? one.totalRows : null;
  const rows = page.format.number(one.rows);
  return {
    isCheck: one.status === 'checking',
    href: `/imports/${one.id}`,
    rows: one.rows,
    total,
    text:
      total === null
        ? page.t('imports.progress.soFar', { rows: one.rows })
        : page.t('imports.progress.of', { rows, total: page.format.number(total) }),
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

/** A few of the rows refused, as they stood. */
export function refusedRows(page: Page, labels: readonly string[], rows: readonly RejectedRow[]) {
  return rows.map(({ rowNumber, reason, cells }) => ({
    row: page.format.number(rowNumber),
    reason: reason === null ? '' : page.t(`imports.reason.${reason}`),
    cells: (cells ?? [])
      .map((cell, at) => [labels[at] ?? '', cell.trim()] as const)
      .filter(([, cell]) => cell !== '')
      .slice(0, 5)
      .map(([label, cell]) => page.format.pair(label, cell.length > 40 ? `${cell.slice(0, 39)}…` : cell))
      .join(' · '),
  }));
}

export function revertedSummary(page: Page, one: Import) {
  const result = one.revertResult;
  if (result === null) return null;
  return {
    text: page.t('imports.reverted.text', { removed: result.removed, restored: result.restored }),
    keptText: result.keptCount === 0 ? null : page.t('imports.reverted.kept', { count: result.keptCount }),
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
};
