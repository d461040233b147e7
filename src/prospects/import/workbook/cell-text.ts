import type { NumberFormat } from './number-format.js';

const DAY = 86_400_000;
/** Excel counts days from the end of 1899, as though 1900 had been a leap year; old Mac workbooks from 1904. */
const EPOCH = { usual: Date.UTC(1899, 11, 30), mac: Date.UTC(1904, 0, 1) };
/** Longest number Excel keeps exactly. */
const EXACT_DIGITS = 15;

/**
 * A number of a cell as a person would have typed it: days as ISO dates, phones and SIREN with all their digits, never
 * in scientific notation.
 * @param raw as the workbook writes it (`6.12345678E8`)
 */
export function numberText(raw: string, format: NumberFormat, isMac: boolean): string {
  const number = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(number)) return raw;
  if (format.isDate && number >= 0 && number < 2_958_466) return dateText(number, isMac);
  const plain = Number.isInteger(number) ? BigInt(number).toString() : decimalText(number);
  const isShort = /^\d+$/u.test(plain) && plain.length < format.digits;
  return isShort ? plain.padStart(format.digits, '0') : plain;
}

function decimalText(number: number): string {
  const text = String(Number(number.toPrecision(EXACT_DIGITS)));
  return text.includes('e') ? number.toFixed(20).replace(/0+$/u, '') : text;
}

function dateText(serial: number, isMac: boolean): string {
  const seconds = Math.round((serial % 1) * 86_400);
  const at = new Date((isMac ? EPOCH.mac : EPOCH.usual) + Math.floor(serial) * DAY + seconds * 1000);
  const iso = at.toISOString();
  if (seconds === 0) return iso.slice(0, 10);
  return serial < 1 ? iso.slice(11, 16) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
