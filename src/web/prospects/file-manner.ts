import { DateTime } from 'luxon';
import type { Locale } from '../../accounts/actor.js';
import { spacedPhone } from '../../shared/phone-number.js';

/** How a file of prospects writes what is read differently by programs and by people. */
export interface FileManner {
  /** Between the cells of a CSV. */
  delimiter: ',' | ';';
  phone: (number: string) => string;
  day: (on: string) => string | Date;
  moment: (at: Date) => string | Date;
}

/** For programs: RFC 4180 to the letter, and every value as it is kept. */
export const PLAIN: FileManner = {
  delimiter: ',',
  phone: (number) => number,
  day: (on) => on,
  moment: (at) => at.toISOString(),
};

/**
 * A double click opens a CSV with the separators of the computer: a French spreadsheet takes a line with commas for one
 * cell, and only its own dates for dates. `YYYY-MM-DD HH:MM` is a date to all others. Moments are those of `zone`.
 */
const READ: Record<Locale, Pick<FileManner, 'delimiter'> & { day: string; moment: string }> = {
  fr: { delimiter: ';', day: 'dd/MM/yyyy', moment: 'dd/MM/yyyy HH:mm' },
  en: { delimiter: ',', day: 'yyyy-MM-dd', moment: 'yyyy-MM-dd HH:mm' },
};

export function csvManner(locale: Locale, zone: string): FileManner {
  const { delimiter, day, moment } = READ[locale];
  return {
    delimiter,
    phone: (number) => number,
    day: (on) => DateTime.fromISO(on, { zone: 'utc' }).toFormat(day),
    moment: (at) => DateTime.fromJSDate(at, { zone }).toFormat(moment),
  };
}

/** A workbook knows dates, but no zones: what its cells show is the clock of `zone`. */
export function workbookManner(zone: string): FileManner {
  return {
    delimiter: ',',
    phone: spacedPhone,
    day: (on) => DateTime.fromISO(on, { zone: 'utc' }).toJSDate(),
    moment: (at) => DateTime.fromJSDate(at, { zone }).setZone('utc', { keepLocalTime: true }).toJSDate(),
  };
}
