import { Decimal } from 'decimal.js';

/** An amount in hundredths of its currency's unit: 150000 is 1,500.00. Always a whole number. */
export type Cents = number;

/** What a calculation may be fed with: a JSON number, a decimal text such as "0.3511", or a decimal. */
export type Quantity = Decimal.Value;

/**
 * Decimals wide enough that every product of the cost model is exact: four factors of at most 20 decimal
 * places each, summed over ten years, stay under 100 digits.
 */
export const Exact = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP });

/** Whether an amount, once rounded, is a whole number of cents that a JSON number carries exactly. */
export function fitsInCents(amount: Quantity): boolean {
  return new Exact(amount).abs().lt(Number.MAX_SAFE_INTEGER);
}

/** Half-up to the cent (half away from zero for a negative amount). Throws RangeError beyond whole-number safety. */
export function roundToCents(amount: Quantity): Cents {
  if (!fitsInCents(amount)) throw new RangeError('The amount is too large to be kept in whole cents');
  const cents = new Exact(amount).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
  return cents === 0 ? 0 : cents;
}

/** A factor of an amount, rounded half-up: `centsTimes(33_333, 1.5)` is 50,000. */
export function centsTimes(cents: Cents, factor: Quantity): Cents {
  return roundToCents(new Exact(cents).times(factor));
}

export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}

/** Known to ISO 4217 and counted in hundredths: a yen or a dinar would make "cents" a lie. */
export function isCurrency(code: string): boolean {
  if (!/^[A-Z]{3}$/.test(code) || !Intl.supportedValuesOf('currency').includes(code)) return false;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  return format.resolvedOptions().maximumFractionDigits === 2;
}

/** "1 234,50 €" / "€1,234.50". Whole units only with `cents: false`, for dense tables and chart axes. */
export function formatMoney(
  cents: Cents,
  currency: string,
  locale: string,
  options: { cents?: boolean } = {},
): string {
  const digits = options.cents === false ? 0 : 2;
  const key = `${locale} ${currency} ${digits}`;
  const format = formats.get(key) ?? moneyFormat(currency, locale, digits);
  formats.set(key, format);
  return format.format(asIntlDecimal(cents));
}

/** Making a format takes longer than a table full of amounts. */
const formats = new Map<string, Intl.NumberFormat>();

/** Plain "en" writes dollars as "$", which in Europe says too little: British usage, as on the pages. */
function moneyFormat(currency: string, locale: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Plain and exact, for files that machines read and for form fields: 150050 is "1500.50". */
export function centsAsDecimal(cents: Cents): string {
  return new Exact(cents).dividedBy(100).toFixed(2);
}

/** Intl takes a decimal text digit for digit, where a division by 100 would go through a float. */
function asIntlDecimal(cents: Cents): Intl.StringNumericLiteral {
  return centsAsDecimal(cents) as Intl.StringNumericLiteral;
}

const SPACES = /[\s\u00a0\u202f\u2009]/gu;
const CURRENCY_MARKS = /^(?:€|\$|£|EUR|USD|GBP|CHF)|(?:€|\$|£|EUR|USD|GBP|CHF)$/giu;

/**
 * Reads what a person typed: "1 234,50", "1,234.50", "1.234,50", "1'234.50", "-12", "12 €".
 * Null when it is no amount, has more than two decimals, or could be read two ways: "1.234" is never
 * guessed, and "1,234" is a thousand only where the comma groups (English).
 */
export function parseMoney(text: string, locale: string): Cents | null {
  const bare = withoutMarks(text.replace(SPACES, ' ').trim());
  const sign = /^[-−]/u.test(bare) ? -1 : 1;
  const digits = ungrouped(withoutMarks(bare.replace(/^[-−+]\s?/u, '')), locale.startsWith('en'));
  if (digits === null || digits.length > 16) return null;
  const cents = new Exact(digits).times(100).times(sign).toNumber();
  if (!Number.isSafeInteger(cents)) return null;
  return cents === 0 ? 0 : cents;
}

/** The currency mark may stand before the sign or after it, before the digits or behind them. */
function withoutMarks(text: string): string {
  return text.replace(CURRENCY_MARKS, '').trim();
}

/** The text with its grouping marks gone and a point before its decimals, or null. */
function ungrouped(text: string, commaGroups: boolean): string | null {
  const plain = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(text);
  if (plain) return plain[2] ? `${plain[1]}.${plain[2]}` : plain[1]!;
  const grouped = /^(\d{1,3}(?:([ .,'’])\d{3})(?:\2\d{3})*)(?:([.,])(\d{1,2}))?$/u.exec(text);
  if (!grouped) return null;
  const [, whole, mark, point, decimals] = grouped;
  const groups = whole!.split(mark!);
  const isSure = point !== undefined || groups.length > 2 || mark === ' ' || mark === "'" || mark === '’';
  if (mark === point || (!isSure && !(mark === ',' && commaGroups))) return null;
  return decimals ? `${groups.join('')}.${decimals}` : groups.join('');
}
