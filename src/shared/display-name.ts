const lists = new Map<string, Intl.DisplayNames>();

/**
 * What a language calls a country ("FR" → "France"), a language ("fr") or a currency ("EUR"); a code it has no name for
 * stays as it is. Making the list of a language costs more than a whole message; reading from it costs nothing.
 */
export function displayName(type: 'region' | 'language' | 'currency', code: string, locale: string): string {
  try {
    return listOf(type, locale).of(code) ?? code;
  } catch {
    // Not even the form of a code.
    return code;
  }
}

function listOf(type: Intl.DisplayNamesType, locale: string): Intl.DisplayNames {
  const key = `${type} ${locale}`;
  const list = lists.get(key) ?? new Intl.DisplayNames(locale, { type });
  lists.set(key, list);
  return list;
}
