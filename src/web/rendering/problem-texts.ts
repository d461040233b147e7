import type { DomainError, ErrorParams, FieldProblem, InvalidInput } from '../../shared/errors.js';
import type { Locale } from '../../accounts/actor.js';
import { formatsIn } from './formats.js';
import type { Translations } from './translations.service.js';

/** The sentence of a domain error in a language. */
export function problemText(translations: Translations, locale: Locale, error: DomainError): string {
  return codeText(translations, locale, error);
}

/** The sentence at each field. */
export function fieldTexts(
  translations: Translations,
  locale: Locale,
  error: InvalidInput,
): Record<string, string> {
  const texts = Object.entries(error.fields).map(([field, problem]) => [
    field,
    codeText(translations, locale, problem),
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}

/** A code nobody has written a sentence for still says that the value is not right. */
function codeText(translations: Translations, locale: Locale, problem: FieldProblem): string {
  const { code, params = {} } = typeof problem === 'string' ? { code: problem, params: {} } : problem;
  const key = translations.has(locale, `errors.${code}`) ? `errors.${code}` : 'errors.invalid';
  return translations.in(locale)(key, inWords(params, locale));
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
/** A moment in the zone it was said in: "2026-11-23 15:02". */
const WALL_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/u;

/** The domain says days and moments as it keeps them; a sentence says them as its reader does. */
function inWords(params: ErrorParams, locale: Locale): ErrorParams {
  const format = formatsIn(locale);
  const word = (value: string | number): string | number => {
    if (typeof value !== 'string') return value;
    if (DAY.test(value)) return isMoment(value) ? format.day(value) : value;
    const [, on, time] = WALL_TIME.exec(value) ?? [];
    if (on === undefined) return value;
    const at = `${on}T${time}:00Z`;
    return isMoment(at) ? format.moment(new Date(at), 'UTC') : value;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, word(value)]));
}

/** Somebody may have named a thing so: 2026-13-45 is no day. */
const isMoment = (iso: string): boolean => !Number.isNaN(Date.parse(iso));
