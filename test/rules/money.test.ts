import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  centsAsDecimal,
  centsTimes,
  formatMoney,
  isCurrency,
  parseMoney,
  roundToCents,
} from '../../src/shared/money.js';

const NBSP = '\u00a0';
const NARROW = '\u202f';

describe('rounding to the cent', () => {
  it('sends a half cent up, and nothing less than a half', () => {
    expect(roundToCents('49999.5')).toBe(50_000);
    expect(roundToCents('49999.4999999999999999999')).toBe(49_999);
  });

  it('treats a credit like a debit: half away from zero, and no minus zero', () => {
    expect(roundToCents('-0.5')).toBe(-1);
    expect(Object.is(roundToCents('-0.4'), 0)).toBe(true);
  });

  it('multiplies 333.33 by a day and a half without a float in between', () => {
    expect(centsTimes(333_33, 1.5)).toBe(500_00);
    // 1.005 as a float is below itself: 100.49999…; the text "1.005" is not
    expect(centsTimes(100_00, 1.00005)).toBe(100_01);
  });

  it('refuses an amount that whole numbers cannot hold', () => {
    expect(() => centsTimes(Number.MAX_SAFE_INTEGER, 2)).toThrow(RangeError);
  });
});

describe('what a person types', () => {
  it.each([
    ['1 234,50', 'fr', 1_234_50],
    [`1${NARROW}234,50${NBSP}€`, 'fr', 1_234_50],
    ['1.234,50', 'fr', 1_234_50],
    ['1,234.50', 'en', 1_234_50],
    ['1,234', 'en', 1_234_00],
    ['€1,234,567.8', 'en', 1_234_567_80],
    ["1'234.50 CHF", 'fr', 1_234_50],
    ['3500', 'fr', 3_500_00],
    ['0,5', 'fr', 50],
    ['-12,30', 'fr', -12_30],
    ['1.234.567', 'fr', 1_234_567_00],
  ])('reads %j (%s) as %i cents', (text, locale, cents) => {
    expect(parseMoney(text, locale)).toBe(cents);
  });

  it.each([
    ['1,234', 'fr', 'three decimals, or an English thousand?'],
    ['1.234', 'fr', 'a German thousand, or three decimals?'],
    ['1.234', 'en', 'three decimals'],
    ['12,34,567.00', 'en', 'groups of two'],
    ['1,234,50', 'en', 'a group of two'],
    ['1e5', 'en', 'an exponent'],
    ['', 'fr', 'nothing'],
    ['abc', 'fr', 'words'],
    ['99999999999999999', 'fr', 'more than whole numbers hold'],
    ['--1', 'fr', 'two signs'],
    ['Infinity', 'en', 'no number'],
  ])('does not guess %j (%s): %s', (text, locale) => {
    expect(parseMoney(text, locale)).toBeNull();
  });

  it('reads back every amount it prints, in both languages', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_00, max: 1_000_000_000_00 }),
        fc.constantFrom('fr', 'en'),
        (cents, locale) => {
          expect(parseMoney(formatMoney(cents, 'EUR', locale), locale)).toBe(cents);
          expect(parseMoney(centsAsDecimal(cents), locale)).toBe(cents);
        },
      ),
    );
  });
});

describe('what a person reads', () => {
  it('follows the language', () => {
    expect(formatMoney(1_234_50, 'EUR', 'fr')).toBe(`1${NARROW}234,50${NBSP}€`);
    expect(formatMoney(1_234_50, 'EUR', 'en')).toBe('€1,234.50');
    expect(formatMoney(1_234_50, 'EUR', 'en', { cents: false })).toBe('€1,235');
  });
});

describe('currencies', () => {
  it('accepts those counted in hundredths only', () => {
    expect(['EUR', 'CHF', 'USD'].every(isCurrency)).toBe(true);
    expect(['JPY', 'KWD', 'eur', 'ZZZ', '', '€'].some(isCurrency)).toBe(false);
  });
});
