import { emailDomain, emailIdentity, normaliseEmail } from '../../shared/email-address.js';
import { canonicalLinkedInUrl } from '../../shared/linkedin-url.js';
import { normalisePhone } from '../../shared/phone-number.js';
import { webDomain } from '../../shared/web-domain.js';
import type { SuppressionKind } from './suppression.entity.js';

/** What a person can be suppressed by. All values are already normalised, as stored. */
export interface PersonKeys {
  email: string | null;
  phone?: string | null;
  mobilePhone?: string | null;
  linkedinUrl?: string | null;
  /** The registrable domain of the company. */
  companyDomain?: string | null;
}

export interface SuppressionKey {
  kind: SuppressionKind;
  /** At most 400 characters. */
  value: string;
}

/** What somebody objects to: `all`, or the channels named. */
export type Objection = 'all' | readonly string[];

/** The keys that stand for this very person, never for their colleagues. */
export function personalKeys(person: PersonKeys): SuppressionKey[] {
  const keys: SuppressionKey[] = [];
  if (person.email) keys.push({ kind: 'email', value: emailIdentity(person.email) });
  for (const phone of new Set([person.phone, person.mobilePhone])) {
    if (phone) keys.push({ kind: 'phone', value: phone });
  }
  if (person.linkedinUrl) keys.push({ kind: 'linkedin', value: person.linkedinUrl });
  return keys.filter(({ value }) => value.length <= 400);
}

/** Every entry that would cover this person, colleagues' domains included. */
export function suppressibleKeys(person: PersonKeys): SuppressionKey[] {
  const domains = new Set<string>();
  if (person.email) domains.add(emailDomain(person.email));
  if (person.companyDomain) domains.add(person.companyDomain);
  const values = new Set([...domains].flatMap(domainForms));
  return [...personalKeys(person), ...[...values].map((value) => ({ kind: 'domain' as const, value }))];
}

/** `mail.acme.fr` is covered by itself, by `*.mail.acme.fr` and by `*.acme.fr`: a wildcard covers its own domain too. */
function domainForms(domain: string): string[] {
  const labels = domain.split('.');
  const parents = labels.slice(0, -1).map((_, at) => `*.${labels.slice(at).join('.')}`);
  return [domain, ...parents];
}

/** A value as it is stored and compared; null when it is none of its kind. `country`: for phones without a code. */
export function normaliseSuppression(kind: SuppressionKind, raw: string, country?: string): string | null {
  const value = normalise(kind, raw.trim(), country);
  return value !== null && value.length <= 400 ? value : null;
}

function normalise(kind: SuppressionKind, raw: string, country?: string): string | null {
  if (kind === 'phone') return normalisePhone(raw, country);
  if (kind === 'linkedin') return canonicalLinkedInUrl(raw);
  if (kind === 'domain') return normaliseDomain(raw);
  const address = normaliseEmail(raw);
  return address === null ? null : emailIdentity(address);
}

/** A registrable domain or a host below one; `*.fr` would silence a country. */
function normaliseDomain(raw: string): string | null {
  const isWild = raw.startsWith('*.');
  const host = raw.replace(/^\*\./, '').replace(/^@/, '').toLowerCase();
  const registrable = webDomain(host);
  if (registrable === null) return null;
  const isBareHost =
    /^[a-z0-9.-]+$/.test(host) && host.endsWith(`.${registrable}`) && !host.startsWith('www.');
  const domain = isBareHost ? host : registrable;
  return isWild ? `*.${domain}` : domain;
}

/** The union of what entries cover: one for every channel says it all. */
export function objectionOf(entries: readonly { channels: readonly string[] | null }[]): Objection {
  const channels = new Set<string>();
  for (const entry of entries) {
    if (entry.channels === null) return 'all';
    entry.channels.forEach((channel) => channels.add(channel));
  }
  return [...channels];
}
