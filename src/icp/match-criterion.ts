import { companyKey } from '../shared/company-name.js';
import { countryCode } from '../shared/country.js';
import type { CriteriaLists, Exclusions } from './criteria.js';
import { headcountText, overlapOf, readHeadcount, type HeadcountRange } from './headcount.js';
import { JOB_FUNCTIONS, SENIORITIES } from './job-lexicon.js';
import { readJobTitle, type JobReading } from './job-title.js';
import { coversNaf, nafLabel } from './naf.js';
import { hasPhrase, plain } from './plain-words.js';
import { known, type ProspectFacts } from './prospect-facts.js';
import { isWithin, readRegion, readWantedRegion } from './region.js';

/**
 * What one list says of one prospect. `found` is the fact in the words of its source, '' when there is none; `matched` are the
 * values of the list that hold. Nothing matched and `isConclusive` false = the data do not tell.
 */
export interface Comparison {
  readonly found: string;
  readonly matched: readonly string[];
  readonly isConclusive: boolean;
}

const NOTHING_KNOWN: Comparison = { found: '', matched: [], isConclusive: false };
/** "manager" is a rank here, not a word to look for: a product manager is none. */
const JOB_NAMES = new Set<string>([...JOB_FUNCTIONS, ...SENIORITIES]);

type Matcher = (wanted: readonly string[], facts: ProspectFacts) => Comparison;

/** One matcher a list of criteria; the exclusions use the same ones. */
export const MATCHERS: Readonly<Record<keyof Exclusions, Matcher>> = {
  industries: matchIndustry,
  nafCodes: (wanted, { nafCode }) =>
    compare(
      known(nafCode),
      wanted,
      (code, prefix) => coversNaf(prefix, code),
      (code) => [code, nafLabel(code)].filter(Boolean).join(' '),
    ),
  countries: (wanted, { country }) =>
    compare(known(country), wanted, (found, name) =>
      sameText(countryCode(found) ?? found, countryCode(name) ?? name),
    ),
  regions: (wanted, { region, country }) =>
    compare(known(region), wanted, (found, name) => isInRegion(found, name, country)),
  functions: (wanted, facts) => matchJob(wanted, facts, ({ functions }) => functions, known(facts.function)),
  seniorities: (wanted, facts) =>
    matchJob(wanted, facts, ({ seniorities }) => seniorities, known(facts.seniority)),
  titleKeywords: (wanted, { title }) => compare(known(title), wanted, hasPhrase),
  technologies: matchTechnologies,
  companyNames: (wanted, { companyName }) =>
    compare(known(companyName), wanted, (found, name) => companyKey(found) === companyKey(name)),
  domains: (wanted, { domain }) => compare(known(domain), wanted, isUnderDomain),
};

/** Where a known headcount stands; a band that straddles the wanted range does not tell. */
export function matchHeadcount(wanted: HeadcountRange, { headcount }: ProspectFacts): Comparison {
  const range =
    headcount == null ? null : typeof headcount === 'object' ? headcount : readHeadcount(headcount);
  if (!range || (range.min == null && range.max == null)) return NOTHING_KNOWN;
  const overlap = overlapOf(range, wanted);
  return {
    found: headcountText(range),
    matched: overlap === 'inside' ? [headcountText(wanted)] : [],
    isConclusive: overlap !== 'partly',
  };
}

/** The wording of a NAF code may prove an industry, but its silence proves nothing: statutory labels rarely say "SaaS". */
function matchIndustry(wanted: readonly string[], { industry, nafCode }: ProspectFacts): Comparison {
  const stated = compare(known(industry), wanted, hasPhrase);
  if (stated.matched.length > 0) return stated;
  const derived = compare(nafLabel(known(nafCode) ?? ''), wanted, hasPhrase);
  return derived.matched.length > 0 ? derived : stated;
}

/** A stated function or rank and what the title tells both count; a name outside the lexicon is looked for in their words. */
function matchJob(
  wanted: NonNullable<CriteriaLists['functions']>,
  { title }: ProspectFacts,
  pick: (reading: JobReading) => readonly string[],
  stated: string | null,
): Comparison {
  const texts = [stated, known(title)].filter((text) => text !== null);
  const names = texts.flatMap((text) => [plain(text), ...pick(readJobTitle(text))]);
  const held = new Set<string>(names);
  const matched = wanted.filter(
    (name) => held.has(plain(name)) || (!JOB_NAMES.has(name) && texts.some((text) => hasPhrase(text, name))),
  );
  const isRead = texts.some((text) => pick(readJobTitle(text)).length > 0) || stated !== null;
  return { found: texts.join(' · '), matched, isConclusive: isRead };
}

function matchTechnologies(wanted: readonly string[], { technologies }: ProspectFacts): Comparison {
  const used = (technologies ?? []).map((name) => name.trim()).filter(Boolean);
  if (used.length === 0) return NOTHING_KNOWN;
  const matched = wanted.filter((name) =>
    used.some((found) => sameText(found, name) || hasPhrase(found, name)),
  );
  return { found: used.join(', '), matched, isConclusive: true };
}

function compare(
  fact: string | null,
  wanted: readonly string[],
  isMatch: (found: string, value: string) => boolean,
  print: (found: string) => string = (found) => found,
): Comparison {
  if (fact === null) return NOTHING_KNOWN;
  return { found: print(fact), matched: wanted.filter((value) => isMatch(fact, value)), isConclusive: true };
}

function isUnderDomain(found: string, wanted: string): boolean {
  const domain = found.toLowerCase().replace(/^www\./, '');
  const parent = wanted.toLowerCase().replace(/^(?:www|\*)\./, '');
  return domain.endsWith(`.${parent}`) || (domain === parent && !wanted.startsWith('*.'));
}

/** By the codes of ISO 3166-2 where both can be read, a county in its region included; else by their words. */
function isInRegion(found: string, wanted: string, country: string | null | undefined): boolean {
  const asked = readWantedRegion(wanted);
  const told = asked === null ? null : readRegion(found, countryCode(country ?? ''));
  return (asked !== null && told !== null && isWithin(told, asked)) || hasPhrase(found, wanted);
}

function sameText(one: string, other: string): boolean {
  return plain(one) === plain(other);
}
