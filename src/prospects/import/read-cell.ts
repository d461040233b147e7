import { countryCode } from '../../shared/country.js';
import { normaliseEmail } from '../../shared/email-address.js';

/** What spreadsheets and exports write for "nothing". */
const nothing =
  /^(?:|[-–—_.?]+|n\/?a|#n\/a|n\.?[cr]\.?|null|undefined|nan|#(?:value|ref|name|null)[!?]|\(?(?:vide|blank|empty)\)?)$/iu;
const yes = /^(?:true|vrai|yes|oui|y|o|1|x|unsubscribed|opted out|désinscrit)$/iu;
const longestNothing = 12;
/** Anything that readText has to make one plain space of; most cells hold none. */
const unusualSpace = / {2}|[\p{Cc}\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;
const longestText = 5_000;
/** The apostrophe our own files, and careful people, put before what a sheet would work out; full-width signs count too. */
const guard = /^'(?=[=+@\-\uff1d\uff0b\uff20\uff0d])/u;

/** A cell as text on one line, or null when it says nothing. The apostrophe that guards a "=" or "+" in a sheet is no part of it. */
export function readText(cell: string, longest = longestText): string | null {
  if (cell === '') return null;
  const line = unusualSpace.test(cell) ? cell.replace(/[\p{Cc}\p{Z}]+/gu, ' ') : cell;
  const text = line.trim().replace(guard, '').slice(0, longest);
  return text.length <= longestNothing && nothing.test(text) ? null : text;
}

/** As readText, keeping line breaks: for custom fields such as a profile's summary. */
export function readLongText(cell: string): string | null {
  if (cell === '') return null;
  const text = cell
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .replace(guard, '')
    .slice(0, longestText);
  return nothing.test(text) ? null : text;
}

export function readYes(cell: string): boolean {
  return yes.test(cell.trim());
}

/** The first deliverable address of a cell that may hold several. */
export function readEmail(cell: string): string | null {
  return normaliseEmail(cell) ?? firstOf(cell, /[;,|\s]+/u, normaliseEmail);
}

export function firstOf<T>(cell: string, separator: RegExp, read: (part: string) => T | null): T | null {
  for (const part of cell.split(separator)) {
    const value = part === '' ? null : read(part);
    if (value !== null) return value;
  }
  return null;
}

/** Nine digits; a SIRET gives its first nine. */
export function readSiren(cell: string): string | null {
  const digits = cell.replace(/[\s.]/gu, '');
  return /^\d{9}(?:\d{5})?$/u.test(digits) ? digits.slice(0, 9) : null;
}

export interface Place {
  city: string | null;
  region: string | null;
  country: string | null;
}

/** "Paris, Île-de-France, France" → its parts; "Greater Paris Area" is a region, "Lyon" a city, "Belgium" a country. */
export function readPlace(cell: string): Place {
  const parts = cell
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const country =
    parts.length === 1 || (parts.at(-1) ?? '').length > 2 ? countryCode(parts.at(-1) ?? '') : null;
  const rest = country === null ? parts : parts.slice(0, -1);
  if (rest.length === 1 && isArea(rest[0]!)) return { city: null, region: rest[0]!, country };
  return { city: rest[0] ?? null, region: rest[1] ?? null, country };
}

function isArea(part: string): boolean {
  return /\b(?:area|region|région|metropolitan|metropolis|métropole|périphérie|greater|et alentours)\b/iu.test(
    part,
  );
}
