import type { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEE_BASES } from '../../src/clients/engagement-terms.js';
import type { AgencyAssumptions } from '../../src/reporting/cost/cost-agency.js';
import type { InHouseAssumptions } from '../../src/reporting/cost/cost-in-house.js';
import { compareCosts, type CostQuestion } from '../../src/reporting/cost/cost-model.js';
import type { SideCost } from '../../src/reporting/cost/cost-months.js';
import { Exact } from '../../src/shared/money.js';

const cents = fc.integer({ min: 0, max: 5_000_000 });
const rate = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000);
const count = fc.integer({ min: 0, max: 40_00 }).map((n) => n / 100);
const ramp = fc.array(rate, { maxLength: 6 });
const months = (max: number, min = 0) => fc.integer({ min, max });
const pace = { bookedPerMonth: count, showRate: rate, qualifiedRate: rate, ramp };

const agency: fc.Arbitrary<AgencyAssumptions> = fc.record({
  ...pace,
  setupCents: cents,
  retainerCents: cents,
  retainerDuringDelay: fc.boolean(),
  dayRateCents: cents,
  daysPerMonth: count,
  feePerUnitCents: cents,
  feeBasis: fc.constantFrom(...FEE_BASES),
  includedUnits: count,
  feeCapCents: fc.option(cents),
  toolsCents: cents,
  coordinationHours: count,
  coordinationHourCents: cents,
  launchDelayMonths: months(6),
});

const inHouse: fc.Arbitrary<InHouseAssumptions> = fc.record({
  ...pace,
  baseAnnualCents: cents,
  variableAnnualCents: cents,
  variableGuaranteeMonths: months(6),
  employerRate: rate,
  benefitsCents: cents,
  toolsCents: cents,
  dataCents: cents,
  managementCents: cents,
  workspaceCents: cents,
  recruitmentRate: rate,
  recruitmentFixedCents: cents,
  onboardingCents: cents,
  equipmentCents: cents,
  exitCents: cents,
  hiringLeadMonths: months(6),
  tenureMonths: months(30, 1),
  vacancyMonths: months(4),
  toolsDuringVacancy: fc.boolean(),
});

const question: fc.Arbitrary<CostQuestion> = fc.record({
  horizonMonths: months(24, 1),
  currency: fc.constant('EUR'),
  agency,
  inHouse,
});

const sides = (asked: CostQuestion): SideCost[] => {
  const { agency, inHouse } = compareCosts(asked);
  return [agency, inHouse];
};
const holds = (law: (asked: CostQuestion) => void) => {
  fc.assert(fc.property(question, law), { numRuns: 40 });
};
const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);

describe('laws of the cost model', () => {
  it('totals are the sums of the lines, in whole cents', () => {
    holds((asked) => {
      for (const side of sides(asked)) {
        const lines = side.months.flatMap((month) => Object.values(month.lines));
        expect(lines.every((line) => Number.isSafeInteger(line) && line >= 0)).toBe(true);
        expect(side.totalCents).toBe(total(lines));
        expect(side.totalCents).toBe(total(side.months.map((month) => month.costCents)));
        expect(side.totalCents).toBe(side.months.at(-1)!.cumulativeCostCents);
        expect(side.months).toHaveLength(asked.horizonMonths);
      }
    });
  });

  it('counts are the sums of the months, to the last digit, and a funnel: qualified ≤ held ≤ booked', () => {
    holds((asked) => {
      for (const side of sides(asked)) {
        for (const stage of ['booked', 'held', 'qualified'] as const) {
          const added = side.months.reduce((sum, month) => sum.plus(month[stage]), new Exact(0));
          expect(side[stage].toFixed()).toBe(added.toFixed());
        }
        expect(side.held.lte(side.booked) && side.qualified.lte(side.held)).toBe(true);
      }
    });
  });

  it('one more month never changes the months before', () => {
    holds((asked) => {
      const now = sides(asked);
      const longer = sides({ ...asked, horizonMonths: asked.horizonMonths + 1 });
      now.forEach((side, index) => {
        expect(JSON.stringify(longer[index]!.months.slice(0, -1))).toBe(JSON.stringify(side.months));
      });
    });
  });

  it('a zero count gives null and any other count gives the quotient, half-up', () => {
    holds((asked) => {
      for (const side of sides(asked)) {
        const units: [number | null, Decimal][] = [
          [side.costPerBookedCents, side.booked],
          [side.costPerHeldCents, side.held],
          [side.costPerQualifiedCents, side.qualified],
        ];
        for (const [unit, counted] of units) {
          if (counted.isZero()) expect(unit).toBeNull();
          // a trace of a meeting, a ten-millionth at most: no amount is large enough to say its price
          else if (unit === null) expect(counted.lt('1e-4')).toBe(true);
          // half-up: total is within half a cent of the product, the half itself below it
          else {
            const gap = new Exact(side.totalCents).minus(counted.times(unit));
            expect(gap.gte(counted.times('-0.5')) && gap.lt(counted.times('0.5'))).toBe(true);
          }
        }
      }
    });
  });

  it('no booking, no show or no qualified meeting on one side leaves its unit costs empty', () => {
    holds((asked) => {
      const nobodyShows = compareCosts({ ...asked, agency: { ...asked.agency, showRate: 0 } }).agency;
      expect([nobodyShows.costPerHeldCents, nobodyShows.costPerQualifiedCents]).toEqual([null, null]);
      const nothingBooked = compareCosts({
        ...asked,
        inHouse: { ...asked.inHouse, bookedPerMonth: 0 },
      }).inHouse;
      expect([nothingBooked.costPerBookedCents, nothingBooked.costPerQualifiedCents]).toEqual([null, null]);
    });
  });

  it('swapping what both sides cost flips the sign of the difference', () => {
    const bill = fc.record({ once: cents, monthly: cents, tools: cents, time: cents });
    fc.assert(
      fc.property(question, bill, bill, (asked, one, other) => {
        const difference = billed(asked, one, other).differenceCents;
        const swapped = billed(asked, other, one).differenceCents;
        expect(swapped + difference).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('break-even in cash is the month after the last one in which in-house was dearer', () => {
    holds((asked) => {
      const { agency, inHouse, breakEvenCashMonth } = compareCosts(asked);
      const gaps = inHouse.months.map(
        (m, i) => m.cumulativeCostCents - agency.months[i]!.cumulativeCostCents,
      );
      const from = breakEvenCashMonth ?? asked.horizonMonths + 1;
      expect(gaps.slice(from - 1).every((gap) => gap <= 0)).toBe(true);
      if (from > 1) expect(gaps[from - 2]).toBeGreaterThan(0);
    });
  });

  it('the retainer of indifference, once agreed, makes both sides cost the same per qualified meeting', () => {
    holds((asked) => {
      const { indifference, inHouse } = compareCosts(asked);
      // beyond a thousand million a month, no total fits whole cents and nobody can type it either
      fc.pre(indifference.retainerCents !== null && indifference.retainerCents >= 0);
      fc.pre(indifference.retainerCents <= 100_000_000_000);
      const agreed = compareCosts({
        ...asked,
        agency: { ...asked.agency, retainerCents: indifference.retainerCents },
      }).agency;
      // a retainer in whole cents is off by at most half a cent a month, spread over the qualified meetings
      const exactTarget = inHouse.qualified.isZero()
        ? new Exact(0)
        : new Exact(inHouse.totalCents).div(inHouse.qualified);
      const off = new Exact(agreed.totalCents).minus(agreed.qualified.times(exactTarget)).abs();
      expect(off.lte(asked.horizonMonths / 2)).toBe(true);
    });
  });

  it('that many in-house bookings make both sides cost the same per qualified meeting', () => {
    holds((asked) => {
      const { indifference, agency } = compareCosts(asked);
      fc.pre(indifference.inHouseBookedPerMonth?.gt(0) === true && agency.costPerQualifiedCents! < 1e9);
      const even = compareCosts({
        ...asked,
        inHouse: { ...asked.inHouse, bookedPerMonth: indifference.inHouseBookedPerMonth },
      }).inHouse;
      // the 101st digit of a quotient may tip a half cent
      expect(Math.abs(even.costPerQualifiedCents! - agency.costPerQualifiedCents!)).toBeLessThanOrEqual(1);
    });
  });

  it('a fee cap only ever lowers the bill, and no cap equals a cap out of reach', () => {
    holds((asked) => {
      const withCap = (feeCapCents: number | null) =>
        compareCosts({ ...asked, agency: { ...asked.agency, feeCapCents } }).agency.totalCents;
      expect(withCap(1_000_00)).toBeLessThanOrEqual(withCap(null));
      expect(withCap(Number.MAX_SAFE_INTEGER)).toBe(withCap(null));
    });
  });

  it('the sensitivity agrees with running the model on the changed input', () => {
    holds((asked) => {
      const retainer = compareCosts(asked).sensitivity.find((item) => item.input === 'agency.retainerCents')!;
      const lower = Math.round((asked.agency.retainerCents * 8) / 10);
      const again = compareCosts({ ...asked, agency: { ...asked.agency, retainerCents: lower } });
      expect(retainer.lowCents).toBe(again.agency.costPerQualifiedCents);
      const spreads = compareCosts(asked).sensitivity.map((item) =>
        item.lowCents === null || item.highCents === null ? -1 : Math.abs(item.highCents - item.lowCents),
      );
      expect(spreads).toEqual([...spreads].sort((a, b) => b - a));
    });
  });

  it('the same question has the same answer', () => {
    holds((asked) => {
      expect(JSON.stringify(compareCosts(asked))).toBe(JSON.stringify(compareCosts(asked)));
    });
  });
});

interface Bill {
  once: number;
  monthly: number;
  tools: number;
  time: number;
}

/** The same kinds of cost on both sides: once in month 1, every month, tools, and the client's own time. */
function billed(asked: CostQuestion, agencyBill: Bill, inHouseBill: Bill) {
  return compareCosts({
    ...asked,
    agency: {
      ...asked.agency,
      setupCents: agencyBill.once,
      retainerCents: agencyBill.monthly,
      retainerDuringDelay: true,
      dayRateCents: 0,
      feePerUnitCents: 0,
      toolsCents: agencyBill.tools,
      coordinationHours: 1,
      coordinationHourCents: agencyBill.time,
    },
    inHouse: {
      ...asked.inHouse,
      hiringLeadMonths: 0,
      tenureMonths: 120,
      baseAnnualCents: 0,
      variableAnnualCents: 0,
      recruitmentFixedCents: inHouseBill.once,
      onboardingCents: 0,
      equipmentCents: 0,
      exitCents: 0,
      benefitsCents: inHouseBill.monthly,
      toolsCents: inHouseBill.tools,
      managementCents: inHouseBill.time,
      dataCents: 0,
      workspaceCents: 0,
    },
  });
}
