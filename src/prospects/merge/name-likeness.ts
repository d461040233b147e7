import { distance } from 'fastest-levenshtein';
import { personKey } from '../../shared/person-name.js';
import { isNickname } from './nicknames.js';

/** How two people's names stand to each other, the surest first. */
export const NAME_LIKENESSES = [
  'same',
  'swapped',
  'nickname',
  'part',
  'typo',
  'initial',
  'unknown',
  'different',
] as const;
export type NameLikeness = (typeof NAME_LIKENESSES)[number];

/** Folded words of a name; either part may be empty. */
export interface NameWords {
  first: readonly string[];
  last: readonly string[];
}

/** Words this short are too common for a slip of the pen to prove anything. */
const LONG_ENOUGH = 5;
const VERY_LONG = 9;

export function nameWords(firstName: string | null, lastName: string | null): NameWords {
  return { first: wordsOf(firstName), last: wordsOf(lastName) };
}

/** The same whichever comes first. */
export function nameLikeness(one: NameWords, other: NameWords): NameLikeness {
  if (one.last.length === 0 || other.last.length === 0) return 'unknown';
  const [first, otherFirst] = [one.first.join(''), other.first.join('')];
  const [last, otherLast] = [one.last.join(''), other.last.join('')];
  if (first === '' && otherFirst === '') return last === otherLast ? 'initial' : 'different';
  if (first + last === otherFirst + otherLast && first !== '' && otherFirst !== '') return 'same';
  if (first !== '' && first === otherLast && last === otherFirst) return 'swapped';
  if (first === '' || otherFirst === '') return last === otherLast ? 'part' : 'different';
  if (last === otherLast) return firstNameLikeness(one.first, other.first);
  if (first !== otherFirst) return 'different';
  if (isPart(one.last, other.last) || isPart(other.last, one.last)) return 'part';
  return isSlip(last, otherLast) ? 'typo' : 'different';
}

function firstNameLikeness(one: readonly string[], other: readonly string[]): NameLikeness {
  const [name, otherName] = [one.join(''), other.join('')];
  if (isNickname(name, otherName) || isInitials(name, other) || isInitials(otherName, one)) return 'nickname';
  if (name.length === 1 || otherName.length === 1) return name[0] === otherName[0] ? 'initial' : 'different';
  if (begins(one, other) || begins(other, one)) return 'part';
  return isSlip(name, otherName) && !isOtherGender(name, otherName) ? 'typo' : 'different';
}

/** "jp" for Jean-Pierre. */
function isInitials(short: string, words: readonly string[]): boolean {
  return words.length > 1 && short === words.map((word) => word[0]).join('');
}

function begins(short: readonly string[], long: readonly string[]): boolean {
  return short.length < long.length && short.every((word, at) => word === long[at]);
}

/** "Dupont" of "Dupont-Martin". */
function isPart(short: readonly string[], long: readonly string[]): boolean {
  return (
    short.length < long.length && short.every((word) => long.includes(word)) && short.join('').length > 2
  );
}

function isSlip(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < LONG_ENOUGH) return false;
  return distance(one, other) <= (shorter >= VERY_LONG ? 2 : 1);
}

/** Michel and Michèle, Daniel and Danielle: one ending is no slip of the pen. */
function isOtherGender(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^(?:e|le|ne|a)$/.test(long.slice(short.length));
}

function wordsOf(name: string | null): readonly string[] {
  return name === null ? [] : personKey(name, '').split(' ').filter(Boolean);
}
