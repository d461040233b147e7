import { type Figure, figuresFor, ratesOf } from './figures.js';
import { type Rate, rateOf } from '../shared/rates.js';
import type { Breakdown, View } from './report-request.js';
import type { Counts } from './tally.js';

/** A rate with the two figures it divides: each opens its own rows. */
export interface ReportRate extends Rate {
  of: string;
  among: string;
}

/** Counts and the rates made of them: of a whole report, or of one line. */
export interface Told {
  counts: Counts;
  rates: Record<string, ReportRate>;
}

export interface ReportLine extends Told {
  /** Null: those of none. */
  id: string | null;
  /** As written by people; null for channels and for none, which have translated names. */
  name: string | null;
}

export interface FunnelReport {
  clientId: string;
  view: View;
  from: string;
  to: string;
  /** Days of the report are days of this zone. */
  timeZone: string;
  /** The instant "to date" means. */
  asOf: Date;
  by: Breakdown | null;
  /** What each key of `counts` counts: people, entries of a stage, touches or meetings. */
  units: Record<string, Figure['unit']>;
  total: Told;
  lines: ReportLine[];
}

/** The counts with every rate that can be made of them. */
export function told(view: View, counts: Counts): Told {
  const rates: Record<string, ReportRate> = {};
  for (const [key, [of, among]] of Object.entries(ratesOf[view])) {
    const [numerator, denominator] = [counts[of], counts[among]];
    if (numerator === undefined || denominator === undefined) continue;
    rates[key] = { ...rateOf(numerator, denominator), of, among };
  }
  return { counts, rates };
}

export function unitsOf(view: View): Record<string, Figure['unit']> {
  return Object.fromEntries(Object.entries(figuresFor(view, null)).map(([key, { unit }]) => [key, unit]));
}
