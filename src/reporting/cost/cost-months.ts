import type { Decimal } from 'decimal.js';
import { type Cents, Exact, fitsInCents, type Quantity, roundToCents, sumCents } from '../../shared/money.js';

/** Meetings as exact decimals: a plan counts 43.05 of them. */
export interface MeetingCounts {
  booked: Decimal;
  held: Decimal;
  qualified: Decimal;
}

/** The speed of one side at full ramp; rates are shares 0–1. */
export interface MeetingPace {
  bookedPerMonth: Quantity;
  showRate: Quantity;
  qualifiedRate: Quantity;
}

/** One month before accumulation; each line is already rounded to the cent. */
export interface PlannedMonth extends MeetingCounts {
  lines: Record<string, Cents>;
}

export interface CostMonth extends PlannedMonth {
  costCents: Cents;
  cumulativeCostCents: Cents;
  cumulative: MeetingCounts;
}

/** One side of the comparison over the horizon. Unit costs are null when there is nothing to divide by. */
export interface SideCost extends MeetingCounts {
  months: CostMonth[];
  totalCents: Cents;
  costPerBookedCents: Cents | null;
  costPerHeldCents: Cents | null;
  costPerQualifiedCents: Cents | null;
}

export const NO_MEETINGS: MeetingCounts = {
  booked: new Exact(0),
  held: new Exact(0),
  qualified: new Exact(0),
};

/** r(k) of reporting.md §3: the k-th entry of the ramp (from 1), and full speed beyond its end. */
export function rampAt(ramp: readonly Quantity[], k: number): Decimal {
  return new Exact(ramp[k - 1] ?? 1);
}

export function meetingsAt(pace: MeetingPace, ramp: Decimal): MeetingCounts {
  const booked = ramp.times(pace.bookedPerMonth);
  const held = booked.times(pace.showRate);
  return { booked, held, qualified: held.times(pace.qualifiedRate) };
}

/**
 * Cumulative cost over cumulative count, half-up to the cent; nothing counted gives null, never 0 or ∞.
 * So does a trace of a meeting (a billionth) whose quotient no amount can hold.
 */
export function unitCost(costCents: Cents, count: Decimal): Cents | null {
  if (count.isZero()) return null;
  const quotient = new Exact(costCents).dividedBy(count);
  return fitsInCents(quotient) ? roundToCents(quotient) : null;
}

export function accumulate(planned: readonly PlannedMonth[]): SideCost {
  const months: CostMonth[] = [];
  let total = 0;
  let cumulative = NO_MEETINGS;
  for (const month of planned) {
    const costCents = sumCents(Object.values(month.lines));
    total += costCents;
    cumulative = plus(cumulative, month);
    months.push({ ...month, costCents, cumulativeCostCents: total, cumulative });
  }
  return {
    months,
    ...cumulative,
    totalCents: total,
    costPerBookedCents: unitCost(total, cumulative.booked),
    costPerHeldCents: unitCost(total, cumulative.held),
    costPerQualifiedCents: unitCost(total, cumulative.qualified),
  };
}

function plus(a: MeetingCounts, b: MeetingCounts): MeetingCounts {
  return {
    booked: a.booked.plus(b.booked),
    held: a.held.plus(b.held),
    qualified: a.qualified.plus(b.qualified),
  };
}
