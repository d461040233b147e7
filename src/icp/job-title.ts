import {
  JOB_FUNCTIONS,
  LEXICON,
  SENIORITIES,
  type JobFunction,
  type Meaning,
  type Seniority,
} from './job-lexicon.js';
import { remember } from '../shared/remember.js';
import { indexOfPhrase, plain, startsAt, wordsOf } from './plain-words.js';

/** What a title tells. Empty lists mean that it does not tell, not that the person has none. Highest rank first. */
export interface JobReading {
  readonly functions: readonly JobFunction[];
  readonly seniorities: readonly Seniority[];
}

type Phrase = Meaning & { readonly words: readonly string[] };

/** The phrases that begin with each word. */
const PHRASES = new Map<string, Phrase[]>();
for (const [text, meaning] of LEXICON) {
  const phrase = { words: wordsOf(text), ...meaning };
  const first = phrase.words[0] ?? '';
  PHRASES.set(first, [...(PHRASES.get(first) ?? []), phrase]);
}

/** An assistant to a director, or the director's intern, stands at their own rank. */
const LOWERING: readonly (readonly [word: string, rank: Seniority])[] = [
  ['assistant', 'staff'],
  ['adjoint direction', 'staff'],
];

/**
 * Function and rank from a job title in French or English: "Directrice des ventes" → sales, director; "Fondateur & CEO" →
 * general_management, owner and c_level; "Consultant" → staff, no function.
 */
export const readJobTitle = remember(readTitle);

function readTitle(title: string): JobReading {
  const words = wordsOf(title);
  const meanings = meaningsOf(words);
  const functions = new Set(meanings.flatMap((meaning) => meaning.functions));
  const ranks = new Set(meanings.flatMap(({ seniority }) => (seniority ? [seniority] : [])));
  return {
    functions: JOB_FUNCTIONS.filter((name) => functions.has(name)),
    seniorities: settle(ranks, words),
  };
}

/** Words of filters that say too little in a title to be read there. */
const FUNCTION_FILTERS: ReadonlyMap<string, JobFunction> = new Map([
  ['direction', 'general_management'],
  ['executive', 'general_management'],
  ['management', 'general_management'],
]);
const SENIORITY_FILTERS: ReadonlyMap<string, Seniority> = new Map([
  ['executive', 'c_level'],
  ['management', 'manager'],
]);

/** The function a word stands for: its own name ("general_management"), or what a title made of it would tell ("Ventes" → sales). */
export function readFunction(text: string): JobFunction | null {
  const key = plain(text).replaceAll(/[\s-]+/g, '_');
  return (
    JOB_FUNCTIONS.find((name) => name === key) ??
    FUNCTION_FILTERS.get(key) ??
    readJobTitle(text).functions[0] ??
    null
  );
}

/** The rank a word stands for: its own name ("c_level", "C-Level"), or what a title made of it would tell ("Directeur"). */
export function readSeniority(text: string): Seniority | null {
  const key = plain(text).replaceAll(/[\s-]+/g, '_');
  return (
    SENIORITIES.find((name) => name === key) ??
    SENIORITY_FILTERS.get(key) ??
    readJobTitle(text).seniorities[0] ??
    null
  );
}

/** Longest phrase first; each uses up its words, so that "vice président" leaves no "président" behind. */
function meaningsOf(words: readonly string[]): Meaning[] {
  const occurrences = words.flatMap((word, start) =>
    (PHRASES.get(word) ?? [])
      .filter((phrase) => startsAt(words, phrase.words, start))
      .map((phrase) => ({ phrase, start })),
  );
  const free = words.map(() => true);
  return occurrences
    .sort((a, b) => b.phrase.words.length - a.phrase.words.length || a.start - b.start)
    .filter(({ phrase, start }) => {
      const end = start + phrase.words.length;
      if (!free.slice(start, end).every(Boolean)) return false;
      free.fill(false, start, end);
      return true;
    })
    .map(({ phrase }) => phrase);
}

function settle(ranks: ReadonlySet<Seniority>, words: readonly string[]): Seniority[] {
  if (ranks.has('intern')) return ['intern'];
  const lowered = LOWERING.find(([phrase]) => indexOfPhrase(words, wordsOf(phrase)) >= 0);
  if (lowered) return [lowered[1]];
  const highestFirst = SENIORITIES.filter((rank) => ranks.has(rank)).reverse();
  return highestFirst.filter((rank) => isRankOfItsOwn(rank, highestFirst[0]));
}

/** "Founder & CEO" holds both ranks; "Senior Director" or "Responsable technicien" holds only the higher. */
function isRankOfItsOwn(rank: Seniority, highest: Seniority | undefined): boolean {
  return rank === highest || (highest === 'owner' && rank === 'c_level');
}
