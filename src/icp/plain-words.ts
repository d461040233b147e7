import { foldText } from '../shared/folded-text.js';

/** Words that carry no meaning in a job title or an industry label, French and English. */
const FILLERS = new Set(
  'a an and au aux d de des du en et for in l la le les of or ou pour s the to un une &'.split(' '),
);

/** French endings that only tell gender or number, longest first: "directrice" and "directeur" are one word to us. */
const ENDINGS: readonly (readonly [ending: string, instead: string])[] = [
  ['trice', 'teur'],
  ['iere', 'ier'],
  ['euse', 'eur'],
  ['enne', 'en'],
  ['ante', 'ant'],
  ['ente', 'ent'],
  ['inte', 'int'],
  ['elle', 'el'],
  ['ure', 'ur'],
  ['ffe', 'f'],
  ['aux', 'al'],
  ['ale', 'al'],
  ['ive', 'if'],
  ['ee', 'e'],
];

/** "Chargé(e)", "commercial·e", "directeur/trice": the second gender is dropped before the words are read. */
const INCLUSIVE_ENDING =
  /\((?:e|ne|rice|trice|euse|ere)s?\)|[·•](?:e|ne|rice|trice|euse|ere)s?\b|\/(?:trice|rice|euse|e)\b/g;

/** An import judges 20,000 rows against the same few criteria and titles: reading each text once makes it five times faster. */
const REMEMBERED = 5000;

/** Lower case without accents or ligatures: "Œuvre Été" → "oeuvre ete". */
export const plain = remembering(foldText);

/** The meaningful words of a text, plain, singular and masculine, in their order. */
export const wordsOf = remembering((text): readonly string[] =>
  plain(text)
    .replaceAll(INCLUSIVE_ENDING, '')
    .replaceAll('&', ' & ')
    .split(/[^\p{L}\p{N}&+#]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word))
    .map(stem),
);

/** Where the phrase starts in the words, whole words only; -1 when it does not occur. An empty phrase occurs nowhere. */
export function indexOfPhrase(words: readonly string[], phrase: readonly string[]): number {
  if (phrase.length === 0) return -1;
  return words.findIndex((_, start) => startsAt(words, phrase, start));
}

export function startsAt(words: readonly string[], phrase: readonly string[], start: number): boolean {
  return phrase.every((word, offset) => words[start + offset] === word);
}

export function hasPhrase(text: string, phrase: string): boolean {
  return indexOfPhrase(wordsOf(text), wordsOf(phrase)) >= 0;
}

function stem(word: string): string {
  const singular = word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
  const found = ENDINGS.find(([ending]) => singular.length > ending.length + 1 && singular.endsWith(ending));
  return found ? singular.slice(0, -found[0].length) + found[1] : singular;
}

function remembering<Result>(read: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= REMEMBERED) results.clear();
    const result = read(text);
    results.set(text, result);
    return result;
  };
}
