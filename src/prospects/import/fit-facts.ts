import type { ProspectFacts } from '../../icp/prospect-facts.js';

interface Person {
  title: string | null;
  jobFunction: string | null;
  seniority: string | null;
  country: string | null;
  region: string | null;
}
interface Employer {
  name: string;
  domain: string | null;
  industry: string | null;
  nafCode: string | null;
  headcount: number | null;
  headcountBand: string | null;
  country: string | null;
  region: string | null;
  technologies: string[] | null;
}

/** What an ICP asks about: where the person works counts before where the company has its seat. */
export function fitFacts(person: Person, company: Employer | null): ProspectFacts {
  const { title, seniority, jobFunction } = person;
  const place = person.country === null && person.region === null ? company : person;
  return {
    title,
    seniority,
    function: jobFunction,
    country: place?.country ?? company?.country ?? null,
    region: place?.region ?? null,
    companyName: company?.name ?? null,
    domain: company?.domain ?? null,
    industry: company?.industry ?? null,
    nafCode: company?.nafCode ?? null,
    headcount: company?.headcount ?? company?.headcountBand ?? null,
    technologies: company?.technologies ?? null,
  };
}
