import type { FieldProblems } from '../shared/errors.js';
import { type Cents, centsTimes, Exact, type Quantity, sumCents } from '../shared/money.js';

export const FEE_BASES = ['booked', 'held', 'qualified'] as const;
export type FeeBasis = (typeof FEE_BASES)[number];

/** Price of an engagement, excluding VAT; field names and units as in the cost model. Left out = 0 / none. */
export interface PriceTerms {
  setupCents: Cents;
  /** A month. */
  retainerCents: Cents;
  dayRateCents: Cents;
  /** Decimal days a month, at most two decimals. */
  daysPerMonth: number;
  feePerUnitCents: Cents;
  feeBasis: FeeBasis;
  /** Units a month that the retainer already covers. */
  includedUnits: number;
  /** Cap of the variable fee a month; null = none. */
  feeCapCents: Cents | null;
}

/** Monthly targets; 0 = none. */
export interface Targets {
  held: number;
  qualified: number;
}

/** One thing that must be true of a meeting to count as qualified; `key` is stable across versions. */
export interface Criterion {
  key: string;
  label: string;
}

/** What one version of an engagement agrees on. */
export interface Terms {
  price: PriceTerms;
  targets: Targets;
  qualificationCriteria: readonly Criterion[];
  acceptanceDays: number;
}

export const NO_PRICE: PriceTerms = {
  setupCents: 0,
  retainerCents: 0,
  dayRateCents: 0,
  daysPerMonth: 0,
  feePerUnitCents: 0,
  feeBasis: 'qualified',
  includedUnits: 0,
  feeCapCents: null,
};
/** Business days; reporting.md §1. */
export const DEFAULT_ACCEPTANCE_DAYS = 5;

const LONGEST_ACCEPTANCE_DAYS = 30;
const MOST_DAYS_A_MONTH = 31;
const MOST_UNITS_A_MONTH = 1000;
const MOST_CRITERIA = 20;
const LONGEST_LABEL = 200;
/** Ten million of the currency: beyond it, somebody typed cents where the currency was asked. */
const MOST_CENTS = 1_000_000_000;

/** One month's invoice, line by line; each line is rounded half-up to the cent and the total is their sum. */
export interface MonthFee {
  setupCents: Cents;
  retainerCents: Cents;
  daysCents: Cents;
  feeCents: Cents;
  totalCents: Cents;
}

/**
 * What the client owes for a month in which `units` meetings of the fee's basis were delivered (exact decimals for a forecast).
 * fee = min(cap, fee per unit × max(0, units − included)); setup only in the first month. Source: reporting.md §3.
 */
export function monthFee(price: PriceTerms, month: { units: Quantity; isFirstMonth: boolean }): MonthFee {
  const setupCents = month.isFirstMonth ? price.setupCents : 0;
  const daysCents = centsTimes(price.dayRateCents, price.daysPerMonth);
  const feeCents = variableFee(price, month.units);
  const totalCents = sumCents([setupCents, price.retainerCents, daysCents, feeCents]);
  return { setupCents, retainerCents: price.retainerCents, daysCents, feeCents, totalCents };
}

/** The variable fee of a month alone, capped. */
export function variableFee(price: PriceTerms, units: Quantity): Cents {
  const billable = Exact.max(0, new Exact(units).minus(price.includedUnits));
  const uncapped = centsTimes(price.feePerUnitCents, billable);
  return price.feeCapCents === null ? uncapped : Math.min(price.feeCapCents, uncapped);
}

/** Everything wrong with the terms, by field path; empty when they hold. */
export function termsProblems({
  price,
  targets,
  qualificationCriteria,
  acceptanceDays,
}: Terms): FieldProblems {
  return {
    ...priceProblems(price),
    ...targetProblems(targets),
    ...criteriaProblems(qualificationCriteria),
    ...(isWhole(acceptanceDays, 1, LONGEST_ACCEPTANCE_DAYS)
      ? {}
      : { acceptanceDays: outside(1, LONGEST_ACCEPTANCE_DAYS) }),
  };
}

/** Keys for criteria that came without one: the label in plain letters, numbered when taken. Given keys stay. */
export function keyedCriteria(criteria: readonly { key?: string | undefined; label: string }[]): Criterion[] {
  const taken = new Set(criteria.flatMap(({ key }) => (key ? [key] : [])));
  return criteria.map(({ key, label }) => {
    const ownKey = key ?? freeKey(label, taken);
    taken.add(ownKey);
    return { key: ownKey, label: label.trim() };
  });
}

function priceProblems(price: PriceTerms): FieldProblems {
  const problems: FieldProblems = {};
  for (const name of [
    'setupCents',
    'retainerCents',
    'dayRateCents',
    'feePerUnitCents',
    'feeCapCents',
  ] as const) {
    const amount = price[name];
    if (amount !== null && !isWhole(amount, 0, MOST_CENTS)) problems[`price.${name}`] = 'amountOutside';
  }
  const days = new Exact(price.daysPerMonth);
  if (!days.isFinite() || days.lt(0) || days.gt(MOST_DAYS_A_MONTH) || days.decimalPlaces() > 2)
    problems['price.daysPerMonth'] = outside(0, MOST_DAYS_A_MONTH);
  if (!isWhole(price.includedUnits, 0, MOST_UNITS_A_MONTH))
    problems['price.includedUnits'] = outside(0, MOST_UNITS_A_MONTH);
  if (!FEE_BASES.includes(price.feeBasis)) problems['price.feeBasis'] = 'isIn';
  return problems;
}

function targetProblems({ held, qualified }: Targets): FieldProblems {
  const problems: FieldProblems = {};
  if (!isWhole(held, 0, MOST_UNITS_A_MONTH)) problems['targets.held'] = outside(0, MOST_UNITS_A_MONTH);
  if (!isWhole(qualified, 0, MOST_UNITS_A_MONTH))
    problems['targets.qualified'] = outside(0, MOST_UNITS_A_MONTH);
  else if (held > 0 && qualified > held) problems['targets.qualified'] = 'qualifiedAboveHeld';
  return problems;
}

function criteriaProblems(criteria: readonly Criterion[]): FieldProblems {
  if (criteria.length > MOST_CRITERIA)
    return { qualificationCriteria: { code: 'arrayMaxSize', params: { limit: MOST_CRITERIA } } };
  const problems: FieldProblems = {};
  criteria.forEach(({ key, label }, index) => {
    const field = `qualificationCriteria.${index}`;
    if (label.trim() === '') problems[field] = 'isNotEmpty';
    else if (label.length > LONGEST_LABEL)
      problems[field] = { code: 'maxLength', params: { limit: LONGEST_LABEL } };
    else if (criteria.findIndex((other) => other.key === key) < index) problems[field] = 'twice';
  });
  return problems;
}

function freeKey(label: string, taken: ReadonlySet<string>): string {
  const slug = label
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 40);
  const base = slug === '' ? 'criterion' : slug;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(key)) return key;
  }
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function outside(min: number, max: number): { code: string; params: { min: number; max: number } } {
  return { code: 'outside', params: { min, max } };
}
