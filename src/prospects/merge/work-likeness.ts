import { parse } from 'tldts';
import { companyKey } from '../../shared/company-name.js';
import { emailDomain, isFreeMailDomain } from '../../shared/email-address.js';

/** How the places two people work at stand to each other, the surest first. */
export const WORK_LIKENESSES = ['company', 'domain', 'family', 'alike', 'unknown', 'different'] as const;
export type WorkLikeness = (typeof WORK_LIKENESSES)[number];

/** Where somebody works, as it is compared. */
export interface Workplace {
  /** Folded, without its legal form; '' when it is not known. */
  company: string;
  /** Registrable domain of the site, else of a work address. */
  domain: string | null;
  /** What stands before the public suffix: acme.fr and acme.com are one family. */
  family: string | null;
}

/** Words many companies share: by themselves they make no two of them alike. */
const COMMON = new Set(
  (
    'groupe group france international holding holdings europe services service solutions conseil consulting ' +
    'industrie industries entreprise entreprises societe compagnie etablissements ets et de du des la le les of the and'
  ).split(' '),
);

export function workplace(
  companyName: string | null,
  companyDomain: string | null,
  email: string | null,
): Workplace {
  const mail = email === null ? null : emailDomain(email);
  const own = companyDomain ?? (mail === null || isFreeMailDomain(mail) ? null : mail);
  const { domain, domainWithoutSuffix } = parse(own ?? '', { allowPrivateDomains: true });
  return {
    company: companyName === null ? '' : companyKey(companyName),
    domain: domain ?? null,
    family: domainWithoutSuffix ?? null,
  };
}

/** The same whichever comes first. Companies of one name with sites of two families are only alike. */
export function workLikeness(one: Workplace, other: Workplace): WorkLikeness {
  const isOneFamily = one.family !== null && one.family === other.family;
  const areTwoFamilies = one.family !== null && other.family !== null && !isOneFamily;
  const isOneName = one.company !== '' && one.company === other.company;
  if (isOneName && !areTwoFamilies) return 'company';
  if (one.domain !== null && one.domain === other.domain) return 'domain';
  if (isOneFamily) return 'family';
  if (isOneName || areAlike(one.company, other.company)) return 'alike';
  const isBlank = (place: Workplace): boolean => place.company === '' && place.domain === null;
  return isBlank(one) || isBlank(other) ? 'unknown' : 'different';
}

/** The words that tell a company from others. */
export function tellingWords(company: string): string[] {
  return company.split(' ').filter((word) => word.length > 2 && !COMMON.has(word));
}

/** "Roux" and "Groupe Roux", "Métallerie Roux" and "Roux Métallerie". */
function areAlike(one: string, other: string): boolean {
  const [words, others] = [tellingWords(one), tellingWords(other)];
  const [few, many] = words.length <= others.length ? [words, others] : [others, words];
  return few.some((word) => word.length > 3) && few.every((word) => many.includes(word));
}
