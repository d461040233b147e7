import { bestFit, type FitOfProspect, type IcpInForce } from '../../icp/best-fit.js';
import { excludesCompany } from '../../icp/fit-score.js';
import type { ProspectFacts } from '../../icp/prospect-facts.js';
import { remember } from '../../shared/remember.js';
import { fitFacts } from './fit-facts.js';
import type { CompanyDraft, PersonDraft } from './prospect-draft.js';
import type { StoredVerdict } from './row-decision.js';

/** What an ICP reads of a company; a verdict holds as long as these are the same. */
const JUDGED = [
  'name',
  'domain',
  'industry',
  'nafCode',
  'headcount',
  'headcountBand',
  'country',
  'region',
] as const satisfies readonly (keyof CompanyDraft)[];

type Employer = Pick<CompanyDraft, (typeof JUDGED)[number] | 'technologies'>;
type Person = Pick<PersonDraft, 'title' | 'jobFunction' | 'seniority' | 'country' | 'region'>;

/** A person at a company judged by the client's ICPs, as the columns of the prospect hold it. */
export function storedVerdict(
  icps: readonly IcpInForce[],
  person: Person,
  company: Employer | null,
): StoredVerdict {
  return asStored(bestFit(icps, fitFacts(person, company)));
}

/** The same for one row after another: those an ICP sees no difference between share one verdict, the very object. */
export function verdictReader(
  icps: readonly IcpInForce[],
): (person: Person, company: Employer | null) => StoredVerdict {
  const ofAlike = remember((facts) => asStored(bestFit(icps, JSON.parse(facts) as ProspectFacts)));
  return (person, company) => {
    const facts = fitFacts(person, company);
    // Name and domain tell companies apart, and are asked for only to exclude one.
    if (icps.some(({ criteria }) => excludesCompany(criteria, facts))) return asStored(bestFit(icps, facts));
    return ofAlike(JSON.stringify({ ...facts, companyName: null, domain: null }));
  };
}

function asStored(fit: FitOfProspect | null): StoredVerdict {
  return {
    icpVersionId: fit?.versionId ?? null,
    fit: fit?.verdict ?? null,
    fitScore: fit?.score ?? null,
    fitReasons: fit === null ? null : JSON.stringify(fit.reasons),
  };
}

/** Whether a company is to an ICP what the row says of it: the verdict given from the row alone then stands. */
export function isJudgedAlike(company: Employer | null, draft: CompanyDraft | null): boolean {
  if (company === null || draft === null) return company === draft;
  if (JUDGED.some((field) => company[field] !== draft[field])) return false;
  return (company.technologies ?? []).join('\n') === (draft.technologies ?? []).join('\n');
}
