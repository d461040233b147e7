import type { IdentityKeys } from './identity-keys.js';

export interface PersonDraft {
  firstName: string | null;
  lastName: string | null;
  /** Never empty: the name, else the address it is known by. */
  fullName: string;
  email: string | null;
  emailStatus: string | null;
  linkedinUrl: string | null;
  phone: string | null;
  mobilePhone: string | null;
  title: string | null;
  jobFunction: string | null;
  seniority: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  timeZone: string | null;
}

export interface CompanyDraft {
  name: string;
  /** As names are compared. */
  nameKey: string;
  domain: string | null;
  website: string | null;
  linkedinUrl: string | null;
  industry: string | null;
  nafCode: string | null;
  siren: string | null;
  /** Employees, when the source gives one number. */
  headcount: number | null;
  /** The band as the source writes it ("51-200"), when it gives no single number. */
  headcountBand: string | null;
  phone: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  technologies: string[] | null;
}

/** A cell that could not be read; the row goes on without it. */
export type CellProblem =
  'bad_email' | 'bad_phone' | 'bad_linkedin' | 'bad_website' | 'bad_country' | 'bad_time_zone';
/** Why a row as such cannot be imported. */
export type RowProblem = 'missing_identity' | 'bad_email' | 'shifted_cells' | 'do_not_contact';

export interface ProspectDraft {
  person: PersonDraft;
  company: CompanyDraft | null;
  custom: Record<string, string>;
  keys: IdentityKeys;
  warnings: CellProblem[];
  /** Null: fit to be matched and written. */
  problem: RowProblem | null;
}
