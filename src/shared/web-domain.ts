import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { remember } from './remember.js';

/** Sites where a page of one's own sits under somebody else's domain. */
const hosts =
  /^(?:linkedin|facebook|instagram|twitter|x|youtube|tiktok|welcometothejungle|pagesjaunes|societe|crunchbase|linktr|notion|medium)\.[a-z.]+$/u;

/**
 * The registrable domain (`acme.co.uk`) of a web address, host name or email address, lower case, punycode.
 * Null for an IP address, a bare word, or anything else that no one can register.
 */
export function webDomain(raw: string): string | null {
  return registrable(raw.trim());
}

/** The domain that identifies a company: as webDomain, but a page on LinkedIn or Facebook identifies none. */
export function companyDomain(raw: string): string | null {
  const text = raw.trim();
  const domain = registrable(text);
  if (domain === null || !hosts.test(domain)) return domain;
  const path = text.replace(/^[a-z]+:\/\//iu, '').replace(/^[^/]*/u, '');
  return path.length > 1 ? null : domain;
}

/** Colleagues bring the same site, row after row. */
const registrable = remember((text: string): string | null => {
  if (text === '' || text.length > 2_000 || /\s/u.test(text)) return null;
  const { hostname, isIp } = parse(text, { validateHostname: false });
  const ascii = hostname === null || isIp === true ? '' : domainToASCII(hostname.replace(/\.$/u, ''));
  const { domain } = parse(ascii, { allowPrivateDomains: true });
  return domain !== null && domain.includes('.') && !/\.\d+$/u.test(domain) ? domain : null;
});
