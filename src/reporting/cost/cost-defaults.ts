import type { AgencyAssumptions } from './cost-agency.js';
import type { InHouseAssumptions } from './cost-in-house.js';

/** Hypotheses of reporting.md §3, in EUR excluding VAT, to be confirmed client by client. */
export const DEFAULT_AGENCY: AgencyAssumptions = {
  setupCents: 1_500_00,
  retainerCents: 3_500_00,
  retainerDuringDelay: true,
  dayRateCents: 0,
  daysPerMonth: 0,
  feePerUnitCents: 0,
  feeBasis: 'qualified',
  includedUnits: 0,
  feeCapCents: null,
  toolsCents: 0,
  coordinationHours: 6,
  coordinationHourCents: 55_00,
  launchDelayMonths: 1,
  ramp: [0.5, 0.75],
  bookedPerMonth: 10,
  showRate: 0.7,
  qualifiedRate: 0.6,
};

export const DEFAULT_IN_HOUSE: InHouseAssumptions = {
  baseAnnualCents: 32_000_00,
  variableAnnualCents: 8_000_00,
  variableGuaranteeMonths: 3,
  employerRate: 0.3511,
  benefitsCents: 200_00,
  toolsCents: 300_00,
  dataCents: 100_00,
  managementCents: 1_400_00,
  workspaceCents: 250_00,
  recruitmentRate: 0.2,
  recruitmentFixedCents: 0,
  onboardingCents: 1_000_00,
  equipmentCents: 1_500_00,
  exitCents: 0,
  hiringLeadMonths: 2,
  ramp: [0, 0.33, 0.67],
  tenureMonths: 18,
  vacancyMonths: 2,
  toolsDuringVacancy: true,
  bookedPerMonth: 12,
  showRate: 0.7,
  qualifiedRate: 0.6,
};

export const DEFAULT_HORIZON_MONTHS = 12;
export const DEFAULT_CURRENCY = 'EUR';
