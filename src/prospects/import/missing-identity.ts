import type { ProspectDraft } from './prospect-draft.js';

/** What a row lacks to be somebody who is known again when the file comes a second time. */
export type MissingIdentity = 'name_alone' | 'company_without_site' | 'one_name' | 'nothing';

/** The nearest way from what is there to a key (product.md §1): a company’s name is none, nor is a telephone number. */
export function missingIdentity({
  person,
  company,
}: Pick<ProspectDraft, 'person' | 'company'>): MissingIdentity {
  const names = [person.firstName, person.lastName].filter((name) => name !== null);
  if (names.length === 0) return 'nothing';
  if (names.length === 1) return 'one_name';
  return company === null ? 'name_alone' : 'company_without_site';
}
