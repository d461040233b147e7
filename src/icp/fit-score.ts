import { EXCLUSION_LISTS, type CriteriaLists, type IcpCriteria } from './criteria.js';
import { headcountText } from './headcount.js';
import { MATCHERS, matchHeadcount, type Comparison } from './match-criterion.js';
import type { ProspectFacts } from './prospect-facts.js';

export type Verdict = 'fit' | 'unfit' | 'unknown';
export type Outcome = 'match' | 'miss' | 'unknown' | 'excluded';
type ListName = keyof CriteriaLists;

/** Why a verdict fell. No field holds a sentence: the screen puts it in the reader's language. */
export interface Reason {
  /** A name of the criteria ("headcount", "nafCodes") or of an exclusion ("exclusions.domains"). */
  readonly criterion: string;
  readonly outcome: Outcome;
  /** The fact in the words of its source; '' when it is missing. */
  readonly detail: string;
  /** What was asked: the values that held for a match or an exclusion, else all of them. */
  readonly wanted: readonly string[];
}

export interface Judgement {
  readonly verdict: Verdict;
  /** 0–100: the weighted share of the criteria that hold, an unknown one counting half; 0 when excluded. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** Lists that describe one thing in two ways: any of them is enough. */
export interface Question {
  readonly lists: readonly ListName[];
  readonly weight: number;
}

const HEADCOUNT_WEIGHT = 15;
/** In the order they are answered; the headcount comes second. */
export const QUESTIONS: readonly Question[] = [
  { lists: ['industries', 'nafCodes'], weight: 25 },
  { lists: ['countries'], weight: 15 },
  { lists: ['regions'], weight: 5 },
  { lists: ['functions', 'titleKeywords'], weight: 20 },
  { lists: ['seniorities'], weight: 15 },
  { lists: ['technologies'], weight: 5 },
];
const UNKNOWN_CREDIT = 0.5;
/** The least a match is worth: one technology of five, or the function without the very words of the title. Above an unknown. */
const PARTIAL_CREDIT = 0.8;

interface Answer {
  readonly outcome: Exclude<Outcome, 'excluded'>;
  readonly weight: number;
  readonly credit: number;
  readonly reasons: readonly Reason[];
}

/**
 * Judges a prospect against one version of an ICP. An exclusion that holds beats everything; then one known mismatch makes
 * `unfit`, one missing fact `unknown`, and only all criteria together `fit`. With nothing asked: `fit` if something was
 * excluded and does not hold, else `unknown`.
 */
export function judge(criteria: IcpCriteria, facts: ProspectFacts): Judgement {
  const excluded = exclusionsOf(criteria, facts);
  const answers = answersOf(criteria, facts);
  const reasons = [...excluded, ...answers.flatMap((answer) => answer.reasons)];
  if (excluded.length > 0) return { verdict: 'unfit', score: 0, reasons };
  if (answers.length === 0) return untested(criteria);
  return { verdict: verdictOf(answers), score: scoreOf(answers), reasons };
}

/** Whether the company is excluded for its name or domain. */
export function excludesCompany({ exclusions }: IcpCriteria, facts: ProspectFacts): boolean {
  return (['companyNames', 'domains'] as const).some((name) => {
    const values = exclusions?.[name] ?? [];
    return values.length > 0 && MATCHERS[name](values, facts).matched.length > 0;
  });
}

function exclusionsOf({ exclusions }: IcpCriteria, facts: ProspectFacts): Reason[] {
  return EXCLUSION_LISTS.flatMap((name) => {
    const values = exclusions?.[name] ?? [];
    if (values.length === 0) return [];
    const { found, matched } = MATCHERS[name](values, facts);
    const reason = {
      criterion: `exclusions.${name}`,
      outcome: 'excluded' as const,
      detail: found,
      wanted: matched,
    };
    return matched.length > 0 ? [reason] : [];
  });
}

function answersOf(criteria: IcpCriteria, facts: ProspectFacts): Answer[] {
  const { headcount } = criteria;
  const asksHeadcount = headcount != null && (headcount.min != null || headcount.max != null);
  const people = asksHeadcount
    ? [
        answer(HEADCOUNT_WEIGHT, [
          ['headcount', matchHeadcount(headcount, facts), [headcountText(headcount)]],
        ]),
      ]
    : [];
  const others = QUESTIONS.flatMap(({ lists, weight }) => {
    const asked = lists.filter((name) => (criteria[name] ?? []).length > 0);
    if (asked.length === 0) return [];
    return [
      answer(
        weight,
        asked.map((name) => [name, MATCHERS[name](criteria[name] ?? [], facts), criteria[name] ?? []]),
      ),
    ];
  });
  return [...others.slice(0, 1), ...people, ...others.slice(1)];
}

function answer(
  weight: number,
  parts: (readonly [name: string, comparison: Comparison, wanted: readonly string[]])[],
): Answer {
  const reasons = parts.map(([criterion, { found, matched, isConclusive }, wanted]): Reason => {
    const outcome = matched.length > 0 ? 'match' : isConclusive ? 'miss' : 'unknown';
    return { criterion, outcome, detail: found, wanted: outcome === 'match' ? matched : wanted };
  });
  const outcome = (['match', 'unknown', 'miss'] as const).find((one) =>
    reasons.some((reason) => reason.outcome === one),
  );
  return { outcome: outcome ?? 'unknown', weight, reasons, credit: creditOf(parts, outcome) };
}

function creditOf(
  parts: (readonly [string, Comparison, readonly string[]])[],
  outcome: Answer['outcome'] | undefined,
): number {
  if (outcome === 'miss') return 0;
  if (outcome !== 'match') return UNKNOWN_CREDIT;
  return PARTIAL_CREDIT + (1 - PARTIAL_CREDIT) * completeness(parts);
}

/** How fully a match holds, 0–1: the share of the technologies found, or of the ways of describing the job or industry. */
function completeness(parts: (readonly [string, Comparison, readonly string[]])[]): number {
  const shares = parts.map(([name, { matched }, wanted]) =>
    name === 'technologies' ? matched.length / wanted.length : Number(matched.length > 0),
  );
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function verdictOf(answers: readonly Answer[]): Verdict {
  if (answers.some(({ outcome }) => outcome === 'miss')) return 'unfit';
  return answers.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'fit';
}

function scoreOf(answers: readonly Answer[]): number {
  const asked = answers.reduce((sum, { weight }) => sum + weight, 0);
  const held = answers.reduce((sum, { weight, credit }) => sum + weight * credit, 0);
  return Math.round((100 * held) / asked);
}

function untested({ exclusions }: IcpCriteria): Judgement {
  const excludesSomething = EXCLUSION_LISTS.some((name) => (exclusions?.[name] ?? []).length > 0);
  return excludesSomething
    ? { verdict: 'fit', score: 100, reasons: [] }
    : { verdict: 'unknown', score: 50, reasons: [] };
}
