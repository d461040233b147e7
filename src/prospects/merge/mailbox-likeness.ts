import { emailDomain, emailIdentity } from '../../shared/email-address.js';
import type { NameWords } from './name-likeness.js';

/**
 * How two addresses stand to each other: `same` mailbox under two spellings; `variant`: both spell one name;
 * `numbered`: a number tells homonyms apart; null: nothing can be said.
 */
export type MailboxLikeness = 'same' | 'variant' | 'numbered';

/** Providers to whom the dots in an address mean nothing. */
const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/** The mailbox an address leads to, however it is spelled: no plus-tag, no dots where they do not count. */
export function mailboxOf(address: string): string {
  const [local, domain] = parts(address);
  if (!DOTLESS.has(domain)) return `${local}@${domain}`;
  return `${local.replaceAll('.', '')}@gmail.com`;
}

/** @param areNear whether the two people work at one domain, or at two of one family */
export function mailboxLikeness(
  one: { email: string | null; name: NameWords },
  other: { email: string | null; name: NameWords },
  areNear: boolean,
): MailboxLikeness | null {
  if (one.email === null || other.email === null) return null;
  if (mailboxOf(one.email) === mailboxOf(other.email)) return 'same';
  if (!areNear) return null;
  const [mine, theirs] = [bare(one.email), bare(other.email)];
  if (mine.letters === theirs.letters) return mine.digits === theirs.digits ? 'variant' : 'numbered';
  const spelled = new Set([...spellings(one.name), ...spellings(other.name)]);
  return spelled.has(mine.letters) && spelled.has(theirs.letters) ? 'variant' : null;
}

/** Whether an address spells somebody's name: "jdupont", "dupont.j", "jean-dupont". */
export function spells(email: string, name: NameWords): boolean {
  return spellings(name).includes(bare(email).letters);
}

/** First and last name told by an address alone ("jean.dupont@…"); null when it tells none. */
export function nameInAddress(email: string): NameWords | null {
  const words = parts(email)[0]
    .split(/[._-]+/)
    .filter((word) => /^[a-z]+$/.test(word));
  return words.length === 2 ? { first: [words[0]!], last: [words[1]!] } : null;
}

/** The ways a name is spelled before the @, letters only. */
export function spellings({ first, last }: NameWords): string[] {
  const [given, family] = [first.join(''), last.join('')];
  if (family === '') return [];
  if (given === '') return [family];
  const initials = [given[0]!, first.map((word) => word[0]).join('')];
  return [
    ...[given + family, family + given, family],
    ...initials.flatMap((initial) => [initial + family, family + initial]),
    ...last.flatMap((word) => [given + word, given[0]! + word]),
  ];
}

function bare(address: string): { letters: string; digits: string } {
  const [local] = parts(address);
  return { letters: local.replaceAll(/[^a-z]/g, ''), digits: local.replaceAll(/\D/g, '') };
}

function parts(address: string): [local: string, domain: string] {
  const identity = emailIdentity(address.toLowerCase());
  return [identity.slice(0, identity.lastIndexOf('@')), emailDomain(identity)];
}
