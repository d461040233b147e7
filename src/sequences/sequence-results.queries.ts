import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Database } from '../database/database.js';
import { maybe, text, type RowOf } from '../database/rows.js';
import { NotFound } from '../shared/errors.js';
import { fromCursor, type Page, pageOf, PAGE_LIMIT } from '../shared/paging.js';
import type { Rate } from '../shared/rates.js';
import { loadSequence, loadVersion } from './sequence-loading.queries.js';
import { isCounted, reach, reachBySteps, reachFigures, reachTotals } from './sequence-reach.queries.js';
import type { Step } from './sequence.entity.js';
import { NOBODY, ratesOf, type ReachFigures } from './test-segment/test-figures.js';
import { type Verdict, verdictOf } from './variant-verdict.js';

/** What came of one variant of a step, or of the step as a whole (`variant` null). */
export interface VariantResult {
  variant: number | null;
  figures: ReachFigures;
  rates: Record<string, Rate>;
}

export interface StepResult {
  stepId: string;
  /** Place in the version shown, from 1. */
  position: number;
  day: number;
  channel: Step['channel'];
  whole: VariantResult;
  variants: VariantResult[];
  /** On the people who answered among those reached. */
  verdict: Verdict;
}

export interface Results {
  /** The version counted; null: all of them, under the steps of the newest. */
  version: number | null;
  total: VariantResult;
  steps: StepResult[];
}

const PERSON = {
  prospectId: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  status: text,
};
/** Somebody behind a figure. */
export type CountedPerson = RowOf<typeof PERSON>;

/** Which figure is opened. */
export interface RowsWish {
  figure: string;
  stepId?: string | undefined;
  variant?: number | undefined;
  version?: number | undefined;
  testId?: string | undefined;
  cursor?: string | undefined;
}

/** What came of a sequence, step by step and variant by variant, and who is behind each figure. */
@Injectable()
export class SequenceResults {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  of(actor: Actor, id: string, version?: number): Promise<Results> {
    return this.database.read(async (db) => {
      const { sequence, version: newest } = await loadSequence(db, actor, id);
      const shown = version === undefined ? newest : await loadVersion(db, sequence, version);
      const scope = { sequenceId: id, version };
      const counts = await reachBySteps(db, scope);
      const steps = shown.steps.map((step, index) =>
        stepResult(
          step,
          index + 1,
          counts.filter(({ stepId }) => stepId === step.id),
        ),
      );
      return {
        version: version ?? null,
        total: resultOf(null, await reachTotals(db, scope)),
        steps,
      };
    });
  }

  /** The people a figure counts, by name of id. @throws NotFound also for a figure there is not */
  rows(actor: Actor, id: string, wish: RowsWish): Promise<Page<CountedPerson>> {
    const figure = reachFigures.find((one) => one === wish.figure);
    if (!figure) throw new NotFound();
    const after = wish.cursor === undefined ? null : fromCursor(wish.cursor);
    const limit = PAGE_LIMIT.usual;
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      const { stepId, variant, version, testId } = wish;
      const rows = await db.rows(
        sql`${reach({ sequenceId: id, version, testId })}
            SELECT DISTINCT p.id AS prospect_id, p.full_name, p.title, p.company_name, p.status
            FROM r JOIN prospect p ON p.id = r.prospect_id WHERE ${isCounted(figure)}
            ${stepId === undefined ? empty : sql`AND r.step_id = ${stepId}`}
            ${variant === undefined ? empty : sql`AND r.variant = ${variant}`}
            ${after ? sql`AND p.id > ${after.id}` : empty} ORDER BY p.id LIMIT ${limit + 1}`,
        PERSON,
      );
      return pageOf(rows, limit, ({ prospectId }) => ({ key: null, id: prospectId }));
    });
  }
}

function stepResult(
  step: Step,
  position: number,
  counts: readonly (ReachFigures & { variant: number | null })[],
): StepResult {
  const variants = step.variants.map((_, variant) =>
    resultOf(variant, counts.find((one) => (one.variant ?? 0) === variant) ?? NOBODY),
  );
  return {
    stepId: step.id,
    position,
    day: step.day,
    channel: step.channel,
    whole: resultOf(null, counts.reduce<ReachFigures>(add, NOBODY)),
    variants: step.variants.length > 1 ? variants : [],
    verdict: verdictOf(variants.map(({ rates }) => rates['replied']!)),
  };
}

function resultOf(variant: number | null, counts: ReachFigures): VariantResult {
  const { attempted, delivered, bounced, replied, interested, booked, optedOut } = counts;
  const figures = { attempted, delivered, bounced, replied, interested, booked, optedOut };
  return { variant, figures, rates: ratesOf(figures) };
}

/** A person gets one variant of a step: those of the variants add up. */
function add(one: ReachFigures, other: ReachFigures): ReachFigures {
  return Object.fromEntries(
    reachFigures.map((figure) => [figure, one[figure] + other[figure]]),
  ) as unknown as ReachFigures;
}
