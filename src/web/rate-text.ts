import type { Rate } from '../reporting/rates.js';
import type { Page } from './rendering/page.js';

/** A rate as pages write it: all parts are text, ready to be shown. */
export interface RateText {
  /** "3.0 %", or "n/a". */
  rate: string;
  /** "12 of 400; 1.7–5.2 %". */
  of: string;
  /** Both: "3.0 % (12 of 400; 1.7–5.2 %)"; under n = 30 the counts come first. */
  whole: string;
  /** Under n = 30: counts speak, the rate is greyed. */
  isThin: boolean;
}

/** The way reporting.md §2 shows a rate, in the page's language. */
export function rateText(page: Page, rate: Rate): RateText {
  if (rate.rate === null || rate.low === null || rate.high === null) {
    const none = page.t('report.rateNone');
    return { rate: none, of: page.t('report.rateNoneWhy'), whole: none, isThin: true };
  }
  const words = {
    rate: percent(page, rate.rate),
    of: page.format.number(rate.numerator),
    among: page.format.number(rate.denominator),
    low: page.format.number(rate.low * 100, 1),
    high: percent(page, rate.high),
  };
  const thin = `${page.t('report.rateThin', words)} (${page.t('report.rateThinRest', words)})`;
  const of = `${page.t('report.rateThin', words)}; ${words.low}–${words.high}`;
  return {
    rate: words.rate,
    of: page.locale === 'fr' ? of.replace(';', '\u202f;') : of,
    whole: rate.isSmall ? thin : page.t('report.rate', words),
    isThin: rate.isSmall,
  };
}

/** "3.0 %" / « 3,0 % », with the space that does not break. */
export function percent(page: Page, share: number): string {
  return `${page.format.number(share * 100, 1)}${page.locale === 'fr' ? '\u202f' : '\u00a0'}%`;
}
