import type { Verdict } from './fit-score.js';
import { type Asked, type Pattern, verdictOfPattern } from './verdict-pattern.js';

export const SEGMENTS = ['industry', 'headcount', 'country', 'region', 'jobFunction', 'seniority'] as const;
export type Segment = (typeof SEGMENTS)[number];
export type Segments = Readonly<Record<Segment, string | null>>;

export type VerdictCounts = Record<Verdict, number>;

/** People of one segment; `value` null: it is not known of them. */
export interface SegmentCount extends VerdictCounts {
  value: string | null;
}

/** Many judgements by one version, counted: everything a page says of them follows from this. */
export interface FitSummary {
  total: number;
  verdicts: VerdictCounts;
  patterns: Record<Pattern, number>;
  /** By the verdict stored before (`none` where there was none), then by this one. */
  changes: Record<string, VerdictCounts>;
  /** The commonest first. */
  segments: Record<Segment, SegmentCount[]>;
}

/** One judged prospect, as the summary counts it. */
export interface Counted {
  pattern: Pattern;
  verdict: Verdict;
  before: Verdict | null;
  segments: Segments;
}

/** Segments of one kind a summary keeps; a list of job titles could have thousands. */
const MOST_VALUES = 60;

/** Adds judgements up. */
export class FitTally {
  private readonly patterns = new Map<Pattern, number>();
  private readonly verdicts = noVerdicts();
  private readonly changes = new Map<string, VerdictCounts>();
  private readonly segments = new Map<Segment, Map<string | null, VerdictCounts>>();
  private total = 0;

  add({ pattern, verdict, before, segments }: Counted): void {
    this.total += 1;
    this.verdicts[verdict] += 1;
    this.patterns.set(pattern, (this.patterns.get(pattern) ?? 0) + 1);
    count(this.changes, before ?? 'none', verdict);
    for (const name of SEGMENTS) {
      const values = this.segments.get(name) ?? new Map<string | null, VerdictCounts>();
      this.segments.set(name, values);
      count(values, segments[name], verdict);
    }
  }

  get summary(): FitSummary {
    const segments = SEGMENTS.map((name) => [name, commonest(this.segments.get(name) ?? new Map())] as const);
    return {
      total: this.total,
      verdicts: { ...this.verdicts },
      patterns: Object.fromEntries(this.patterns),
      changes: Object.fromEntries(this.changes),
      segments: Object.fromEntries(segments) as FitSummary['segments'],
    };
  }
}

/** What of the patterns a figure counts; the same rule opens the rows it counts. */
export const FIGURES = ['passed', 'failed', 'unknown', 'alone', 'freed', 'settles'] as const;
export type Figure = (typeof FIGURES)[number];

/**
 * Whether a pattern counts in a figure of the thing asked at `at`:
 * - `passed`, `failed`, `unknown`: how it was answered, whatever the verdict;
 * - `alone`: unfit for this and nothing else;
 * - `freed`: not fit, and fit if this had not been asked;
 * - `settles`: unknown, and known if this one fact were: nothing else is missing or speaks against.
 */
export function countsIn(figure: Figure, asked: readonly Asked[], pattern: Pattern, at: number): boolean {
  const letter = pattern[at];
  const speaksAgainst = letter === 'n' || letter === 'x';
  switch (figure) {
    case 'passed':
      return letter === 'y' || letter === '-';
    case 'failed':
      return speaksAgainst;
    case 'unknown':
      return letter === 'u';
    case 'alone':
      return speaksAgainst && verdictOfPattern(asked, pattern, at) !== 'unfit';
    case 'freed':
      return verdictOfPattern(asked, pattern) !== 'fit' && verdictOfPattern(asked, pattern, at) === 'fit';
    case 'settles':
      return (
        letter === 'u' && Array.from(pattern).every((other, place) => place === at || 'y-'.includes(other))
      );
  }
}

/** The patterns a figure counts. */
export function patternsIn(
  figure: Figure,
  asked: readonly Asked[],
  summary: Pick<FitSummary, 'patterns'>,
  at: number,
): Pattern[] {
  return Object.keys(summary.patterns).filter((pattern) => countsIn(figure, asked, pattern, at));
}

/** One thing asked, with how many prospects each figure counts. */
export interface CriterionFigures extends Record<Figure, number> {
  asked: Asked;
  at: number;
}

/** What separates fit from unfit, thing by thing, in the order asked. */
export function criterionFigures(asked: readonly Asked[], summary: FitSummary): CriterionFigures[] {
  return asked.map((one, at) => {
    const figures = FIGURES.map((figure) => [
      figure,
      patternsIn(figure, asked, summary, at).reduce((sum, pattern) => sum + summary.patterns[pattern]!, 0),
    ]);
    return { asked: one, at, ...(Object.fromEntries(figures) as Record<Figure, number>) };
  });
}

function noVerdicts(): VerdictCounts {
  return { fit: 0, unfit: 0, unknown: 0 };
}

function count<Key>(counts: Map<Key, VerdictCounts>, key: Key, verdict: Verdict): void {
  const known = counts.get(key) ?? noVerdicts();
  known[verdict] += 1;
  counts.set(key, known);
}

function commonest(values: ReadonlyMap<string | null, VerdictCounts>): SegmentCount[] {
  const size = ({ fit, unfit, unknown }: VerdictCounts): number => fit + unfit + unknown;
  return [...values]
    .map(([value, counts]) => ({ value, ...counts }))
    .sort((one, other) => size(other) - size(one) || (one.value ?? '￿').localeCompare(other.value ?? '￿'))
    .slice(0, MOST_VALUES);
}
