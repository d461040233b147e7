/*
 * What Intl writes otherwise than this house: the percent sign always stands apart, as reporting.md §2 shows rates in
 * both languages, and a French month begins on the « 1er ».
 */

/** "3.1" → "3.1 %", « 3,1 » → « 3,1 % »; the space does not break. */
export function asPercent(locale: string, hundredths: string): string {
  return `${hundredths}${locale.startsWith('fr') ? '\u202f' : '\u00a0'}%`;
}

/** « lun. 1 juin 2026 » → « lun. 1er juin 2026 »; other languages and days stay as they are. */
export function withOrdinal(locale: string, date: string): string {
  return locale.startsWith('fr') ? date.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : date;
}
