import { emailDomain, emailIdentity, isFreeMailDomain } from '../../shared/email-address.js';
import { webDomain } from '../../shared/web-domain.js';
import { personKey } from '../../shared/person-name.js';

/** In the order of trust of product.md §1. */
export const KEY_KINDS = ['external', 'email', 'linkedin', 'name'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** What a prospect is recognised by, within one client. A company name alone is never a key. */
export type IdentityKeys = Record<KeyKind, string | null>;

/** How the ids in our own export are told: each is a row of ours, and says nothing to a client it does not belong to. */
export const OWN_IDS = 'carnet';

/** The prospect an external key names as a row of ours; null for the id of any other source. */
export function ownIdIn(external: string | null): string | null {
  return external?.startsWith(`${OWN_IDS}:`) === true ? external.slice(OWN_IDS.length + 1) : null;
}

export interface KeySource {
  externalId: string | null;
  idPrefix: string;
  email: string | null;
  linkedinUrl: string | null;
  firstName: string | null;
  lastName: string | null;
  companyDomain: string | null;
  siren: string | null;
}

const longest: Record<KeyKind, number> = { external: 200, email: 320, linkedin: 300, name: 400 };

export function identityKeys(source: KeySource): IdentityKeys {
  const { email, externalId } = source;
  return {
    external: fitting('external', externalId === null ? null : `${source.idPrefix}:${externalId}`),
    email: fitting('email', email === null ? null : emailIdentity(email)),
    linkedin: fitting('linkedin', source.linkedinUrl),
    name: fitting('name', nameKey(source)),
  };
}

export function hasKey(keys: IdentityKeys): boolean {
  return KEY_KINDS.some((kind) => keys[kind] !== null);
}

/** The domain that tells the employer: the website's, else that of a work address. */
export function domainOfWork(website: string | null, email: string | null): string | null {
  if (website !== null || email === null) return website;
  const domain = emailDomain(email);
  return isFreeMailDomain(domain) ? null : webDomain(domain);
}

/** First and last name with the company's domain, or its SIREN when it has no site: a name of one word is too common. */
function nameKey({ firstName, lastName, companyDomain, siren }: KeySource): string | null {
  if (firstName === null || lastName === null) return null;
  const person = personKey(firstName, lastName);
  const company = companyDomain ?? (siren === null ? null : `siren:${siren}`);
  return company === null || !person.includes(' ') ? null : `${person}@${company}`;
}

function fitting(kind: KeyKind, key: string | null): string | null {
  return key !== null && key.length <= longest[kind] ? key : null;
}
