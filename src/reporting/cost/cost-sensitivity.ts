import { type Cents, centsTimes, Exact, type Quantity } from '../../shared/money.js';
import { type AgencyAssumptions, agencyCost } from './cost-agency.js';
import { type InHouseAssumptions, inHouseCost } from './cost-in-house.js';

export const SENSITIVE_INPUTS = [
  'agency.retainerCents',
  'agency.bookedPerMonth',
  'inHouse.bookedPerMonth',
  'inHouse.baseAnnualCents',
  'inHouse.employerRate',
  'inHouse.recruitmentRate',
  'inHouse.tenureMonths',
] as const;
export type SensitiveInput = (typeof SENSITIVE_INPUTS)[number];

/**
 * What one input does to the cost per qualified meeting of its own side: `low` with the input 20 % lower
 * (a tenure of 8 months), `high` with it 20 % higher (24 months), all others unchanged. Null: none qualified.
 */
export interface SensitivityItem {
  input: SensitiveInput;
  lowCents: Cents | null;
  baseCents: Cents | null;
  highCents: Cents | null;
}

const LOW = '0.8';
const HIGH = '1.2';
const SHORT_TENURE_MONTHS = 8;
const LONG_TENURE_MONTHS = 24;

/** Widest spread first; an input whose spread cannot be told comes last. */
export function costSensitivity(
  agency: AgencyAssumptions,
  inHouse: InHouseAssumptions,
  horizonMonths: number,
): SensitivityItem[] {
  const ofAgency = (change: Partial<AgencyAssumptions>) =>
    agencyCost({ ...agency, ...change }, horizonMonths).costPerQualifiedCents;
  const ofInHouse = (change: Partial<InHouseAssumptions>) =>
    inHouseCost({ ...inHouse, ...change }, horizonMonths).costPerQualifiedCents;
  const agencyBase = ofAgency({});
  const inHouseBase = ofInHouse({});

  const scaledAgency = (input: SensitiveInput, change: (factor: string) => Partial<AgencyAssumptions>) =>
    item(input, ofAgency(change(LOW)), agencyBase, ofAgency(change(HIGH)));
  const scaledInHouse = (input: SensitiveInput, change: (factor: string) => Partial<InHouseAssumptions>) =>
    item(input, ofInHouse(change(LOW)), inHouseBase, ofInHouse(change(HIGH)));

  return [
    scaledAgency('agency.retainerCents', (f) => ({ retainerCents: centsTimes(agency.retainerCents, f) })),
    scaledAgency('agency.bookedPerMonth', (f) => ({ bookedPerMonth: times(agency.bookedPerMonth, f) })),
    scaledInHouse('inHouse.bookedPerMonth', (f) => ({ bookedPerMonth: times(inHouse.bookedPerMonth, f) })),
    scaledInHouse('inHouse.baseAnnualCents', (f) => ({
      baseAnnualCents: centsTimes(inHouse.baseAnnualCents, f),
    })),
    scaledInHouse('inHouse.employerRate', (f) => ({ employerRate: times(inHouse.employerRate, f) })),
    scaledInHouse('inHouse.recruitmentRate', (f) => ({ recruitmentRate: times(inHouse.recruitmentRate, f) })),
    item(
      'inHouse.tenureMonths',
      ofInHouse({ tenureMonths: SHORT_TENURE_MONTHS }),
      inHouseBase,
      ofInHouse({ tenureMonths: LONG_TENURE_MONTHS }),
    ),
  ].sort((a, b) => spread(b) - spread(a));
}

function item(
  input: SensitiveInput,
  lowCents: Cents | null,
  baseCents: Cents | null,
  highCents: Cents | null,
): SensitivityItem {
  return { input, lowCents, baseCents, highCents };
}

function times(quantity: Quantity, factor: string): Quantity {
  return new Exact(quantity).times(factor);
}

function spread({ lowCents, highCents }: SensitivityItem): number {
  return lowCents === null || highCents === null ? -1 : Math.abs(highCents - lowCents);
}
