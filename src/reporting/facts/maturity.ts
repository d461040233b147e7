import type { Fact } from './fact.js';
import { isAttempt } from './touch-result.js';

/** Days after the last step until a person's outcome is taken as known (reporting.md §1). */
export const MATURITY_DAYS = 21;

const DAY = 86_400_000;

/**
 * The instant from which a person counts as mature: 21 days after the last step towards them. Null before the first
 * step, and while an enrolment still runs: its last step is not yet known.
 */
export function maturesAt(facts: readonly Fact[]): Date | null {
  const lastStep = facts.findLast(isAttempt);
  if (!lastStep || isStillRunning(facts)) return null;
  return new Date(lastStep.at.getTime() + MATURITY_DAYS * DAY);
}

function isStillRunning(facts: readonly Fact[]): boolean {
  const last = facts.findLast((fact) => fact.kind.startsWith('enrolment.'));
  return last !== undefined && last.kind !== 'enrolment.finished';
}
