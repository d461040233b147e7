import { raw, type Sql } from 'sql-template-tag';
import { snakeCase } from '../../database/rows.js';
import { searchColumns } from '../search/search-text.js';
import { KEY_KINDS, type IdentityKeys } from './identity-keys.js';
import type { KnownCompany } from './import-companies.queries.js';
import type { ImportRun } from './import-run.js';
import { PACKED_FIELDS, type DraftedRow } from './packed-rows.js';
import { isJudgedAlike, storedVerdict } from './stored-verdict.js';

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
  ...PACKED_FIELDS.map(snakeCase),
  'company_name',
  'sort_name',
  'company_sort',
  'search_text',
  'status',
  'status_at',
  'icp_version_id',
  'fit',
  'fit_score',
  'fit_reasons',
  'source',
  'import_id',
  'owner_id',
  'created_at',
  'updated_at',
  'last_activity_at',
  'version',
];

interface NewProspect {
  run: ImportRun;
  id: string;
  row: DraftedRow;
  keys: IdentityKeys;
  company: KnownCompany | null;
  /** As the database takes it. */
  now: unknown;
}

/** A new prospect in the order of PROSPECT_COLUMNS. */
export function prospectRow({ run, id, row, keys, company, now }: NewProspect): unknown[] {
  const { search, judged } = atCompany(run, row, company);
  const values = row.values.slice(KEY_KINDS.length);
  return [
    id,
    run.clientId,
    company?.id,
    keys.external,
    keys.email,
    keys.linkedin,
    keys.name,
    ...values,
    row.company?.name ?? null,
    search.sortName,
    search.companySort,
    search.searchText,
    'new',
    now,
    judged.icpVersionId,
    judged.fit,
    judged.fitScore,
    judged.fitReasons,
    'import',
    run.importId,
    run.ownerId,
    now,
    now,
    now,
    1,
  ];
}

/** The row knows its company only as far as the file tells; a company known better is judged as it is known. */
function atCompany(
  run: ImportRun,
  row: DraftedRow,
  company: KnownCompany | null,
): Pick<DraftedRow, 'search' | 'judged'> {
  const drafted = row.company;
  if (isJudgedAlike(company, drafted)) return row;
  const { person } = row;
  const named = { ...person, companyName: drafted?.name ?? null };
  return {
    judged: storedVerdict(run.icps, person, company),
    search: searchColumns(named, company?.domain ?? null),
  };
}

/** The column of a field of ours; never a name from a file. */
export function columnOf(field: string): Sql {
  return raw(field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`));
}
