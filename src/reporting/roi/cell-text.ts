import { formatMoney } from '../../shared/money.js';
import { asPercent, withOrdinal } from '../../shared/notation.js';
import type { RoiCell } from './roi-section.js';

/** A cell as people read it on a page or on paper. Counts show two decimals at most, shares one. */
export function cellText(cell: RoiCell, about: { locale: string; currency: string; na: string }): string {
  const { locale, currency, na } = about;
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'money':
      return cell.cents === null ? na : formatMoney(cell.cents, currency, locale);
    case 'count':
      if (cell.count === null) return na;
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(
        String(cell.count) as Intl.StringNumericLiteral,
      );
    case 'day':
      return cell.on === null ? '' : dayText(cell.on, locale);
    case 'rate': {
      if (cell.rate === null) return na;
      // up to two decimals, so that 35.11 % is not shown as another assumption
      return asPercent(
        locale,
        new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(cell.rate * 100),
      );
    }
  }
}

function dayText(on: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
  return withOrdinal(locale, format.format(new Date(`${on}T00:00:00Z`)));
}
