import type { Cents } from '../../shared/money.js';
import type { ActualCost } from './actual-cost.js';
import type { Assumption } from './assumption-sheet.js';
import type { CostAnswer, CostMonthAnswer } from './cost-answer.js';
import type { Cheaper } from './cost-model.js';

/** Plan and actual of one client, as page, files and API tell them. */
export interface CostReport {
  clientId: string;
  clientName: string;
  from: string;
  to: string;
  /** Days of the report are days of this zone. */
  timeZone: string;
  currency: string;
  /** The instant "to date" means: later meetings and days are not in the actual figures. */
  asOf: Date;
  /** The engagement whose terms the plan takes; null when the client has none. */
  engagement: { startsOn: string; endsOn: string | null; version: number } | null;
  actual: ActualCost;
  /** Actual cumulative cost at the end of each full month since the engagement began. */
  actualCumulativeCents: Cents[];
  plan: CostPlan;
  /** Who books a qualified meeting for less in the plan; it may be the in-house SDR. */
  cheaper: Cheaper | null;
  assumptions: Assumption[];
}

/** The comparison as shown. To a user of the client, the in-house months are told without their own cost. */
export type CostPlan = Omit<CostAnswer, 'replacement' | 'inHouse'> &
  Partial<Pick<CostAnswer, 'replacement'>> & {
    inHouse: Omit<CostAnswer['inHouse'], 'months'> & { months: InHouseMonth[] };
  };
export type InHouseMonth = Omit<CostMonthAnswer, 'costCents'> & { costCents: Cents | null };

/** What an outsider could work an SDR's pay out of stays with the agency; what is not named here is not shown. */
const SHOWN_TO_CLIENT: readonly string[] = ['horizon', 'price', 'around', 'meetings'];
const SENSITIVITY_SHOWN: readonly string[] = [
  'agency.retainerCents',
  'agency.bookedPerMonth',
  'inHouse.bookedPerMonth',
];

/** The report for a user of the client: no pay, no hiring cost, none of the agency's notes on its sources. */
export function withoutPay(report: CostReport): CostReport {
  const { replacement: _, ...plan } = report.plan;
  return {
    ...report,
    plan: {
      ...plan,
      inHouse: { ...plan.inHouse, months: roundedMonths(plan.inHouse) },
      sensitivity: plan.sensitivity.filter(({ input }) => SENSITIVITY_SHOWN.includes(input)),
    },
    assumptions: report.assumptions
      .filter(({ group }) => SHOWN_TO_CLIENT.includes(group))
      .map((assumption) => ({ ...assumption, source: null })),
  };
}

/** The in-house curve is drawn in this many steps at most. */
const CURVE_STEPS = 20;

/**
 * From the cost of a single month (the month somebody is hired, the month after) a salary can be worked out. The curve
 * is rounded down to steps of a twentieth of its total or more; its end is the exact total.
 */
function roundedMonths({ months, totalCents }: CostPlan['inHouse']): InHouseMonth[] {
  const step = roundStep(totalCents / CURVE_STEPS);
  return months.map((month, index) => ({
    ...month,
    costCents: null,
    cumulativeCostCents:
      index === months.length - 1
        ? month.cumulativeCostCents
        : Math.floor(month.cumulativeCostCents / step) * step,
  }));
}

/** The next of 1, 2, 5, 10, 20, 50 … that is not smaller. */
function roundStep(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    const fit = [1, 2, 5].map((digit) => digit * power).find((step) => step >= atLeast);
    if (fit !== undefined) return fit;
  }
}
