import { describe, expect, it } from 'vitest';
import { compareCosts, withDefaults } from '../../src/reporting/cost/cost-model.js';
import { SENSITIVE_INPUTS } from '../../src/reporting/cost/cost-sensitivity.js';

const year = compareCosts(withDefaults({}));
const of = (input: string) => year.sensitivity.find((item) => item.input === input)!;

describe('what moves the cost per qualified meeting in the default year', () => {
  it('covers the seven inputs of the specification', () => {
    expect(year.sensitivity.map((item) => item.input).sort()).toEqual([...SENSITIVE_INPUTS].sort());
  });

  it('a retainer 20 % lower saves 700 a month', () => {
    // 47,460 − 12 × 700 = 39,060 over 43.05 = 907.3171; 47,460 + 8,400 = 55,860 / 43.05 = 1,297.5610
    expect(of('agency.retainerCents')).toEqual({
      input: 'agency.retainerCents',
      lowCents: 907_32,
      baseCents: 1_102_44,
      highCents: 1_297_56,
    });
  });

  it('the low end belongs to the lower input: fewer meetings cost more each', () => {
    // agency: 43.05 × 0.8 = 34.44 → 1,378.0488; × 1.2 = 51.66 → 918.6992
    expect(of('agency.bookedPerMonth')).toMatchObject({ lowCents: 1_378_05, highCents: 918_70 });
    // in-house: 40.32 × 0.8 = 32.256 → 2,419.2956; × 1.2 = 48.384 → 1,612.8638
    expect(of('inHouse.bookedPerMonth')).toMatchObject({
      lowCents: 2_419_30,
      baseCents: 1_935_44,
      highCents: 1_612_86,
    });
  });

  it('a lower salary lowers pay, contributions and the recruiter’s share', () => {
    // S = 25,600: base 2,133.33, pay 2,800.00, contributions 983.08, month 2,800 + 983.08 + 2,250 = 6,033.08
    // recruitment 20 % × 33,600 = 6,720; total 10 × 6,033.08 + 6,720 + 2,500 = 69,550.80 / 40.32 = 1,724.9702
    // S = 38,400: base 3,200, pay 3,866.67, contributions 1,357.5878 → 1,357.59, month 7,474.26
    // recruitment 9,280; total 74,742.60 + 9,280 + 2,500 = 86,522.60 / 40.32 = 2,145.8978
    expect(of('inHouse.baseAnnualCents')).toMatchObject({ lowCents: 1_724_97, highCents: 2_145_90 });
  });

  it('the employer’s rate moves the contributions only', () => {
    // e = 0.28088: × 3,333.34 = 936.2685 → 936.27; 1,170.34 − 936.27 = 234.07 a month, 2,340.70 over ten
    // (78,036.80 − 2,340.70) / 40.32 = 75,696.10 / 40.32 = 1,877.3834
    // e = 0.42132: 1,404.4028 → 1,404.40, 234.06 more a month: 80,377.40 / 40.32 = 1,993.4871
    expect(of('inHouse.employerRate')).toMatchObject({ lowCents: 1_877_38, highCents: 1_993_49 });
  });

  it('the recruiter’s share moves one payment of 8,000', () => {
    // ∓ 1,600: 76,436.80 / 40.32 = 1,895.7540; 79,636.80 / 40.32 = 1,975.1190
    expect(of('inHouse.recruitmentRate')).toMatchObject({ lowCents: 1_895_75, highCents: 1_975_12 });
  });

  it('a tenure of 8 months empties the chair at month 11; 24 changes nothing inside a year', () => {
    // months 11, 12 vacant at 300 instead of 6,753.68: 78,036.80 − 2 × 6,453.68 = 65,129.44
    // booked 96 − 24 = 72 → qualified 30.24; 65,129.44 / 30.24 = 2,153.7513
    expect(of('inHouse.tenureMonths')).toEqual({
      input: 'inHouse.tenureMonths',
      lowCents: 2_153_75,
      baseCents: 1_935_44,
      highCents: 1_935_44,
    });
  });

  it('is told widest first', () => {
    // spreads: B_in 806.44, B_ag 459.35, S 420.93, retainer 390.24, tenure 218.31, e 116.11, recruitment 79.37
    expect(year.sensitivity.map((item) => item.input)).toEqual([
      'inHouse.bookedPerMonth',
      'agency.bookedPerMonth',
      'inHouse.baseAnnualCents',
      'agency.retainerCents',
      'inHouse.tenureMonths',
      'inHouse.employerRate',
      'inHouse.recruitmentRate',
    ]);
  });
});

describe('when a side has no qualified meeting', () => {
  it('its inputs have no unit cost to move, and come last', () => {
    const { sensitivity } = compareCosts(withDefaults({ agency: { qualifiedRate: 0 } }));
    expect(sensitivity.slice(-2).map((item) => item.input)).toEqual([
      'agency.retainerCents',
      'agency.bookedPerMonth',
    ]);
    expect(sensitivity.at(-1)).toMatchObject({ lowCents: null, baseCents: null, highCents: null });
  });
});
