/** Letters that Unicode does not decompose into a plain letter and an accent. */
const letters: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
};

/** Text as it is searched and compared: no accents, lower case, plain apostrophes and dashes, single spaces. */
export function foldText(text: string): string {
  if (/^[\u0021-\u007e]*(?: [\u0021-\u007e]+)*$/u.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[œæßøłđðþı’‘ʼ‐‑–—]/gu, (letter) => letters[letter] ?? letter)
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\s\p{Z}\p{Cc}]+/gu, ' ')
    .trim();
}

/** Only letters and digits of the folded text: how column headers are compared. */
export function foldLabel(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
