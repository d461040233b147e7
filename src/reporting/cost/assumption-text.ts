import { centsAsDecimal, Exact, parseMoney } from '../../shared/money.js';
import { type CostInput, NULLABLE_INPUT } from './cost-inputs.js';

export type AssumptionValue = number | boolean | string | readonly number[] | null;

const NUMERAL = /^\d{1,12}([.,]\d{1,12})?$/;

/**
 * What a person typed for an input, as the model takes it; undefined when it cannot be read. Money is typed in units
 * ("3 500,50"), shares in per cent ("35,11"), a ramp as per cents ("0 33 67"). What is no text is left as it is.
 */
export function readAssumption(of: CostInput, value: unknown, locale: string): unknown {
  if (value === undefined || value === null || value === '') return emptied(of);
  if (typeof value !== 'string') return value;
  const text = value.trim().replace(/\s*%$/u, '');
  switch (of.kind) {
    case 'money':
      return parseMoney(text, locale) ?? undefined;
    case 'share':
      return percent(text);
    case 'quantity':
    case 'months':
      return NUMERAL.test(text) ? Number(text.replace(',', '.')) : undefined;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'ramp':
      return readRamp(text);
    case 'basis':
      return text;
  }
}

/** The same the other way round, for the field of a form; empty text for nothing. */
export function writeAssumption(of: CostInput, value: AssumptionValue, locale: string): string {
  const decimal = (text: string): string => (locale === 'fr' ? text.replace('.', ',') : text);
  if (value === null) return '';
  if (of.kind === 'money') return decimal(centsAsDecimal(Number(value)));
  if (of.kind === 'share') return decimal(asPercent(Number(value)));
  if (of.kind === 'ramp')
    return (value as readonly number[]).map((share) => decimal(asPercent(share))).join('  ');
  if (typeof value === 'number') return decimal(new Exact(value).toFixed());
  return String(value);
}

function emptied(of: CostInput): unknown {
  if (of.input === NULLABLE_INPUT) return null;
  return of.kind === 'ramp' ? [] : undefined;
}

/** Per cents apart by spaces or semicolons: a comma is a decimal comma. */
function readRamp(text: string): number[] | undefined {
  const shares = text
    .split(/[\s;%]+/u)
    .filter((part) => part !== '')
    .map(percent);
  return shares.every((share) => share !== undefined) ? shares : undefined;
}

function percent(text: string): number | undefined {
  return NUMERAL.test(text) ? new Exact(text.replace(',', '.')).dividedBy(100).toNumber() : undefined;
}

function asPercent(share: number): string {
  return new Exact(share).times(100).toFixed();
}
