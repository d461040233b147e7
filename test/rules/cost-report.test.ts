import { describe, expect, it } from 'vitest';
import { type CostReport, withoutPay } from '../../src/reporting/cost/cost-report.js';

/** Nobody for two months, then 14,800.00 in the month of the hiring, then 6,150.00 or 6,400.00 a month. */
const CUMULATIVE = [0, 0, 1_480_000, 2_095_000, 2_710_000, 3_350_000, 3_990_000, 4_630_000, 8_400_000];

function report(): CostReport {
  const months = CUMULATIVE.map((cumulativeCostCents, index) => ({
    costCents: cumulativeCostCents - (CUMULATIVE[index - 1] ?? 0),
    cumulativeCostCents,
    booked: '12',
    held: '8.4',
    qualified: '5.04',
  }));
  const side = { months, totalCents: 8_400_000, booked: '108', held: '75.6', qualified: '45.36' };
  return {
    plan: { agency: side, inHouse: { ...side, hires: 1 }, sensitivity: [], replacement: {} },
    assumptions: [],
  } as unknown as CostReport;
}

describe('the comparison as a user of the client reads it', () => {
  it('has the in-house curve in steps, its exact total, and no month’s cost to work a salary out of', () => {
    // a twentieth of 84,000.00 is 4,200.00; the next round step is 5,000.00
    const { inHouse, agency } = withoutPay(report()).plan;
    expect(inHouse.months.map(({ cumulativeCostCents }) => cumulativeCostCents)).toEqual([
      ...[0, 0, 1_000_000, 2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_500_000, 8_400_000],
    ]);
    expect(inHouse.months.every(({ costCents }) => costCents === null)).toBe(true);
    expect(inHouse.totalCents).toBe(8_400_000);
    expect(agency.months[3]!.costCents).toBe(615_000);
  });

  it('of nothing at all stays nothing', () => {
    const empty = report();
    empty.plan.inHouse.totalCents = 0;
    empty.plan.inHouse.months = empty.plan.inHouse.months.map((month) => ({
      ...month,
      cumulativeCostCents: 0,
    }));
    expect(withoutPay(empty).plan.inHouse.months.at(3)!.cumulativeCostCents).toBe(0);
  });
});
