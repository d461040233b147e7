import type { Locale } from '../accounts/actor.js';
import { displayName } from '../shared/display-name.js';

/** "FR" → "France"; a code nobody knows stays as it is. */
export function countryName(locale: Locale, code: string): string;
export function countryName(locale: Locale, code: string | null): string | null;
export function countryName(locale: Locale, code: string | null): string | null {
  return code && displayName('region', code, locale);
}
