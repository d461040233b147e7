import { beginningOfPhone, normalisePhone } from '../../shared/phone-number.js';

/** Fewer digits are the beginning of too many numbers, or a year. */
const FEWEST_DIGITS = 6;
const PHONE_SIGNS = /^\+?[\d\s().\-/\u2010-\u2015]+$/u;

/** What somebody looks for who types a telephone number. */
export interface PhonesAsked {
  /** How the numbers (E.164) begin. */
  beginnings: readonly string[];
  /** They are whole numbers, written in no way words are. */
  isSure: boolean;
}

/** Whether what somebody looks for is written as a telephone number is. */
export function isPhoneAsked(query: string): boolean {
  const text = query.trim();
  return PHONE_SIGNS.test(text) && text.replace(/\D/g, '').length >= FEWEST_DIGITS;
}

/**
 * The numbers somebody may look for: as they are dialled in each of these countries, or from abroad, with the `+` or
 * without; or how they begin, while the number is being typed. None when it is no number.
 * @param countries ISO 3166 alpha-2
 */
export function phonesAsked(query: string, countries: readonly string[]): PhonesAsked {
  if (!isPhoneAsked(query)) return { beginnings: [], isSure: false };
  const text = query.trim();
  const whole = distinct([
    ...[...countries, undefined].map((country) => normalisePhone(text, country)),
    normalisePhone(`+${text.replace(/\D/g, '')}`),
  ]);
  if (whole.length > 0) return { beginnings: whole, isSure: !/^\d+$/.test(text) };
  // Digits that begin otherwise may be anything.
  if (!/^[+0]/.test(text)) return { beginnings: [], isSure: false };
  return { beginnings: distinct(countries.map((country) => beginningOfPhone(text, country))), isSure: false };
}

function distinct(numbers: readonly (string | null)[]): string[] {
  return [...new Set(numbers.filter((number) => number !== null))];
}
