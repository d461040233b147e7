import type { Criterion } from './engagement-terms.js';

/**
 * Criteria typed one a line, beside those of the version before: a line that stays, or that is reworded in its place, keeps
 * its key, so that claims and contests of earlier meetings still mean it.
 */
export function criteriaFromLines(
  text: string,
  before: readonly Criterion[],
): { key?: string | undefined; label: string }[] {
  const labels = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isKept = (label: string): boolean => labels.includes(label);
  return labels.map((label, index) => {
    const same = before.find((criterion) => criterion.label === label);
    const inPlace = labels.length === before.length ? before[index] : undefined;
    const key = same?.key ?? (inPlace && !isKept(inPlace.label) ? inPlace.key : undefined);
    return { key, label };
  });
}
