import { countryCode } from '../shared/country.js';
import type { HeadcountRange } from './headcount.js';
import { JOB_FUNCTIONS, SENIORITIES } from './job-lexicon.js';
import { readFunction, readSeniority } from './job-title.js';
import { readNaf } from './naf.js';
import { plain } from './plain-words.js';

/** What the lists of an ICP say, wanted or excluded. A list that is empty or left out asks nothing. */
export interface CriteriaLists {
  /** Words of the industry's label ("logiciels", "software"), in any language the data come in. */
  readonly industries?: readonly string[];
  /** Codes or prefixes of codes: "62.01Z", "62.01", "62". */
  readonly nafCodes?: readonly string[];
  /** ISO codes, or names in French or English. */
  readonly countries?: readonly string[];
  readonly regions?: readonly string[];
  /** Names of job-lexicon.ts; any other word is looked for in the title. */
  readonly functions?: readonly string[];
  readonly seniorities?: readonly string[];
  readonly titleKeywords?: readonly string[];
  readonly technologies?: readonly string[];
}

export interface Exclusions extends CriteriaLists {
  readonly companyNames?: readonly string[];
  /** "acme.fr" also covers "eu.acme.fr"; "*.gouv.fr" covers what is below only. */
  readonly domains?: readonly string[];
}

/** One version of an ideal customer profile. */
export interface IcpCriteria extends CriteriaLists {
  readonly headcount?: HeadcountRange | null;
  readonly exclusions?: Exclusions | null;
}

export const LISTS = [
  'industries',
  'nafCodes',
  'countries',
  'regions',
  'functions',
  'seniorities',
  'titleKeywords',
  'technologies',
] as const satisfies readonly (keyof CriteriaLists)[];
export const EXCLUSION_LISTS = [
  ...LISTS,
  'companyNames',
  'domains',
] as const satisfies readonly (keyof Exclusions)[];

/** How a value is written once it is kept; a value the reader does not know stays as typed. */
const READERS: Partial<Record<keyof Exclusions, (text: string) => string | null>> = {
  nafCodes: readNaf,
  countries: countryCode,
  functions: (text) => JOB_FUNCTIONS.find((name) => name === text) ?? readFunction(text),
  seniorities: (text) => SENIORITIES.find((name) => name === text) ?? readSeniority(text),
  domains: (text) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/[/?#].*$/, ''),
};

/** The criteria as they are stored: trimmed, each value once, codes as printed, empty lists left out. */
export function tidyCriteria(criteria: IcpCriteria): IcpCriteria {
  const { min, max } = criteria.headcount ?? {};
  const exclusions = tidyLists(criteria.exclusions ?? {}, EXCLUSION_LISTS);
  return {
    ...tidyLists(criteria, LISTS),
    ...(min != null || max != null ? { headcount: { min: min ?? null, max: max ?? null } } : {}),
    ...(Object.keys(exclusions).length > 0 ? { exclusions } : {}),
  };
}

/** Whether two sets of criteria ask the same, whatever the order they were typed in. */
export function isSameCriteria(one: IcpCriteria, other: IcpCriteria): boolean {
  return canonical(tidyCriteria(one)) === canonical(tidyCriteria(other));
}

function tidyLists<Name extends keyof Exclusions>(
  lists: Exclusions,
  names: readonly Name[],
): Partial<Record<Name, string[]>> {
  const tidied = names.map((name) => [name, tidyList(lists[name] ?? [], READERS[name])] as const);
  return Object.fromEntries(tidied.filter(([, values]) => values.length > 0)) as Partial<
    Record<Name, string[]>
  >;
}

function tidyList(values: readonly string[], read: ((text: string) => string | null) | undefined): string[] {
  const kept = values.map((value) => value.trim().replaceAll(/\s+/g, ' ')).filter(Boolean);
  const written = kept.map((value) => read?.(value) ?? value);
  return [...new Map(written.map((value) => [plain(value), value])).values()];
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value).map(([name, content]) => `${name}:${canonical(content)}`);
  return `{${entries.sort().join()}}`;
}
