import type { NamedPerson, RefusedRow, UnreadRow } from '../../prospects/import/left-behind.queries.js';
import type { Page } from '../rendering/page.js';

/** A few of the rows refused, as they stood, with whom they speak of. */
export function refusedRows(page: Page, labels: readonly string[], rows: readonly RefusedRow[]) {
  return rows.map(({ rowNumber, reason, cells, fullName, people, missing }) => ({
    row: page.format.number(rowNumber),
    reason: reason === null ? '' : page.t(`imports.reason.${reason}`),
    missing: missing === null ? null : page.t(`imports.missing.${missing}`),
    name: fullName,
    people: people.map((one) => personView(page, one)),
    cells: cellsText(page, labels, cells ?? []),
  }));
}

function personView(page: Page, { id, fullName, companyName, by }: NamedPerson) {
  const sign = by === null ? page.t('imports.conflict.known') : page.t(`imports.conflict.${by}`);
  return {
    href: `/prospects/${id}`,
    name: fullName,
    company: companyName,
    sign: page.format.pair(sign, '').trim(),
  };
}

/** The cells nobody could read, each with its row. */
export function unreadRows(page: Page, labels: readonly string[], rows: readonly UnreadRow[]) {
  return rows.map(({ rowNumber, reason, cells, prospectId, fullName }) => ({
    row: page.format.number(rowNumber),
    problem: page.t(`imports.warning.${reason}`),
    name: fullName,
    href: prospectId === null ? null : `/prospects/${prospectId}`,
    cells: cellsText(page, labels, cells),
  }));
}

function cellsText(page: Page, labels: readonly string[], cells: readonly string[]): string {
  return cells
    .map((cell, at) => [labels[at] ?? '', cell.trim()] as const)
    .filter(([, cell]) => cell !== '')
    .slice(0, 5)
    .map(([label, cell]) => page.format.pair(label, cell.length > 40 ? `${cell.slice(0, 39)}…` : cell))
    .join(' · ');
}
