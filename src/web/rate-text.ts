import type { Rate } from '../shared/rates.js';
import type { Page } from './rendering/page.js';

/** A rate as pages write it: all parts are text, ready to be shown. */
export interface RateText {
  /** "3.0 %", or "n/a". */
  rate: string;
  /** "12 of 400". */
  among: string;
  /** "1.7–5.2 %". */
  interval: string;
  /** "3.0 % (12 of 400; 1.7–5.2 %)"; under n = 30 the counts come first: "3 of 12 (25.0 %; 8.9–53.2 %)". */
  whole: string;
  /** Under n = 30: counts speak, the rate is greyed. */
  isThin: boolean;
}

/** The way reporting.md §2 shows a rate, in the page's language. */
export function rateText(page: Page, rate: Rate): RateText {
  if (rate.rate === null || rate.low === null || rate.high === null) {
    const none = page.t('report.rateNone');
    return { rate: none, among: '', interval: '', whole: none, isThin: true };
  }
  const counts = { of: page.format.number(rate.numerator), among: page.format.number(rate.denominator) };
  const text = {
    rate: page.format.percent(rate.rate),
    among: page.t('report.xOfN', counts),
    interval: `${page.format.number(rate.low * 100, 1)}–${page.format.percent(rate.high)}`,
  };
  const [first, second] = rate.isSmall ? [text.among, text.rate] : [text.rate, text.among];
  const whole = page.t('report.rate', { first, second, interval: text.interval });
  return { ...text, whole, isThin: rate.isSmall };
}
