import { companyKey } from '../../shared/company-name.js';
import { emailDomain } from '../../shared/email-address.js';
import { foldText } from '../../shared/folded-text.js';
import { wordsOf } from './search-words.js';

export interface Named {
  firstName: string | null;
  lastName: string | null;
  fullName: string;
  companyName: string | null;
  email: string | null;
  title: string | null;
}

/** The columns a list sorts and searches on; they follow the fields they are made of. */
export interface SearchColumns {
  sortName: string;
  companySort: string;
  searchText: string;
}

const longest = 300;

/** @param domain the company's, when it is another than the address's */
export function searchColumns(person: Named, domain: string | null): SearchColumns {
  const { firstName, lastName, fullName, companyName, email, title } = person;
  const byLast = lastName === null ? fullName : [lastName, firstName].filter(Boolean).join(' ');
  const mailDomain = email === null ? null : emailDomain(email);
  const told = [fullName, companyName, email, domain === mailDomain ? null : domain, title];
  return {
    sortName: foldText(byLast).slice(0, longest),
    companySort: companyName === null ? '' : companyKey(companyName).slice(0, longest),
    searchText: [...new Set(wordsOf(told.filter((text) => text !== null).join(' ')))].join(' '),
  };
}
