const host = /^(?:https?:)?(?:\/\/)?(?:[a-z]{2,4}(?:-[a-z]{2})?\.|m\.)?linkedin\.com(?=[/?#]|$)/iu;
/** Ids such as ACwAAABc… are case-sensitive, private to Sales Navigator, and no public profile name. */
const memberId = /^AC[a-zA-Z]AA[\w-]{6,}$/u;

export interface LinkedInReference {
  /** `https://www.linkedin.com/in/<slug>`, or null when the link is not a public profile. */
  publicUrl: string | null;
  /** The member id inside a Sales Navigator (or `/in/ACw…`) link. */
  memberId: string | null;
}

/** Reads any link to a person: locale hosts, mobile pages, tracking queries, percent-encoding, Sales Navigator leads. */
export function readLinkedInPerson(raw: string): LinkedInReference {
  const path = linkedInPath(raw);
  const lead = /^\/sales\/(?:lead|people|profile)\/([^/?#,]+)/iu.exec(path)?.[1];
  if (lead !== undefined) return { publicUrl: null, memberId: memberId.test(lead) ? lead : null };
  const segment = /^\/(?:mwlite\/)?in\/([^/?#]+)/iu.exec(path)?.[1];
  const slug = segment === undefined ? null : decoded(segment);
  if (slug === null) return { publicUrl: null, memberId: null };
  if (memberId.test(slug)) return { publicUrl: null, memberId: slug };
  return { publicUrl: `https://www.linkedin.com/in/${encodeURIComponent(canonical(slug))}`, memberId: null };
}

/** The canonical public profile, or null (a Sales Navigator link is not one). */
export function canonicalLinkedInUrl(raw: string): string | null {
  return readLinkedInPerson(raw).publicUrl;
}

/** `https://www.linkedin.com/company/<slug or id>`, from company, school, showcase and Sales Navigator links. */
export function canonicalLinkedInCompanyUrl(raw: string): string | null {
  const segment = /^\/(?:mwlite\/|sales\/)?(?:company|school|showcase)\/([^/?#]+)/iu.exec(
    linkedInPath(raw),
  )?.[1];
  const slug = segment === undefined ? null : decoded(segment);
  return slug === null ? null : `https://www.linkedin.com/company/${encodeURIComponent(canonical(slug))}`;
}

function linkedInPath(raw: string): string {
  const text = raw.trim();
  if (host.test(text)) return text.replace(host, '');
  return /^\/?in\/[^/\s]+\/?$/iu.test(text) ? `/${text.replace(/^\//u, '')}` : '';
}

/** Some exports encode an already encoded address, hence the second pass. */
function decoded(segment: string): string | null {
  try {
    const once = decodeURIComponent(segment);
    const slug = /%[0-9a-f]{2}/iu.test(once) ? decodeURIComponent(once) : once;
    return /[\s%/?#]/u.test(slug) || canonical(slug) === '' ? null : encodable(slug);
  } catch {
    return null;
  }
}

function encodable(slug: string): string {
  encodeURIComponent(slug);
  return slug;
}

function canonical(slug: string): string {
  return slug.toLowerCase().normalize('NFC');
}
