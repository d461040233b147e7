import { isFreeMailDomain } from '../../shared/email-address.js';
import { foldLabel } from '../../shared/folded-text.js';
import { normaliseSuppression, type SuppressionKey } from '../suppression/suppression-keys.js';
import type { SuppressionKind } from '../suppression/suppression.entity.js';
import type { ColumnMapping } from './column-mapping.js';
import { readText } from './read-cell.js';

/** Why a cell of a list of oppositions is no entry. */
export type ListProblem = 'unreadable' | 'free_mail' | 'blank_row';
export interface ListEntry {
  entries: SuppressionKey[];
  problems: { cell: string; problem: ListProblem }[];
}

const KINDS: Record<string, SuppressionKind> = {
  email: 'email',
  linkedinUrl: 'linkedin',
  phone: 'phone',
  mobilePhone: 'phone',
};
const DOMAIN_LABELS = new Set(['domain', 'domaine', 'companydomain', 'domains', 'domaines', 'nomdedomaine']);

/**
 * What the columns of a list of oppositions hold. A column of sites beside a column of people is where they work, and
 * silences no company; one that is called "domain" is meant. Null: what the cell looks like.
 */
export function listColumns(
  labels: readonly string[],
  mapping: ColumnMapping,
  hasHeader: boolean,
): (SuppressionKind | 'any' | null)[] {
  const kinds = labels.map((label, at) => {
    if (DOMAIN_LABELS.has(foldLabel(label))) return 'domain';
    return KINDS[mapping[at] ?? ''] ?? null;
  });
  if (kinds.some((kind) => kind !== null)) return kinds;
  if (mapping.includes('website')) return mapping.map((target) => (target === 'website' ? 'domain' : null));
  return labels.length === 1 || !hasHeader
    ? labels.map(() => 'any')
    : labels.map((_, at) => (at === 0 ? 'any' : null));
}

/** The entries of a row; every cell that was filled and is none comes back with why. */
export function readListRow(
  cells: readonly string[],
  columns: readonly (SuppressionKind | 'any' | null)[],
  country: string | undefined,
): ListEntry {
  const read: ListEntry = { entries: [], problems: [] };
  columns.forEach((column, at) => {
    const cell = column === null ? null : readText(cells[at] ?? '');
    if (cell === null || column === null) return;
    const kind = column === 'any' ? kindOf(cell) : column;
    const value = kind === null ? null : normaliseSuppression(kind, cell, country);
    if (kind === null || value === null) read.problems.push({ cell, problem: 'unreadable' });
    else if (kind === 'domain' && isFreeMailDomain(value.replace(/^\*\./u, '')))
      read.problems.push({ cell, problem: 'free_mail' });
    else read.entries.push({ kind, value });
  });
  if (read.entries.length + read.problems.length === 0)
    read.problems.push({ cell: '', problem: 'blank_row' });
  return read;
}

function kindOf(cell: string): SuppressionKind | null {
  if (/linkedin\.com/iu.test(cell)) return 'linkedin';
  if (/[^\s@]@[^\s@]/u.test(cell)) return 'email';
  if (/^[\d\s().+'/-]{6,}$/u.test(cell)) return 'phone';
  return /^(?:\*\.|@|https?:\/\/)?[^\s@/]+\.[^\s@/]{2,}/iu.test(cell) ? 'domain' : null;
}
