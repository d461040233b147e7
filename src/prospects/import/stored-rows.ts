import { raw, type Sql } from 'sql-template-tag';
import { bestFit } from '../../icp/best-fit.js';
import { searchColumns } from '../search-text.js';
import { fitFacts } from './fit-facts.js';
import type { IdentityKeys } from './identity-keys.js';
import type { KnownCompany } from './import-companies.queries.js';
import type { ImportRun } from './import-run.js';
import type { ProspectDraft } from './prospect-draft.js';

export const COMPANY_COLUMNS = [
  'id',
  'client_id',
  'name',
  'name_key',
  'domain',
  'website',
  'linkedin_url',
  'industry',
  'naf_code',
  'siren',
  'headcount',
  'headcount_band',
  'phone',
  'city',
  'region',
  'country',
  'technologies',
  'created_at',
];

/** `now` as the database takes it: worked out once, not for each of a hundred thousand values. */
export function companyRow(company: KnownCompany, clientId: string, now: unknown): unknown[] {
  return [
    company.id,
    clientId,
    company.name,
    company.nameKey,
    company.domain,
    company.website,
    company.linkedinUrl,
    company.industry,
    company.nafCode,
    company.siren,
    company.headcount,
    company.headcountBand,
    company.phone,
    company.city,
    company.region,
    company.country,
    company.technologies && JSON.stringify(company.technologies),
    now,
  ];
}

export const PROSPECT_COLUMNS = [
  'id',
  'client_id',
  'company_id',
  'external_key',
  'email_key',
  'linkedin_key',
  'name_key',
  'first_name',
  'last_name',
  'full_name',
  'sort_name',
  'company_sort',
  'company_name',
  'search_text',
  'email',
  'email_status',
  'linkedin_url',
  'phone',
  'mobile_phone',
  'title',
  'job_function',
  'seniority',
  'city',
  'region',
  'country',
  'time_zone',
  'custom',
  'status',
  'status_at',
  'icp_version_id',
  'fit',
  'fit_score',
  'fit_reasons',
  'source',
  'import_id',
  'created_at',
  'updated_at',
  'last_activity_at',
  'version',
];

interface NewProspect {
  run: ImportRun;
  id: string;
  draft: ProspectDraft;
  keys: IdentityKeys;
  company: KnownCompany | null;
  /** As the database takes it. */
  now: unknown;
}

/** A new prospect in the order of PROSPECT_COLUMNS. */
export function prospectRow({ run, id, draft, keys, company, now }: NewProspect): unknown[] {
  const { person, custom } = draft;
  const companyName = draft.company?.name ?? null;
  const search = searchColumns({ ...person, companyName }, company?.domain ?? null);
  const fit = bestFit(run.icps, fitFacts(person, company));
  return [
    id,
    run.clientId,
    company?.id,
    keys.external,
    keys.email,
    keys.linkedin,
    keys.name,
    person.firstName,
    person.lastName,
    person.fullName,
    search.sortName,
    search.companySort,
    companyName,
    search.searchText,
    person.email,
    person.emailStatus,
    person.linkedinUrl,
    person.phone,
    person.mobilePhone,
    person.title,
    person.jobFunction,
    person.seniority,
    person.city,
    person.region,
    person.country,
    person.timeZone,
    Object.keys(custom).length === 0 ? null : JSON.stringify(custom),
    'new',
    now,
    fit?.versionId,
    fit?.verdict,
    fit?.score,
    fit && JSON.stringify(fit.reasons),
    'import',
    run.importId,
    now,
    now,
    now,
    1,
  ];
}

/** The column of a field of ours; never a name from a file. */
export function columnOf(field: string): Sql {
  return raw(field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`));
}
