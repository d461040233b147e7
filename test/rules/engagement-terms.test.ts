import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyedCriteria,
  monthFee,
  NO_PRICE,
  termsProblems,
  type Terms,
} from '../../src/clients/engagement-terms.js';

const TERMS: Terms = {
  price: { ...NO_PRICE, retainerCents: 350_000 },
  targets: { held: 8, qualified: 5 },
  qualificationCriteria: [{ key: 'budget', label: 'Budget identifié' }],
  acceptanceDays: 5,
};
const withPrice = (price: Partial<Terms['price']>): Terms => ({
  ...TERMS,
  price: { ...TERMS.price, ...price },
});

describe("a month's fee", () => {
  it('a retainer alone costs the retainer, however many meetings there were', () => {
    expect(monthFee(withPrice({}).price, { units: 40, isFirstMonth: false }).totalCents).toBe(350_000);
  });

  it('the setup fee is owed in the first month only', () => {
    // 1,500.00 + 3,500.00 = 5,000.00, then 3,500.00.
    const price = withPrice({ setupCents: 150_000 }).price;
    expect(
      [true, false].map((isFirstMonth) => monthFee(price, { units: 0, isFirstMonth }).totalCents),
    ).toEqual([500_000, 350_000]);
  });

  it('a day and a half at 333.33 is 500.00: 499.995 rounds half-up', () => {
    const price = { ...NO_PRICE, dayRateCents: 33_333, daysPerMonth: 1.5 };
    expect(monthFee(price, { units: 0, isFirstMonth: false }).daysCents).toBe(50_000);
  });

  it('units beyond the included ones are billed, up to the cap', () => {
    // 250.00 a qualified meeting, 2 included, cap 1,000.00: 1 → 0; 5 → 3 × 250 = 750.00; 9 → 7 × 250 = 1,750.00, capped.
    const price = { ...NO_PRICE, feePerUnitCents: 25_000, includedUnits: 2, feeCapCents: 100_000 };
    const feeOf = (units: number): number => monthFee(price, { units, isFirstMonth: false }).feeCents;
    expect([1, 5, 9].map(feeOf)).toEqual([0, 75_000, 100_000]);
  });

  it('a forecast bills exact decimals: 4.35 meetings at 99.99 are 434.96 (434.9565)', () => {
    const price = { ...NO_PRICE, feePerUnitCents: 9_999 };
    expect(monthFee(price, { units: '4.35', isFirstMonth: false }).feeCents).toBe(43_496);
  });

  const cents = fc.integer({ min: 0, max: 1_000_000 });
  const price = fc.record({
    setupCents: cents,
    retainerCents: cents,
    dayRateCents: cents,
    daysPerMonth: fc.integer({ min: 0, max: 310 }).map((tenths) => tenths / 10),
    feePerUnitCents: cents,
    feeBasis: fc.constantFrom('booked' as const, 'held' as const, 'qualified' as const),
    includedUnits: fc.nat(20),
    feeCapCents: fc.option(cents),
  });

  it('the total is the sum of its lines, the fee stays under its cap, and one more meeting never costs less', () => {
    fc.assert(
      fc.property(price, fc.nat(100), fc.boolean(), (terms, units, isFirstMonth) => {
        const fee = monthFee(terms, { units, isFirstMonth });
        expect(fee.totalCents).toBe(fee.setupCents + fee.retainerCents + fee.daysCents + fee.feeCents);
        expect(fee.feeCents).toBeLessThanOrEqual(terms.feeCapCents ?? Infinity);
        expect(monthFee(terms, { units: units + 1, isFirstMonth }).totalCents).toBeGreaterThanOrEqual(
          fee.totalCents,
        );
      }),
    );
  });
});

describe('terms that hold', () => {
  it('sound terms have no problem', () => expect(termsProblems(TERMS)).toEqual({}));

  it.each<[string, Terms]>([
    ['price.retainerCents', withPrice({ retainerCents: -1 })],
    ['price.setupCents', withPrice({ setupCents: 10.5 })],
    ['price.feeCapCents', withPrice({ feeCapCents: 1_000_000_001 })],
    ['price.daysPerMonth', withPrice({ daysPerMonth: 32 })],
    ['price.daysPerMonth', withPrice({ daysPerMonth: 1.234 })],
    ['price.includedUnits', withPrice({ includedUnits: 0.5 })],
    ['targets.qualified', { ...TERMS, targets: { held: 4, qualified: 5 } }],
    ['targets.held', { ...TERMS, targets: { held: -1, qualified: 0 } }],
    ['acceptanceDays', { ...TERMS, acceptanceDays: 0 }],
    ['qualificationCriteria.0', { ...TERMS, qualificationCriteria: [{ key: 'a', label: ' ' }] }],
    [
      'qualificationCriteria.1',
      {
        ...TERMS,
        qualificationCriteria: [
          { key: 'a', label: 'A' },
          { key: 'a', label: 'B' },
        ],
      },
    ],
  ])('the problem is at %s', (field, terms) => expect(Object.keys(termsProblems(terms))).toEqual([field]));

  it('a qualified target without a held target is allowed', () => {
    expect(termsProblems({ ...TERMS, targets: { held: 0, qualified: 5 } })).toEqual({});
  });
});

describe('keys of criteria', () => {
  it('come from the label, in plain letters, never twice; a given key stays', () => {
    const lines = [
      { label: 'Budget identifié' },
      { label: 'Budget identifie !' },
      { key: 'why', label: 'Besoin' },
      { label: '?' },
    ];
    expect(keyedCriteria(lines).map(({ key }) => key)).toEqual([
      'budget_identifie',
      'budget_identifie_2',
      'why',
      'criterion',
    ]);
  });
});
