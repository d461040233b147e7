import { type Cents, centsTimes, Exact, type Quantity } from '../shared/money.js';
import {
  accumulate,
  type MeetingCounts,
  type MeetingPace,
  meetingsAt,
  NO_MEETINGS,
  type PlannedMonth,
  rampAt,
  type SideCost,
} from './cost-months.js';

export const FEE_BASES = ['booked', 'held', 'qualified'] as const;
export type FeeBasis = (typeof FEE_BASES)[number];

/** What the outsourced agency costs the client; amounts per month unless said otherwise, excluding VAT. */
export interface AgencyAssumptions extends MeetingPace {
  /** Once, in month 1. */
  setupCents: Cents;
  retainerCents: Cents;
  /** Whether retainer and days are billed before the first campaign leaves. */
  retainerDuringDelay: boolean;
  dayRateCents: Cents;
  daysPerMonth: Quantity;
  feePerUnitCents: Cents;
  feeBasis: FeeBasis;
  /** Units of the fee's basis a month pays for before the fee begins. */
  includedUnits: Quantity;
  /** Most fee a month may cost; null for no cap. */
  feeCapCents: Cents | null;
  toolsCents: Cents;
  /** The client's own time, per month. */
  coordinationHours: Quantity;
  coordinationHourCents: Cents;
  launchDelayMonths: number;
  /** Share of full speed in the first months after launch. */
  ramp: readonly Quantity[];
}

export function agencyCost(agency: AgencyAssumptions, horizonMonths: number): SideCost {
  return accumulate(Array.from({ length: horizonMonths }, (_, index) => agencyMonth(agency, index + 1)));
}

/** Months of the horizon in which retainer and days are billed. */
export function billedMonths(agency: AgencyAssumptions, horizonMonths: number): number {
  if (agency.retainerDuringDelay) return horizonMonths;
  return Math.max(0, horizonMonths - agency.launchDelayMonths);
}

/** min(cap, fee·max(0, units − included)), rounded to the cent before the cap. */
export function monthlyFee(agency: AgencyAssumptions, meetings: MeetingCounts): Cents {
  const billable = Exact.max(0, meetings[agency.feeBasis].minus(agency.includedUnits));
  const fee = centsTimes(agency.feePerUnitCents, billable);
  return agency.feeCapCents === null ? fee : Math.min(agency.feeCapCents, fee);
}

function agencyMonth(agency: AgencyAssumptions, month: number): PlannedMonth {
  const isLaunched = month > agency.launchDelayMonths;
  const isBilled = isLaunched || agency.retainerDuringDelay;
  const meetings = isLaunched
    ? meetingsAt(agency, rampAt(agency.ramp, month - agency.launchDelayMonths))
    : NO_MEETINGS;
  return {
    ...meetings,
    lines: {
      setup: month === 1 ? agency.setupCents : 0,
      retainer: isBilled ? agency.retainerCents : 0,
      days: isBilled ? centsTimes(agency.dayRateCents, agency.daysPerMonth) : 0,
      fee: monthlyFee(agency, meetings),
      tools: agency.toolsCents,
      coordination: centsTimes(agency.coordinationHourCents, agency.coordinationHours),
    },
  };
}
