import type { Locale } from '../accounts/actor.js';

/** "FR" → "France"; a code nobody knows stays as it is. */
export function countryName(locale: Locale, code: string): string;
export function countryName(locale: Locale, code: string | null): string | null;
export function countryName(locale: Locale, code: string | null): string | null {
  if (code === null) return null;
  return new Intl.DisplayNames([locale], { type: 'region', fallback: 'code' }).of(code) ?? code;
}
