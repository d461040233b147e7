import { foldText } from './folded-text.js';

const titles = new Set(
  'm mr mrs ms mme mlle miss monsieur madame mademoiselle dr pr prof me maitre herr frau sir'.split(' '),
);
const degrees = /,\s*(?:ph\.?\s?d|mba|msc|cpa|cfa|pmp|m\.?d|dr|esq|jr|sr|ing)\b.*$/iu;

export interface PersonName {
  firstName: string;
  lastName: string;
}

/** A full name as people are compared: folded, without title, degree, emoji or punctuation. */
export function personKey(firstName: string, lastName: string): string {
  const words = foldText(`${firstName} ${lastName}`.replace(degrees, ''))
    .replace(/\([^)]*\)/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  while (words.length > 2 && titles.has(words[0] ?? '')) words.shift();
  return words.join(' ');
}

/** "Marie-Claire DE LA TOUR", "DUPONT Jean", "Dr Jean Dupont, MBA" → first and last name. One word is a last name. */
export function splitFullName(full: string): PersonName {
  const words = full
    .replace(degrees, '')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean);
  while (words.length > 2 && titles.has(foldText(words[0] ?? '').replace('.', ''))) words.shift();
  if (words.length < 2) return { firstName: '', lastName: words[0] ?? '' };
  const firstShouted = words.findIndex(isShouted);
  if (firstShouted < 0 || words.every(isShouted))
    return { firstName: words[0]!, lastName: words.slice(1).join(' ') };
  const shouted = words.filter(isShouted);
  const others = words.filter((word) => !isShouted(word));
  return { firstName: others.join(' '), lastName: shouted.join(' ') };
}

/** "JEAN-PIERRE" or "dupont" → "Jean-Pierre", "Dupont"; a name already in mixed case is left as its owner writes it. */
export function tidyName(name: string): string {
  const text = name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Z}]+/gu, ' ')
    .trim();
  const isOneCase = text === text.toUpperCase() || text === text.toLowerCase();
  if (!isOneCase || text.replace(/\P{L}/gu, '').length <= 2) return text;
  const tidied = text.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, capital);
  return tidied.normalize('NFC');
}

/** A letter whose capital is two letters is left small: it would look all in capitals. */
function capital(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}

function isShouted(word: string): boolean {
  return word.replace(/\P{L}/gu, '').length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
}
