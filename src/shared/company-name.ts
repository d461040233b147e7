import { foldText } from './folded-text.js';
import { remember } from './remember.js';

const legalForms = new Set(
  (
    'sarl sas sasu sa eurl snc sci scop sca scs selarl selas sc earl gie ei eirl scic ' +
    'ltd limited llc llp lp plc inc incorporated corp corporation co company pty pte ' +
    'gmbh mbh ag kg kgaa ohg ug ev se spa srl srls bv nv bvba sprl oy oyj ab as asa aps lda sl slu sll spzoo doo kft sro'
  ).split(' '),
);

/**
 * A company name as it is compared: folded, no punctuation, no legal form at either end
 * ("S.A.R.L. Dupont & Fils" and "DUPONT ET FILS SARL" are the same). Never identity by itself.
 */
export const companyKey = remember(keyOf);

function keyOf(name: string): string {
  const words = foldText(name)
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
    .replace(/\bsp\.? z ?o\.? ?o\.?/gu, 'spzoo')
    .replace(/&|\+/gu, ' et ')
    .replace(/['`]/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => (word === 'and' || word === 'und' ? 'et' : word));
  return bareName(words).join(' ');
}

/** Taking one form away can bare another ("s a SARL"), so it is repeated until nothing goes; a name that is only forms stays. */
function bareName(words: string[]): string[] {
  const kept = withoutForms(joinSpelledForms(words));
  if (kept.length === 0) return words;
  return kept.length < words.length ? bareName(kept) : kept;
}

/** "s a r l" written letter by letter becomes "sarl". */
function joinSpelledForms(words: string[]): string[] {
  let letters = 0;
  while (letters < words.length && words[words.length - 1 - letters]?.length === 1) letters += 1;
  for (let count = Math.min(letters, 5); count >= 2; count -= 1) {
    const joined = words.slice(-count).join('');
    if (legalForms.has(joined)) return [...words.slice(0, -count), joined];
  }
  return words;
}

function withoutForms(words: string[]): string[] {
  let start = 0;
  let end = words.length;
  while (end > start && (legalForms.has(words[end - 1] ?? '') || words[end - 1] === 'et')) end -= 1;
  while (start < end && leadingForms.has(words[start] ?? '')) start += 1;
  return words.slice(start, end);
}

/** Only French practice puts the form first; "Co" or "As" in front is part of a name. */
const leadingForms = new Set('sarl sas sasu sa eurl snc sci scop selarl selas'.split(' '));
