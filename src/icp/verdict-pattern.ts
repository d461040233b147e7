import { EXCLUSION_LISTS, type Exclusions, type IcpCriteria } from './criteria.js';
import { QUESTIONS, type Reason, type Verdict } from './fit-score.js';

/** Something a version of an ICP asks: a question any of whose lists answers it, or an exclusion. */
export interface Asked {
  /** `industries`, `headcount`, `exclusions.domains` … the first of its lists names a question. */
  readonly name: string;
  readonly lists: readonly (keyof Exclusions | 'headcount')[];
  readonly isExclusion: boolean;
}

/** One letter per thing asked: `y` holds, `n` does not, `u` unknown; an exclusion is `x` when it strikes, else `-`. */
export type Pattern = string;

/** What a version asks, in the order of the letters of its patterns. */
export function askedBy(criteria: IcpCriteria): Asked[] {
  const questions = QUESTIONS.flatMap(({ lists }) => {
    const asked = lists.filter((name) => (criteria[name] ?? []).length > 0);
    return asked.length === 0 ? [] : [{ name: asked[0]!, lists: asked, isExclusion: false }];
  });
  const { headcount } = criteria;
  const people =
    headcount != null && (headcount.min != null || headcount.max != null)
      ? [{ name: 'headcount', lists: ['headcount' as const], isExclusion: false }]
      : [];
  const exclusions = EXCLUSION_LISTS.filter((name) => (criteria.exclusions?.[name] ?? []).length > 0).map(
    (name) => ({ name: `exclusions.${name}`, lists: [name], isExclusion: true }),
  );
  return [...questions.slice(0, 1), ...people, ...questions.slice(1), ...exclusions];
}

/** The reasons of a judgement, shortened to a pattern: prospects who answer alike are counted together. */
export function patternOf(asked: readonly Asked[], reasons: readonly Reason[]): Pattern {
  return asked.map((one) => letterOf(one, reasons)).join('');
}

/**
 * The verdict a pattern stands for, as `judge` would give it. With `without`, as if that thing had not been asked:
 * the counterfactual.
 */
export function verdictOfPattern(asked: readonly Asked[], pattern: Pattern, without = -1): Verdict {
  const letters = Array.from(pattern).filter((_, at) => at !== without);
  const questions = asked.filter((one, at) => at !== without && !one.isExclusion);
  if (letters.includes('x') || letters.includes('n')) return 'unfit';
  if (letters.includes('u')) return 'unknown';
  return questions.length > 0 || letters.length > 0 ? 'fit' : 'unknown';
}

function letterOf({ name, lists, isExclusion }: Asked, reasons: readonly Reason[]): string {
  if (isExclusion) return reasons.some((reason) => reason.criterion === name) ? 'x' : '-';
  const outcomes = reasons
    .filter(({ criterion }) => (lists as readonly string[]).includes(criterion))
    .map(({ outcome }) => outcome);
  if (outcomes.includes('match')) return 'y';
  return outcomes.includes('unknown') || outcomes.length === 0 ? 'u' : 'n';
}
