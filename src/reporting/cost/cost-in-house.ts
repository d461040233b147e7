import { type Cents, centsTimes, Exact, type Quantity, roundToCents } from '../../shared/money.js';
import {
  accumulate,
  type MeetingPace,
  meetingsAt,
  NO_MEETINGS,
  type PlannedMonth,
  rampAt,
  type SideCost,
} from './cost-months.js';

/** What an SDR on the client's own payroll costs; amounts per month unless said otherwise, excluding VAT. */
export interface InHouseAssumptions extends MeetingPace {
  baseAnnualCents: Cents;
  variableAnnualCents: Cents;
  /** Months in which the variable part is paid in full whatever the results. */
  variableGuaranteeMonths: number;
  /** Employer's contributions as a share of gross pay. */
  employerRate: Quantity;
  benefitsCents: Cents;
  toolsCents: Cents;
  dataCents: Cents;
  managementCents: Cents;
  workspaceCents: Cents;
  /** Share of yearly base + variable, paid per hire. */
  recruitmentRate: Quantity;
  recruitmentFixedCents: Cents;
  onboardingCents: Cents;
  /** Bought for the first hire, inherited by the next. */
  equipmentCents: Cents;
  /** Paid in the last month of each tenure. */
  exitCents: Cents;
  hiringLeadMonths: number;
  ramp: readonly Quantity[];
  tenureMonths: number;
  vacancyMonths: number;
  toolsDuringVacancy: boolean;
}

/** Who sits on the chair in a month; `tenureMonth` is the k of reporting.md §3. */
export type Seat =
  { kind: 'hiring' } | { kind: 'occupied'; hire: number; tenureMonth: number } | { kind: 'vacant' };

export interface InHouseCost extends SideCost {
  hires: number;
}

export function inHouseCost(inHouse: InHouseAssumptions, horizonMonths: number): InHouseCost {
  const seats = Array.from({ length: horizonMonths }, (_, index) => seatIn(inHouse, index + 1));
  const hires = seats.filter((seat) => seat.kind === 'occupied' && seat.tenureMonth === 1).length;
  return { ...accumulate(seats.map((seat) => inHouseMonth(inHouse, seat))), hires };
}

/** Hiring lead, then tenure and vacancy in turn: a replacement has no lead, the vacancy is it. */
export function seatIn(inHouse: InHouseAssumptions, month: number): Seat {
  if (month <= inHouse.hiringLeadMonths) return { kind: 'hiring' };
  const elapsed = month - inHouse.hiringLeadMonths - 1;
  const cycle = inHouse.tenureMonths + inHouse.vacancyMonths;
  const tenureMonth = (elapsed % cycle) + 1;
  if (tenureMonth > inHouse.tenureMonths) return { kind: 'vacant' };
  return { kind: 'occupied', hire: Math.floor(elapsed / cycle) + 1, tenureMonth };
}

/** The recruiter's share of the yearly package, once per hire. */
export function recruitmentShareCents(inHouse: InHouseAssumptions): Cents {
  return centsTimes(inHouse.baseAnnualCents + inHouse.variableAnnualCents, inHouse.recruitmentRate);
}

function inHouseMonth(inHouse: InHouseAssumptions, seat: Seat): PlannedMonth {
  switch (seat.kind) {
    case 'hiring':
      return { ...NO_MEETINGS, lines: {} };
    case 'vacant':
      return { ...NO_MEETINGS, lines: { tools: inHouse.toolsDuringVacancy ? inHouse.toolsCents : 0 } };
    case 'occupied':
      return {
        ...meetingsAt(inHouse, rampAt(inHouse.ramp, seat.tenureMonth)),
        lines: { ...payLines(inHouse, seat.tenureMonth), ...seatLines(inHouse, seat) },
      };
  }
}

function payLines(inHouse: InHouseAssumptions, tenureMonth: number): Record<string, Cents> {
  const base = twelfth(inHouse.baseAnnualCents, 1);
  const isGuaranteed = tenureMonth <= inHouse.variableGuaranteeMonths;
  const variable = twelfth(inHouse.variableAnnualCents, isGuaranteed ? 1 : rampAt(inHouse.ramp, tenureMonth));
  return { base, variable, contributions: centsTimes(base + variable, inHouse.employerRate) };
}

/** Multiplied before it is divided, so that an endless twelfth (8.333…) is never what gets multiplied. */
function twelfth(annualCents: Cents, share: Quantity): Cents {
  return roundToCents(new Exact(annualCents).times(share).dividedBy(12));
}

function seatLines(
  inHouse: InHouseAssumptions,
  { hire, tenureMonth }: { hire: number; tenureMonth: number },
): Record<string, Cents> {
  const isFirstMonth = tenureMonth === 1;
  return {
    benefits: inHouse.benefitsCents,
    tools: inHouse.toolsCents,
    data: inHouse.dataCents,
    management: inHouse.managementCents,
    workspace: inHouse.workspaceCents,
    recruitment: isFirstMonth ? recruitmentShareCents(inHouse) + inHouse.recruitmentFixedCents : 0,
    onboarding: isFirstMonth ? inHouse.onboardingCents : 0,
    equipment: isFirstMonth && hire === 1 ? inHouse.equipmentCents : 0,
    exit: tenureMonth === inHouse.tenureMonths ? inHouse.exitCents : 0,
  };
}
