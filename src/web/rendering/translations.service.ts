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
  private readonly formats = new Map<string, IntlMessageFormat>();

  constructor() {
    for (const locale of LOCALES) this.texts.set(locale, textsIn(new URL(`${locale}/`, FOLDER)));
  }

  in(locale: Locale): Translate {
    return (key, params) => this.text(locale, key, params);
  }

  has(locale: Locale, key: string): boolean {
    return this.texts.get(locale)?.has(key) ?? false;
  }

  keys(locale: Locale): string[] {
    return [...(this.texts.get(locale)?.keys() ?? [])].sort();
  }

  /** @throws Error for an unknown key: a page with a missing text is not finished */
  private text(locale: Locale, key: string, params: Params = {}): string {
    const text = this.texts.get(locale)?.get(key);
    if (text === undefined) throw new Error(`No text for "${key}" in ${locale}`);
    if (!text.includes('{') && !text.includes("'")) return text;
    const id = `${locale}:${key}`;
    let format = this.formats.get(id);
    if (format === undefined) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      this.formats.set(id, format);
    }
    return String(format.format(params));
  }
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
