import { mailboxOf, spellings } from './mailbox-likeness.js';
import { nicknameGroups } from './nicknames.js';
import { type ComparedPerson, namesOf } from './similar-people.js';
import { tellingWords, workplace } from './work-likeness.js';

/** Leading letters of a name that a slip of the pen seldom spoils. */
const PREFIX = 4;

/**
 * What a person is filed under, so that only those who share a key are compared: a mailbox, a phone, a profile, a name at a company
 * or at a domain. Similar people share at least one (test/rules/similar-people.test.ts holds that as a law).
 */
export function blockingKeys(person: ComparedPerson): string[] {
  const { email, phone, mobilePhone } = person;
  const { company, family } = workplace(person.companyName, person.companyDomain, email);
  const keys = [phone, mobilePhone].filter((number) => number !== null).map((number) => `p${number}`);
  if (email !== null) keys.push(`m${mailboxOf(email)}`);
  if (person.linkedinUrl !== null) keys.push(`l${person.linkedinUrl}`);
  for (const signature of signaturesOf(person)) {
    if (company !== '') keys.push(`c${company}:${signature}`);
    for (const word of tellingWords(company)) keys.push(`w${word}:${signature}`);
    if (family !== null) keys.push(`d${family}:${signature}`);
  }
  if (family !== null) for (const spelling of addressesOf(person)) keys.push(`a${family}:${spelling}`);
  return [...new Set(keys)];
}

/** People without a known employer are compared with those of their name; null when the name says too little. */
export function wholeName(person: ComparedPerson): string | null {
  const { first, last } = namesOf(person);
  if (first.length === 0 || last.length === 0) return null;
  return [first.join(''), last.join('')].sort().join(' ');
}

export function hasWorkplace({ companyName, companyDomain, email }: ComparedPerson): boolean {
  const { company, domain } = workplace(companyName, companyDomain, email);
  return company !== '' || domain !== null;
}

/**
 * Each half of the name by its first letters, with the initial of the other half: the same for "J. Dupont", "Jean Dupond"
 * and "Dupont Jean". A first name that has short forms also stands under their group.
 */
function signaturesOf(person: ComparedPerson): string[] {
  const { first, last } = namesOf(person);
  const [given, family] = [first[0] ?? '', last[0] ?? ''];
  if (family === '') return [];
  if (given === '') return last.map((word) => `_${word.slice(0, PREFIX)}`);
  const initials = (word: string): string => [given[0], word[0]].sort().join('');
  const groups = nicknameGroups(first.join('')).filter((group) => group.startsWith('~'));
  return [
    ...(given.length > 1 ? [`${initials(family)}${given.slice(0, PREFIX)}`] : []),
    ...last.map((word) => `${initials(word)}${word.slice(0, PREFIX)}`),
    ...last.map((word) => `_${word.slice(0, PREFIX)}`),
    ...groups.map((group) => `${group}${family.slice(0, PREFIX)}`),
  ];
}

/** Ways the name or the address may be spelled in an address, their letters in order: "jdupont" and "dupont.j" are one. */
function addressesOf(person: ComparedPerson): string[] {
  const local = person.email === null ? '' : person.email.slice(0, person.email.lastIndexOf('@'));
  return [...new Set([...spellings(namesOf(person)), local.split('+')[0]!].map(inOrder))].filter(
    (letters) => letters.length > 3,
  );
}

function inOrder(text: string): string {
  return Array.from(text.replaceAll(/[^a-z]/g, ''))
    .sort()
    .join('');
}
