import type { Cents } from '../../shared/money.js';
import { type AgencyAssumptions, agencyCost } from './cost-agency.js';
import { breakEvenCashMonth, breakEvenUnitMonth } from './cost-break-even.js';
import {
  DEFAULT_AGENCY,
  DEFAULT_CURRENCY,
  DEFAULT_HORIZON_MONTHS,
  DEFAULT_IN_HOUSE,
} from './cost-defaults.js';
import { type InHouseAssumptions, type InHouseCost, inHouseCost } from './cost-in-house.js';
import {
  type Indifference,
  indifference,
  type Replacement,
  replacementOfOneLeaver,
} from './cost-indifference.js';
import type { SideCost } from './cost-months.js';
import { costSensitivity, type SensitivityItem } from './cost-sensitivity.js';

/** The question as asked: both sides over the same horizon, in one currency, excluding VAT. */
export interface CostQuestion {
  horizonMonths: number;
  currency: string;
  agency: AgencyAssumptions;
  inHouse: InHouseAssumptions;
}

export interface PartialCostQuestion {
  horizonMonths?: number;
  currency?: string;
  agency?: Partial<AgencyAssumptions>;
  inHouse?: Partial<InHouseAssumptions>;
}

export interface CostComparison {
  question: CostQuestion;
  agency: SideCost;
  inHouse: InHouseCost;
  /** In-house less agency over the horizon: positive when the agency costs less. */
  differenceCents: Cents;
  breakEvenCashMonth: number | null;
  breakEvenUnitMonth: number | null;
  replacement: Replacement;
  indifference: Indifference;
  sensitivity: SensitivityItem[];
}

/** Every input left out takes its default; an input given as undefined counts as left out. */
export function withDefaults(question: PartialCostQuestion): CostQuestion {
  return {
    horizonMonths: question.horizonMonths ?? DEFAULT_HORIZON_MONTHS,
    currency: question.currency ?? DEFAULT_CURRENCY,
    agency: { ...DEFAULT_AGENCY, ...given(question.agency) },
    inHouse: { ...DEFAULT_IN_HOUSE, ...given(question.inHouse) },
  };
}

/**
 * The outsourced agency against an in-house SDR, months 1 to the horizon (reporting.md §3). Deterministic: each
 * monthly line is rounded half-up to the cent and totals are sums of rounded lines; counts stay exact.
 */
export function compareCosts(question: CostQuestion): CostComparison {
  const agency = agencyCost(question.agency, question.horizonMonths);
  const inHouse = inHouseCost(question.inHouse, question.horizonMonths);
  return {
    question,
    agency,
    inHouse,
    differenceCents: inHouse.totalCents - agency.totalCents,
    breakEvenCashMonth: breakEvenCashMonth(agency, inHouse),
    breakEvenUnitMonth: breakEvenUnitMonth(agency, inHouse),
    replacement: replacementOfOneLeaver(question.inHouse),
    indifference: indifference(
      { assumptions: question.agency, cost: agency },
      { assumptions: question.inHouse, cost: inHouse },
    ),
    sensitivity: costSensitivity(question.agency, question.inHouse, question.horizonMonths),
  };
}

export type Cheaper = 'agency' | 'in_house' | 'equal';

/** Who books a qualified meeting for less; null when either side has none to divide by. */
export function cheaperPerQualified({
  agency,
  inHouse,
}: Pick<CostComparison, 'agency' | 'inHouse'>): Cheaper | null {
  const theirs = agency.costPerQualifiedCents;
  const own = inHouse.costPerQualifiedCents;
  if (theirs === null || own === null) return null;
  if (theirs === own) return 'equal';
  return own < theirs ? 'in_house' : 'agency';
}

function given<T extends object>(inputs: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(inputs ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
