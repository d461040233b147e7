import { foldText } from './folded-text.js';

/** Names in daily use that Unicode's tables do not list. */
const alsoCalled: Record<string, string> = {
  usa: 'US',
  'united states of america': 'US',
  'etats unis d amerique': 'US',
  'great britain': 'GB',
  'grande bretagne': 'GB',
  england: 'GB',
  angleterre: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  hollande: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'republique tcheque': 'CZ',
  'ivory coast': 'CI',
  uae: 'AE',
  'south korea': 'KR',
  'russian federation': 'RU',
};
/** Codes Intl names although they are no country: unions, pseudo-locales, "unknown". */
const notCountries = new Set(['EU', 'EZ', 'UN', 'ZZ', 'XA', 'XB', 'QO']);

let codes: ReadonlyMap<string, string> | undefined;

/** ISO 3166 alpha-2 of a country given by code ("fr", "UK") or by French or English name; null when unknown. */
export function countryCode(raw: string): string | null {
  codes ??= knownNames();
  return codes.get(comparable(raw)) ?? null;
}

/** The country at the end of a written place: "Paris, Île-de-France, France" → "FR". */
export function countryOfPlace(place: string): string | null {
  const parts = place.split(',');
  const last = parts.at(-1) ?? '';
  return parts.length === 1 || last.trim().length > 2 ? countryCode(last) : null;
}

function comparable(name: string): string {
  return foldText(name)
    .replace(/\./gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function knownNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const displays = ['fr', 'en'].flatMap((locale) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames(locale, { type: 'region', style, fallback: 'none' }),
    ),
  );
  for (const code of everyCode()) {
    if (notCountries.has(code) || displays[0]?.of(code) === undefined) continue;
    const current = new Intl.Locale(`und-${code}`).region ?? code;
    names.set(code.toLowerCase(), current);
    for (const display of displays) {
      const name = comparable(display.of(code) ?? '');
      if (name !== '' && (current === code || !names.has(name))) names.set(name, current);
    }
  }
  for (const [name, code] of Object.entries(alsoCalled)) names.set(name, code);
  return names;
}

function everyCode(): string[] {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  return letters.flatMap((first) => letters.map((second) => first + second));
}
