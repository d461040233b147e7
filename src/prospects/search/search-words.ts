import { foldText } from '../../shared/folded-text.js';

/** Longer ones are serial numbers and accidents; an index holds no more of a word than this. */
const LONGEST_WORD = 60;
/** More words than anybody types, fewer than a hostile query holds. */
const MOST_ASKED = 8;

/** The words of a text without accents, case or signs: `Jean-Loïc d’Ornano` → jean, loic, d, ornano. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  const isPlain = /^[ -~]*$/.test(folded);
  const words = folded.split(isPlain ? /[^a-z\d]+/ : /[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '').map((word) => word.slice(0, LONGEST_WORD));
}

/** What somebody asked for: each word must begin a word of the person; the last may still be being typed. */
export function wordsAsked(query: string): string[] {
  return [...new Set(wordsOf(query.slice(0, 400)))].slice(0, MOST_ASKED);
}
