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

/** What has nothing to fold: most texts from the start, those with accents once they are off. */
const plain = /^[!-~]*(?: [!-~]+)*$/u;

/** Text as it is searched and compared: no accents, lower case, plain apostrophes and dashes, single spaces. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return lower;
  // Capitals can come out of what is no letter before (℡), but not out of Latin ones.
  const folded = !/[\u0250-\u{10ffff}]/u.test(lower)
    ? lower.normalize('NFKD')
    : lower.normalize('NFKD').toLowerCase().normalize('NFKD');
  const bare = folded.replace(/[\u0300-\u036f]/gu, '');
  if (plain.test(bare)) return bare;
  return bare
    .replace(/[œæßøłđðþı’‘ʼ‐‑–—]/gu, (letter) => letters[letter] ?? letter)
    .replace(/[^ -~]/gu, (sign) =>
      /[\p{M}\p{Cf}]/u.test(sign) ? '' : /[\s\p{Z}\p{Cc}]/u.test(sign) ? ' ' : sign,
    )
    .replace(/ +/gu, ' ')
    .trim();
}

/** Only letters and digits of the folded text: how column headers are compared. */
export function foldLabel(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
