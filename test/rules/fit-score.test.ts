import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameCriteria, tidyCriteria, type IcpCriteria } from '../../src/icp/criteria.js';
import { judge } from '../../src/icp/fit-score.js';
import type { ProspectFacts } from '../../src/icp/prospect-facts.js';

const SOFTWARE_SALES: IcpCriteria = {
  industries: ['Logiciels'],
  nafCodes: ['62'],
  headcount: { min: 50, max: 500 },
  countries: ['FR', 'BE'],
  functions: ['sales'],
  seniorities: ['director', 'c_level'],
  exclusions: { domains: ['concurrent.fr'], titleKeywords: ['stagiaire'] },
};
const CAMILLE: ProspectFacts = {
  companyName: 'Édilog SAS',
  domain: 'edilog.fr',
  industry: 'Édition de logiciels',
  nafCode: '6201Z',
  headcount: 120,
  country: 'France',
  title: 'Directrice des ventes',
};

const outcomes = (criteria: IcpCriteria, facts: ProspectFacts): Record<string, string> =>
  Object.fromEntries(judge(criteria, facts).reasons.map(({ criterion, outcome }) => [criterion, outcome]));

describe('judging a prospect against an ICP', () => {
  it('everything asked and everything known to hold: fit, 100', () => {
    expect(judge(SOFTWARE_SALES, CAMILLE)).toMatchObject({ verdict: 'fit', score: 100 });
  });

  it('one known mismatch makes it unfit, and the reason says which fact', () => {
    const { verdict, reasons } = judge(SOFTWARE_SALES, { ...CAMILLE, headcount: 12 });
    expect(verdict).toBe('unfit');
    expect(reasons).toContainEqual({
      criterion: 'headcount',
      outcome: 'miss',
      detail: '12',
      wanted: ['50–500'],
    });
  });

  it('a missing fact makes it unknown, not unfit, and the score stands between', () => {
    // Weights asked: 25 sector + 15 headcount + 15 country + 20 job + 15 rank = 90; half of the 15 is lost: 82.5 / 90 = 91.67.
    expect(judge(SOFTWARE_SALES, { ...CAMILLE, headcount: null })).toMatchObject({
      verdict: 'unknown',
      score: 92,
    });
  });

  it('nothing known at all scores 50', () => {
    expect(judge(SOFTWARE_SALES, {})).toMatchObject({ verdict: 'unknown', score: 50 });
  });

  it('an exclusion beats a prospect that fits in every other way', () => {
    const { verdict, score, reasons } = judge(SOFTWARE_SALES, { ...CAMILLE, domain: 'eu.concurrent.fr' });
    expect([verdict, score]).toEqual(['unfit', 0]);
    expect(reasons[0]).toEqual({
      criterion: 'exclusions.domains',
      outcome: 'excluded',
      detail: 'eu.concurrent.fr',
      wanted: ['concurrent.fr'],
    });
  });

  it('an industry is told by its label or by its NAF code: either is enough', () => {
    const byCode = { ...CAMILLE, industry: 'Conseil' };
    expect(judge(SOFTWARE_SALES, byCode).verdict).toBe('fit');
    expect(outcomes(SOFTWARE_SALES, byCode)).toMatchObject({ industries: 'miss', nafCodes: 'match' });
    expect(judge(SOFTWARE_SALES, { ...byCode, nafCode: null }).verdict).toBe('unknown');
    expect(judge(SOFTWARE_SALES, { ...byCode, nafCode: '47.11B' }).verdict).toBe('unfit');
  });

  it('the label of a NAF code proves an industry, but never disproves one', () => {
    expect(judge({ industries: ['logiciel'] }, { nafCode: '58.29C' }).verdict).toBe('fit');
    expect(judge({ industries: ['SaaS'] }, { nafCode: '58.29C' }).verdict).toBe('unknown');
  });

  it('a title keyword is one more way to hold the job', () => {
    const growth: IcpCriteria = { functions: ['sales'], titleKeywords: ['growth'] };
    expect(judge(growth, { title: 'Head of Growth' }).verdict).toBe('fit');
    expect(judge(growth, { title: 'Responsable des ventes' }).verdict).toBe('fit');
    expect(judge(growth, { title: 'Comptable' }).verdict).toBe('unfit');
  });

  it('keywords are whole words in either gender: "directeur commercial" finds "Directrice Commerciale"', () => {
    const criteria: IcpCriteria = { titleKeywords: ['directeur commercial'] };
    expect(judge(criteria, { title: 'Directrice Commerciale France' }).verdict).toBe('fit');
    expect(judge({ titleKeywords: ['CEO'] }, { title: 'Oceopôle' }).verdict).toBe('unfit');
  });

  it('a product manager is no manager; a source that says so outright is believed', () => {
    const managers: IcpCriteria = { seniorities: ['manager'] };
    expect(judge(managers, { title: 'Product Manager' }).verdict).toBe('unfit');
    expect(judge(managers, { title: 'Product Manager', seniority: 'Manager' }).verdict).toBe('fit');
  });

  it('a function no list knows is looked for in the title', () => {
    expect(judge({ functions: ['boulangerie'] }, { title: 'Responsable boulangerie' }).verdict).toBe('fit');
  });

  it('a headcount band across the edge of the range does not tell', () => {
    expect(judge({ headcount: { min: 50 } }, { headcount: '11-50' }).verdict).toBe('unknown');
    expect(judge({ headcount: { min: 50 } }, { headcount: '51-200' }).verdict).toBe('fit');
  });

  it('company names are compared without their legal form', () => {
    expect(judge({ exclusions: { companyNames: ['EDILOG'] } }, CAMILLE).verdict).toBe('unfit');
    expect(judge({ exclusions: { companyNames: ['Edi'] } }, CAMILLE).verdict).toBe('fit');
  });

  it('a region is found under its English name, and a hostile one is only a text', () => {
    expect(judge({ regions: ['Bretagne'] }, { region: 'Brittany' }).verdict).toBe('fit');
    expect(judge({ regions: ['Bretagne'] }, { region: 'constructor' }).verdict).toBe('unfit');
  });

  it('an ICP that asks nothing knows nothing; one that only excludes keeps the rest', () => {
    expect(judge({}, CAMILLE)).toEqual({ verdict: 'unknown', score: 50, reasons: [] });
    expect(judge({ exclusions: { countries: ['US'] } }, CAMILLE).verdict).toBe('fit');
  });
});

/** Values of the criteria beside facts that hold for them and say nothing against another criterion. */
const MATCHING: Readonly<Record<string, { criteria: IcpCriteria; facts: ProspectFacts }>> = {
  industry: { criteria: { industries: ['logiciels'] }, facts: { industry: 'Logiciels de gestion' } },
  naf: { criteria: { nafCodes: ['62.0'] }, facts: { nafCode: '6202A' } },
  headcount: { criteria: { headcount: { min: 10, max: 99 } }, facts: { headcount: '11-50' } },
  country: { criteria: { countries: ['Allemagne'] }, facts: { country: 'Germany' } },
  region: { criteria: { regions: ['Île-de-France'] }, facts: { region: 'Ile de France' } },
  function: { criteria: { functions: ['finance'] }, facts: { function: 'Finance' } },
  seniority: { criteria: { seniorities: ['head', 'vp'] }, facts: { seniority: 'VP' } },
  technology: { criteria: { technologies: ['Salesforce', 'HubSpot'] }, facts: { technologies: ['hubspot'] } },
};
const names = Object.keys(MATCHING);
const subset = fc.subarray(names);
const EXCLUDING: readonly (readonly [IcpCriteria, ProspectFacts])[] = [
  [{ exclusions: { domains: ['exclu.fr'] } }, { domain: 'exclu.fr' }],
  [{ exclusions: { countries: ['RU'] } }, { country: 'Russie' }],
  [{ exclusions: { companyNames: ['Exclue'] } }, { companyName: 'Exclue SARL' }],
  [{ exclusions: { titleKeywords: ['stagiaire'] } }, { title: 'Stagiaire finance' }],
  [{ exclusions: { nafCodes: ['84'] } }, { nafCode: '84.11Z' }],
  [{ exclusions: { seniorities: ['intern'] } }, { seniority: 'Intern' }],
];

const criteriaOf = (asked: readonly string[]): IcpCriteria =>
  asked.reduce<IcpCriteria>((all, name) => ({ ...all, ...MATCHING[name]?.criteria }), {});
const factsOf = (held: readonly string[]): ProspectFacts =>
  held.reduce<ProspectFacts>((all, name) => ({ ...all, ...MATCHING[name]?.facts }), {});

describe('laws of the judgement', () => {
  it('an exclusion that holds always wins, whatever else fits', () => {
    fc.assert(
      fc.property(subset, subset, fc.constantFrom(...EXCLUDING), (asked, held, [exclusion, fact]) => {
        const judged = judge({ ...criteriaOf(asked), ...exclusion }, { ...factsOf(held), ...fact });
        expect([judged.verdict, judged.score, judged.reasons[0]?.outcome]).toEqual(['unfit', 0, 'excluded']);
      }),
    );
  });

  it('adding a matching fact never lowers the score nor takes a fit away', () => {
    fc.assert(
      fc.property(subset, subset, fc.constantFrom(...names), (asked, held, added) => {
        const criteria = criteriaOf(asked);
        const before = judge(criteria, factsOf(held));
        const after = judge(criteria, factsOf([...held, added]));
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        if (before.verdict === 'fit') expect(after.verdict).toBe('fit');
      }),
    );
  });

  it('missing facts alone never make a prospect unfit', () => {
    fc.assert(
      fc.property(subset, subset, (asked, held) => {
        expect(judge(criteriaOf(asked), factsOf(held)).verdict).not.toBe('unfit');
      }),
    );
  });

  it('fit means that every criterion holds, and all of them known holding means fit', () => {
    fc.assert(
      fc.property(subset, (asked) => {
        fc.pre(asked.length > 0);
        expect(judge(criteriaOf(asked), factsOf(asked)).verdict).toBe('fit');
      }),
    );
  });

  const anyFacts = fc.record<ProspectFacts>(
    {
      industry: fc.string(),
      nafCode: fc.string(),
      headcount: fc.oneof(fc.string(), fc.integer()),
      country: fc.string(),
      region: fc.string(),
      title: fc.string({ unit: 'grapheme' }),
      function: fc.string(),
      seniority: fc.string(),
      technologies: fc.array(fc.string()),
      domain: fc.string(),
      companyName: fc.string(),
    },
    { requiredKeys: [] },
  );

  it('takes any text, says the same each time, and keeps the score within 0–100', () => {
    fc.assert(
      fc.property(subset, anyFacts, (asked, facts) => {
        const criteria = { ...criteriaOf(asked), exclusions: SOFTWARE_SALES.exclusions ?? {} };
        const judged = judge(criteria, facts);
        expect(judged).toEqual(judge(criteria, facts));
        expect(judged.score >= 0 && judged.score <= 100 && Number.isInteger(judged.score)).toBe(true);
      }),
    );
  });
});

describe('criteria as they are kept', () => {
  it('trims, drops doubles and blanks, writes codes one way, and leaves empty lists out', () => {
    expect(
      tidyCriteria({
        nafCodes: ['6201z', '62.01Z', ' '],
        countries: ['France', 'fr', 'Atlantide'],
        functions: ['Ventes', 'sales', 'boulangerie'],
        seniorities: ['C-Level'],
        industries: [],
        exclusions: { domains: ['https://www.acme.fr/contact'], titleKeywords: [] },
      }),
    ).toEqual({
      nafCodes: ['62.01Z'],
      countries: ['FR', 'Atlantide'],
      functions: ['sales', 'boulangerie'],
      seniorities: ['c_level'],
      exclusions: { domains: ['acme.fr'] },
    });
  });

  it('the order of a list makes no new version', () => {
    expect(isSameCriteria({ countries: ['FR', 'BE'] }, { countries: ['Belgique', 'France'] })).toBe(true);
    expect(isSameCriteria({ countries: ['FR', 'BE'] }, { countries: ['FR'] })).toBe(false);
  });

  it('keeping criteria never changes what they judge', () => {
    fc.assert(
      fc.property(subset, subset, (asked, held) => {
        expect(judge(tidyCriteria(criteriaOf(asked)), factsOf(held)).verdict).toBe(
          judge(criteriaOf(asked), factsOf(held)).verdict,
        );
      }),
    );
  });
});
