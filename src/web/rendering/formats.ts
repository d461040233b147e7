import type { Locale } from '../../accounts/actor.js';
import { asPercent, withOrdinal } from '../../shared/notation.js';
import { isZone } from '../../shared/time-zone.js';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-GB' };
type Format = Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat;
/** Making one takes longer than the rest of a page's formatting. */
const kept = new Map<string, Format>();

/** How a language writes numbers, money and moments. Moments are always said in a zone. */
export interface Formats {
  number(value: number, digits?: number): string;
  /** 0.031 → "3.1 %" / « 3,1 % », with the space that does not break, as reporting.md §2 writes rates. */
  percent(rate: number, digits?: number): string;
  /** Integer cents → "€1,234.50" / « 1 234,50 € »; without cents when they are zero and `isShort`. */
  money(cents: number, currency?: string, isShort?: boolean): string;
  /** "Tue 3 Mar 2026". */
  date(at: Date, zone: string): string;
  /** "3 Mar 2026" of a `YYYY-MM-DD`; « 1er mars 2026 ». */
  day(on: string): string;
  /** "14:30". */
  time(at: Date, zone: string): string;
  /** "Tue 3 Mar 2026, 14:30". */
  moment(at: Date, zone: string): string;
  /** Name of the zone at that moment: "CET", "UTC+1". */
  zone(at: Date, zone: string): string;
  /** "Name: Ada" / « Nom : Ada », with the space French puts before its colon. */
  pair(name: string, text: string): string;
  /** "3 days ago", "in 2 hours". */
  relative(at: Date, now: Date): string;
}

const formats = new Map<Locale, Formats>();

export function formatsIn(locale: Locale): Formats {
  let known = formats.get(locale);
  if (known === undefined) {
    known = newFormats(locale);
    formats.set(locale, known);
  }
  return known;
}

/** A file may once have brought a zone nobody knows: its reader gets an hour all the same, that of Greenwich. */
function inSomeZone(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  const { timeZone } = options;
  return timeZone === undefined || isZone(timeZone) ? options : { ...options, timeZone: 'UTC' };
}

function newFormats(locale: Locale): Formats {
  const tag = TAGS[locale];
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    keep(`${tag}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, inSomeZone(options)));
  const numbers = (options: Intl.NumberFormatOptions): Intl.NumberFormat =>
    keep(`${tag}n${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options));
  // A list writes a number a row: what it is found by is not made of its options each time.
  const decimals = new Map<number | undefined, Intl.NumberFormat>();
  const number = (value: number, digits?: number): string => {
    let format = decimals.get(digits);
    if (format === undefined) {
      format = numbers({ maximumFractionDigits: digits ?? 2, minimumFractionDigits: digits ?? 0 });
      decimals.set(digits, format);
    }
    return format.format(value);
  };
  const date = (at: Date, timeZone: string): string =>
    withOrdinal(
      tag,
      dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(at),
    );
  const time = (at: Date, timeZone: string): string =>
    dates({ hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  return {
    number,
    percent: (rate, digits = 1) => asPercent(tag, number(rate * 100, digits)),
    money: (cents, currency = 'EUR', isShort = false) => {
      const digits = isShort && cents % 100 === 0 ? 0 : 2;
      return numbers({
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(cents / 100);
    },
    date,
    day: (on) =>
      withOrdinal(
        tag,
        dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(`${on}T00:00:00Z`),
        ),
      ),
    time,
    moment: (at, timeZone) => `${date(at, timeZone)}, ${time(at, timeZone)}`,
    zone: (at, timeZone) =>
      dates({ timeZone, timeZoneName: 'short' })
        .formatToParts(at)
        .find((part) => part.type === 'timeZoneName')?.value ?? timeZone,
    pair: (name, text) => `${name}${locale === 'fr' ? '\u00a0' : ''}: ${text}`,
    relative: (at, now) => relative(tag, at, now),
  };
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function relative(tag: string, at: Date, now: Date): string {
  const format = keep(`${tag}r`, () => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second' as const, 1];
  return format.format(Math.trunc(seconds / size), unit);
}

function keep<T extends Format>(key: string, make: () => T): T {
  const found = kept.get(key) as T | undefined;
  if (found !== undefined) return found;
  const made = make();
  kept.set(key, made);
  return made;
}
