import type { Decimal } from 'decimal.js';
import { type Cents, Exact, fitsInCents, roundToCents, sumCents } from '../../shared/money.js';
import { type AgencyAssumptions, billedMonths } from './cost-agency.js';
import { type InHouseAssumptions, recruitmentShareCents } from './cost-in-house.js';
import type { SideCost } from './cost-months.js';

/** What it costs to replace one SDR who leaves: cash, and the meetings not booked while the seat is cold. */
export interface Replacement {
  cashCents: Cents;
  lostBookings: Decimal;
}

/** Where both sides cost the same per qualified meeting; null where no such point can be told. */
export interface Indifference {
  /** Bookings a month the in-house SDR would need at full speed. */
  inHouseBookedPerMonth: Decimal | null;
  /** The monthly retainer that would do it; negative when even a free retainer would not. */
  retainerCents: Cents | null;
}

export function replacementOfOneLeaver(inHouse: InHouseAssumptions): Replacement {
  const coldMonths = inHouse.ramp.reduce<Decimal>(
    (sum, share) => sum.plus(new Exact(1).minus(share)),
    new Exact(inHouse.vacancyMonths),
  );
  const toolsCents = inHouse.toolsDuringVacancy ? inHouse.toolsCents * inHouse.vacancyMonths : 0;
  return {
    cashCents: sumCents([
      recruitmentShareCents(inHouse),
      inHouse.recruitmentFixedCents,
      inHouse.onboardingCents,
      inHouse.exitCents,
      toolsCents,
    ]),
    lostBookings: coldMonths.times(inHouse.bookedPerMonth),
  };
}

/** B_in·CPQ_in/CPQ_ag and (Q_ag·CPQ_in − other agency cost)/billed months, on unrounded unit costs. */
export function indifference(
  agency: { assumptions: AgencyAssumptions; cost: SideCost },
  inHouse: { assumptions: InHouseAssumptions; cost: SideCost },
): Indifference {
  const agencyUnit = exactCostPerQualified(agency.cost);
  const inHouseUnit = exactCostPerQualified(inHouse.cost);
  if (inHouseUnit === null) return { inHouseBookedPerMonth: null, retainerCents: null };
  const canDivide = agencyUnit !== null && !agencyUnit.isZero();
  return {
    inHouseBookedPerMonth: canDivide
      ? inHouseUnit.times(inHouse.assumptions.bookedPerMonth).dividedBy(agencyUnit)
      : null,
    retainerCents: agencyUnit === null ? null : indifferentRetainer(agency, inHouseUnit),
  };
}

function indifferentRetainer(
  { assumptions, cost }: { assumptions: AgencyAssumptions; cost: SideCost },
  inHouseUnit: Decimal,
): Cents | null {
  const billed = billedMonths(assumptions, cost.months.length);
  if (billed === 0) return null;
  const otherCents = cost.totalCents - assumptions.retainerCents * billed;
  const retainer = cost.qualified.times(inHouseUnit).minus(otherCents).dividedBy(billed);
  return fitsInCents(retainer) ? roundToCents(retainer) : null;
}

function exactCostPerQualified(side: SideCost): Decimal | null {
  return side.qualified.isZero() ? null : new Exact(side.totalCents).dividedBy(side.qualified);
}
