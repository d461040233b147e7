import type { Decimal } from 'decimal.js';
import type { Cents } from '../../shared/money.js';
import type { CostComparison } from './cost-model.js';
import type { CostMonth, SideCost } from './cost-months.js';
import type { SensitivityItem } from './cost-sensitivity.js';

/** Meetings travel as exact decimal text ("43.05"): a JSON number would lose digits. */
export interface CountsAnswer {
  booked: string;
  held: string;
  qualified: string;
}

export interface CostMonthAnswer extends CountsAnswer {
  costCents: Cents;
  cumulativeCostCents: Cents;
}

export interface SideCostAnswer extends CountsAnswer {
  months: CostMonthAnswer[];
  totalCents: Cents;
  costPerBookedCents: Cents | null;
  costPerHeldCents: Cents | null;
  costPerQualifiedCents: Cents | null;
}

/** The body of `POST /cost-comparisons` (interfaces.md). */
export interface CostAnswer {
  horizonMonths: number;
  currency: string;
  agency: SideCostAnswer;
  inHouse: SideCostAnswer & { hires: number };
  differenceCents: Cents;
  breakEvenCashMonth: number | null;
  breakEvenUnitMonth: number | null;
  replacement: { cashCents: Cents; lostBookings: string };
  indifference: { inHouseBookedPerMonth: string | null; retainerCents: Cents | null };
  sensitivity: SensitivityItem[];
}

/** A quotient has no last digit; six decimals are far below what a plan can promise. */
const QUOTIENT_DECIMALS = 6;

export function costAnswer(comparison: CostComparison): CostAnswer {
  const { question, replacement, indifference } = comparison;
  return {
    horizonMonths: question.horizonMonths,
    currency: question.currency,
    agency: sideAnswer(comparison.agency),
    inHouse: { ...sideAnswer(comparison.inHouse), hires: comparison.inHouse.hires },
    differenceCents: comparison.differenceCents,
    breakEvenCashMonth: comparison.breakEvenCashMonth,
    breakEvenUnitMonth: comparison.breakEvenUnitMonth,
    replacement: { cashCents: replacement.cashCents, lostBookings: decimalText(replacement.lostBookings) },
    indifference: {
      inHouseBookedPerMonth:
        indifference.inHouseBookedPerMonth &&
        decimalText(indifference.inHouseBookedPerMonth.toDecimalPlaces(QUOTIENT_DECIMALS)),
      retainerCents: indifference.retainerCents,
    },
    sensitivity: comparison.sensitivity,
  };
}

function sideAnswer(side: SideCost): SideCostAnswer {
  return {
    months: side.months.map(monthAnswer),
    totalCents: side.totalCents,
    booked: decimalText(side.booked),
    held: decimalText(side.held),
    qualified: decimalText(side.qualified),
    costPerBookedCents: side.costPerBookedCents,
    costPerHeldCents: side.costPerHeldCents,
    costPerQualifiedCents: side.costPerQualifiedCents,
  };
}

function monthAnswer(month: CostMonth): CostMonthAnswer {
  return {
    costCents: month.costCents,
    booked: decimalText(month.booked),
    held: decimalText(month.held),
    qualified: decimalText(month.qualified),
    cumulativeCostCents: month.cumulativeCostCents,
  };
}

/** Every digit, never an exponent. */
function decimalText(count: Decimal): string {
  return count.toFixed();
}
