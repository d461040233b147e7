import type { DomainError, FieldProblem, InvalidInput } from '../../shared/errors.js';
import type { Locale } from '../../accounts/actor.js';
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
  const { code, params } = typeof problem === 'string' ? { code: problem, params: {} } : problem;
  const key = translations.has(locale, `errors.${code}`) ? `errors.${code}` : 'errors.invalid';
  return translations.in(locale)(key, params);
}
