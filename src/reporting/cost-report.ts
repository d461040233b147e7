import type { Cents } from '../shared/money.js';
import type { ActualCost } from './actual-cost.js';
import type { Assumption } from './assumption-sheet.js';
import type { CostAnswer } from './cost-answer.js';
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
  plan: Omit<CostAnswer, 'replacement'> & Partial<Pick<CostAnswer, 'replacement'>>;
  /** Who books a qualified meeting for less in the plan; it may be the in-house SDR. */
  cheaper: Cheaper | null;
  assumptions: Assumption[];
}

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
    plan: { ...plan, sensitivity: plan.sensitivity.filter(({ input }) => SENSITIVITY_SHOWN.includes(input)) },
    assumptions: report.assumptions
      .filter(({ group }) => SHOWN_TO_CLIENT.includes(group))
      .map((assumption) => ({ ...assumption, source: null })),
  };
}
