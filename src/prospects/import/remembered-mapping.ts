import { createHash } from 'node:crypto';
import { foldLabel } from '../../shared/folded-text.js';
import type { ColumnMapping, ColumnTarget } from './column-mapping.js';
import { isTargetField } from './target-field.js';
import type { Source } from './source-signature.js';

/** By the folded label and which of that name it is (`email`, `email 2`). */
export type LabelMapping = Record<string, ColumnTarget>;

/** Files that are one source to us: those of a known tool, else those with exactly these labels. */
export function signatureOf(source: Source, labels: readonly string[]): string {
  if (source !== 'other' && source !== 'french_sheet') return source;
  return `${source}:${createHash('sha256').update(namesOf(labels).join('\n')).digest('hex').slice(0, 32)}`;
}

export function toRemember(mapping: ColumnMapping, labels: readonly string[]): LabelMapping {
  return Object.fromEntries(namesOf(labels).map((name, at) => [name, mapping[at] ?? null]));
}

/** What was understood of a file, with what somebody decided about columns of these names before. */
export function asRemembered(
  understood: ColumnMapping,
  labels: readonly string[],
  remembered: LabelMapping,
): ColumnMapping {
  return namesOf(labels).map((name, at) => {
    const target = remembered[name];
    const isValid =
      target === null || (target !== undefined && (target.startsWith('custom:') || isTargetField(target)));
    return Object.hasOwn(remembered, name) && isValid ? target : (understood[at] ?? null);
  });
}

function namesOf(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return labels.map((label) => {
    const name = foldLabel(label);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}
