import { countryCode } from '../shared/country.js';
import type { Segments } from './fit-summary.js';
import { type HeadcountRange, readHeadcount } from './headcount.js';
import { readFunction, readJobTitle, readSeniority } from './job-title.js';
import { readNaf } from './naf.js';
import { known, type ProspectFacts } from './prospect-facts.js';
import { readRegion, regionAbove } from './region.js';

/** The bands sources write, by their first number. */
const BANDS: readonly (readonly [from: number, band: string])[] = [
  [10_001, '10001+'],
  [5001, '5001–10000'],
  [1001, '1001–5000'],
  [501, '501–1000'],
  [201, '201–500'],
  [51, '51–200'],
  [11, '11–50'],
  [0, '1–10'],
];
const LONGEST = 80;

/** Where a prospect belongs when a list is cut into segments: codes where there are any, else the words of the source. */
export function segmentsOf(facts: ProspectFacts): Segments {
  const country = known(facts.country);
  const code = country === null ? null : (countryCode(country) ?? country);
  const title = readJobTitle(known(facts.title) ?? '');
  const stated = (text: string | null | undefined): string => known(text) ?? '';
  return {
    industry: short(divisionOf(facts.nafCode) ?? known(facts.industry)),
    headcount: bandOf(facts.headcount),
    country: short(code),
    region: short(regionOf(known(facts.region), code)),
    jobFunction: short(readFunction(stated(facts.function)) ?? title.functions[0] ?? null),
    seniority: short(readSeniority(stated(facts.seniority)) ?? title.seniorities[0] ?? null),
  };
}

/** "62.01Z" → "62": the 88 divisions of NAF are about as many as a page can show. */
function divisionOf(nafCode: string | null | undefined): string | null {
  return readNaf(nafCode ?? '')?.slice(0, 2) ?? null;
}

/** A range of another source's bands belongs where its middle lies. */
function bandOf(headcount: ProspectFacts['headcount']): string | null {
  if (headcount == null) return null;
  const range: HeadcountRange | null = typeof headcount === 'object' ? headcount : readHeadcount(headcount);
  if (range === null || (range.min == null && range.max == null)) return null;
  const low = range.min ?? 0;
  const middle = (low + (range.max ?? low)) / 2;
  return BANDS.find(([from]) => Math.ceil(middle) >= from)?.[1] ?? null;
}

function regionOf(region: string | null, country: string | null): string | null {
  if (region === null) return null;
  const code = readRegion(region, country?.length === 2 ? country : null);
  return code === null ? region : regionAbove(code);
}

function short(value: string | null): string | null {
  return value === null ? null : value.slice(0, LONGEST);
}
