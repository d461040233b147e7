import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IcpCriteria } from '../../src/icp/criteria.js';
import { countsIn, criterionFigures, FIGURES, FitTally, patternsIn } from '../../src/icp/fit-summary.js';
import { judge } from '../../src/icp/fit-score.js';
import type { ProspectFacts } from '../../src/icp/prospect-facts.js';
import { segmentsOf } from '../../src/icp/segments.js';
import { askedBy, patternOf, verdictOfPattern } from '../../src/icp/verdict-pattern.js';

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const list = (...values: string[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const criteria: fc.Arbitrary<IcpCriteria> = fc.record({
  industries: list('Logiciels', 'Conseil'),
  nafCodes: list('62', '70.22'),
  headcount: fc.option(some({ min: 50 }, { min: 50, max: 200 }), { nil: null }),
  countries: list('FR', 'BE'),
  regions: list('Île-de-France', 'Bretagne'),
  functions: list('sales', 'hr'),
  seniorities: list('director', 'head'),
  titleKeywords: list('export'),
  technologies: list('SAP'),
  exclusions: fc.option(fc.record({ domains: list('concurrent.fr'), titleKeywords: list('stagiaire') }), {
    nil: null,
  }),
});
const maybe = (...values: string[]) => some<string | null>(...values, null);
const facts: fc.Arbitrary<ProspectFacts> = fc.record({
  domain: maybe('acme.fr', 'concurrent.fr'),
  industry: maybe('Logiciels', 'Bâtiment'),
  nafCode: maybe('62.01Z', '41.20A'),
  headcount: maybe('120', '11-50', '500', '5'),
  country: maybe('FR', 'ES'),
  region: maybe('Paris', 'Bretagne', 'Rhône'),
  title: maybe('Directrice commerciale export', 'Stagiaire ventes', 'DRH', 'Poète'),
  technologies: fc.option(some(['SAP'], ['Odoo']), { nil: null }),
});

/** The criteria without one thing they ask. */
function without(asked: IcpCriteria, name: string, lists: readonly string[]): IcpCriteria {
  if (name.startsWith('exclusions.'))
    return { ...asked, exclusions: { ...asked.exclusions, [name.slice('exclusions.'.length)]: [] } };
  return { ...asked, ...Object.fromEntries(lists.map((one) => [one, one === 'headcount' ? null : []])) };
}

describe('a pattern of answers', () => {
  it('stands for the verdict the judge gives', () => {
    fc.assert(
      fc.property(criteria, facts, (asks, has) => {
        const asked = askedBy(asks);
        const { verdict, reasons } = judge(asks, has);
        expect(verdictOfPattern(asked, patternOf(asked, reasons))).toBe(verdict);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells what the verdict would be had one thing not been asked: what the judge gives without it', () => {
    fc.assert(
      fc.property(criteria, facts, (asks, has) => {
        const asked = askedBy(asks);
        const pattern = patternOf(asked, judge(asks, has).reasons);
        asked.forEach(({ name, lists }, at) => {
          expect(verdictOfPattern(asked, pattern, at)).toBe(judge(without(asks, name, lists), has).verdict);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the figures of a list', () => {
  const counted = (asks: IcpCriteria, everybody: readonly ProspectFacts[]) => {
    const asked = askedBy(asks);
    const tally = new FitTally();
    const patterns = everybody.map((has) => {
      const { verdict, reasons } = judge(asks, has);
      const pattern = patternOf(asked, reasons);
      tally.add({ pattern, verdict, before: null, segments: segmentsOf(has) });
      return pattern;
    });
    return { asked, patterns, summary: tally.summary };
  };

  it('pass, fail and unknown share everybody out; settling is part of the unknown, costing alone of the failed', () => {
    fc.assert(
      fc.property(criteria, fc.array(facts, { maxLength: 30 }), (asks, everybody) => {
        const { asked, summary } = counted(asks, everybody);
        for (const { passed, failed, unknown, alone, settles } of criterionFigures(asked, summary)) {
          expect(passed + failed + unknown).toBe(everybody.length);
          expect(alone).toBeLessThanOrEqual(failed);
          expect(settles).toBeLessThanOrEqual(unknown);
        }
        const { fit, unfit, unknown } = summary.verdicts;
        expect(fit + unfit + unknown).toBe(summary.total);
      }),
    );
  });

  it('count exactly the rows their patterns open', () => {
    fc.assert(
      fc.property(criteria, fc.array(facts, { maxLength: 30 }), (asks, everybody) => {
        const { asked, patterns, summary } = counted(asks, everybody);
        for (const figures of criterionFigures(asked, summary))
          for (const figure of FIGURES) {
            const opened = new Set(patternsIn(figure, asked, summary, figures.at));
            expect(patterns.filter((pattern) => opened.has(pattern))).toHaveLength(figures[figure]);
          }
      }),
    );
  });

  it('a missing fact settles a prospect when all else holds, and only then', () => {
    const asked = askedBy({ countries: ['FR'], headcount: { min: 50 }, functions: ['sales'] });
    // Headcount first (it is the second question of all), then country, then function.
    expect(asked.map(({ name }) => name)).toEqual(['countries', 'headcount', 'functions']);
    expect(countsIn('settles', asked, 'yuy', 1)).toBe(true);
    expect(countsIn('settles', asked, 'yuu', 1)).toBe(false);
    expect(countsIn('settles', asked, 'nuy', 1)).toBe(false);
    // Unfit for the country alone: without it, unknown, since the size is.
    expect(countsIn('alone', asked, 'nuy', 0)).toBe(true);
    expect(countsIn('freed', asked, 'nuy', 0)).toBe(false);
    expect(countsIn('freed', asked, 'nyy', 0)).toBe(true);
  });
});
