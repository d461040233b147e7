/** What a cell's number format makes of a number: a day, a moment, or digits with leading zeros. */
export interface NumberFormat {
  isDate: boolean;
  /** Digits before the decimal sign: `00000` and `0# ## ## ## ##` give phones and postcodes their zeros back. */
  digits: number;
}

/** Formats every workbook has without writing them down (ECMA-376, 18.8.30), those that show days and times. */
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

export function builtInFormat(id: number): NumberFormat {
  return { isDate: DATES.has(id), digits: 1 };
}

/** @param code as written in the workbook: `dd/mm/yyyy`, `[$-40C]d mmmm yyyy;@`, `0#" "##" "##" "##" "##` */
export function readNumberFormat(code: string): NumberFormat {
  const positive = code
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*./gu, '')
    .replace(/\[(?!h|m|s)[^\]]*\]/giu, '');
  const whole = positive.split('.')[0]!.replace(/,/gu, '');
  const firstZero = whole.indexOf('0');
  const digits = firstZero < 0 ? 1 : whole.slice(firstZero).replace(/[^0#?]/gu, '').length;
  return { isDate: /[dmyhs]/iu.test(positive.replace(/general|red|e[+-]/giu, '')), digits };
}
