import { describe, expect, it } from 'vitest';
import { IntlMessageFormat } from 'intl-messageformat';
import { Translations } from '../../src/web/rendering/translations.service.js';
import { readdirSync, readFileSync } from 'node:fs';

const texts = (locale: string): Map<string, string> => {
  const folder = new URL(`../../src/web/locales/${locale}/`, import.meta.url);
  const found = new Map<string, string>();
  const flatten = (value: unknown, path: string): void => {
    if (typeof value === 'string') found.set(path, value);
    else for (const [name, inner] of Object.entries(value as object)) flatten(inner, `${path}.${name}`);
  };
  for (const file of readdirSync(folder))
    flatten(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file.replace('.json', ''));
  return found;
};

type Piece = ReturnType<IntlMessageFormat['getAst']>[number];

/** The values a text asks for; words inside its branches (`{n, plural, one {jour} …}`) are no names. */
const namesIn = (text: string): string[] => {
  const found = new Set<string>();
  const walk = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      if (isNamed(piece)) found.add(piece.value);
      if ('options' in piece) for (const { value } of Object.values(piece.options)) walk(value);
    }
  };
  walk(new IntlMessageFormat(text, 'fr', undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
};

/** Everything but plain text (0) and the `#` of a plural (7). */
const isNamed = (piece: Piece): piece is Piece & { value: string } => ![0, 7].includes(piece.type);

describe('the texts', () => {
  const [french, english] = [texts('fr'), texts('en')];

  it('say the same things in both languages', () => {
    const translations = new Translations();
    expect(translations.keys('fr')).toEqual(translations.keys('en'));
  });

  it('use the same values in both languages', () => {
    const different = [...english].filter(
      ([key, text]) => french.has(key) && namesIn(text).join() !== namesIn(french.get(key)!).join(),
    );
    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('are well-formed messages', () => {
    const broken = [...french, ...english].filter(([, text]) => {
      try {
        return !new IntlMessageFormat(text, 'fr', undefined, { ignoreTag: true });
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });

  it('say with their values what the message format says', () => {
    const translations = new Translations();
    const values = (text: string) =>
      Object.fromEntries(namesIn(text).map((name, at) => [name, `<Zoé & {${at}> #`]));
    const hasNamesOnly = (text: string): boolean =>
      new IntlMessageFormat(text, 'fr', undefined, { ignoreTag: true })
        .getAst()
        .every(({ type }) => [0, 1].includes(type));
    const filledIn = [...french].filter(([, text]) => text.includes('{') && hasNamesOnly(text));
    const different = filledIn.filter(
      ([key, text]) =>
        translations.in('fr')(key, values(text)) !==
        new IntlMessageFormat(text, 'fr', undefined, { ignoreTag: true }).format(values(text)),
    );
    expect(filledIn.length).toBeGreaterThan(100);
    expect(different).toEqual([]);
  });

  it('ask for the values they need, and write a number plainly', () => {
    const say = new Translations().in('en');
    expect(() => say('prospects.list.select')).toThrow(/name/);
    expect(say('prospects.list.select', { name: 12 })).toBe('Select 12');
  });

  it('keep French punctuation on the line of its word', () => {
    // « : ; ? ! » and the inner sides of guillemets take a space that never breaks.
    const loose = [...french].filter(([, text]) => /[^\s] (?=[;?!»]|:(?:\s|$))|« /u.test(text));
    expect(loose.map(([key]) => key)).toEqual([]);
  });

  it('are all there that a template asks for', () => {
    const folder = new URL('../../src/web/views/', import.meta.url);
    const views = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.hbs'),
    );
    const missing = views.flatMap((view) =>
      [...readFileSync(new URL(view, folder), 'utf8').matchAll(/[{(]t "([^"]+)"/g)]
        .map((match) => match[1]!)
        .filter((key) => !english.has(key))
        .map((key) => `${view}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
