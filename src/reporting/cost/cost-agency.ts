import { type PriceTerms, variableFee } from '../../clients/engagement-terms.js';
import { type Cents, centsTimes, type Quantity } from '../../shared/money.js';
import {
  accumulate,
  type MeetingPace,
  meetingsAt,
  NO_MEETINGS,
  type PlannedMonth,
  rampAt,
  type SideCost,
} from './cost-months.js';

/**
 * What the outsourced agency costs the client: its price terms, and what the client spends around them. Amounts per
 * month unless said otherwise, excluding VAT.
 */
export interface AgencyAssumptions extends PriceTerms, MeetingPace {
  /** Whether retainer and days are billed before the first campaign leaves. */
  retainerDuringDelay: boolean;
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
      fee: variableFee(agency, meetings[agency.feeBasis]),
      tools: agency.toolsCents,
      coordination: centsTimes(agency.coordinationHourCents, agency.coordinationHours),
    },
  };
}
