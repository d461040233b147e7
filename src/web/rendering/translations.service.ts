import { readdirSync, readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../../accounts/actor.js';
import { LOCALES } from '../../accounts/actor.js';

export type Params = Record<string, string | number | Date | null | undefined>;
/** Gives the text of a key in one language. */
export type Translate = (key: string, params?: Params) => string;

const FOLDER = new URL('../locales/', import.meta.url);

/** Texts of the screens in ICU form, one JSON file an area: `locales/fr/meetings.json` holds the keys `meetings.…`. */
@Injectable()
export class Translations {
  private readonly texts = new Map<Locale, Map<string, string>>();
  private readonly said = new Map<Locale, Map<string, (params: Params) => string>>();
  private readonly translates = new Map<Locale, Translate>();

  constructor() {
    for (const locale of LOCALES) {
      this.texts.set(locale, textsIn(new URL(`${locale}/`, FOLDER)));
      this.said.set(locale, new Map());
      this.translates.set(locale, (key, params) => this.text(locale, key, params));
    }
  }

  in(locale: Locale): Translate {
    return this.translates.get(locale)!;
  }

  has(locale: Locale, key: string): boolean {
    return this.texts.get(locale)?.has(key) ?? false;
  }

  /** Whether a text is there, and the same whatever values it is given. */
  isFixed(locale: Locale, key: string): boolean {
    const text = this.texts.get(locale)?.get(key);
    return text !== undefined && isPlain(text);
  }

  keys(locale: Locale): string[] {
    return [...(this.texts.get(locale)?.keys() ?? [])].sort();
  }

  /** @throws Error for an unknown key: a page with a missing text is not finished */
  private text(locale: Locale, key: string, params: Params = {}): string {
    const said = this.said.get(locale)!;
    let say = said.get(key);
    if (say === undefined) {
      const text = this.texts.get(locale)?.get(key);
      if (text === undefined) throw new Error(`No text for "${key}" in ${locale}`);
      say = sayer(text, locale);
      said.set(key, say);
    }
    return say(params);
  }
}

/** A page says hundreds of texts, most of them without a value to put in. */
function sayer(text: string, locale: Locale): (params: Params) => string {
  if (isPlain(text)) return () => text;
  const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  const say = (params: Params): string => String(format.format(params));
  const pieces = piecesOf(text);
  return pieces === null ? say : (params) => filled(pieces, params) ?? say(params);
}

/** A text with nothing but names to fill in, cut at them: every second piece is a name; null for any other. */
function piecesOf(text: string): string[] | null {
  const pieces = text.split(/\{(\w+)\}/);
  return pieces.some((piece, at) => at % 2 === 0 && /[{}#']/.test(piece)) ? null : pieces;
}

/** Null where a value is no text: how that is written is for the format to say. */
function filled(pieces: readonly string[], params: Params): string | null {
  let text = '';
  for (const [at, piece] of pieces.entries()) {
    const value = at % 2 === 0 ? piece : params[piece];
    if (typeof value !== 'string') return null;
    text += value;
  }
  return text;
}

/** Without a value to put in, nor the sign that quotes one. */
function isPlain(text: string): boolean {
  return !text.includes('{') && !text.includes("'");
}

function textsIn(folder: URL): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json')) continue;
    const area = file.slice(0, -'.json'.length);
    flatten(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), area, texts);
  }
  return texts;
}

function flatten(value: unknown, path: string, texts: Map<string, string>): void {
  if (typeof value === 'string') texts.set(path, value);
  else for (const [name, inner] of Object.entries(value as object)) flatten(inner, `${path}.${name}`, texts);
}
