import { monthFee, type PriceTerms, type Targets } from '../../clients/engagement-terms.js';
import type { AgreedEngagement } from '../../clients/engagements.queries.js';
import type { Page } from '../rendering/page.js';

export interface TermLine {
  label: string;
  value: string;
}

/** Price terms in words, the agreed ones only. */
export function priceLines(page: Page, price: PriceTerms, currency: string): TermLine[] {
  const money = (cents: number): string => page.format.money(cents, currency, true);
  const line = (key: string, value: string): TermLine => ({
    label: page.t(`engagements.price.${key}`),
    value,
  });
  const lines: TermLine[] = [];
  if (price.setupCents > 0) lines.push(line('setup', money(price.setupCents)));
  if (price.retainerCents > 0) lines.push(line('retainer', money(price.retainerCents)));
  if (price.dayRateCents > 0 && price.daysPerMonth > 0) {
    const days = page.format.number(price.daysPerMonth);
    lines.push(
      line('days', page.t('engagements.price.daysValue', { days, rate: money(price.dayRateCents) })),
    );
  }
  if (price.feePerUnitCents > 0) lines.push(line(`fee_${price.feeBasis}`, feeText(page, price, money)));
  return lines;
}

/** What a month exactly on target costs, setup aside; null when no target says. */
export function monthOnTarget(
  page: Page,
  price: PriceTerms,
  targets: Targets,
  currency: string,
): string | null {
  const units = { booked: targets.held, held: targets.held, qualified: targets.qualified }[price.feeBasis];
  if (units === 0) return null;
  return page.format.money(monthFee(price, { units, isFirstMonth: false }).totalCents, currency, true);
}

export function targetLines(page: Page, targets: Targets): TermLine[] {
  return (['held', 'qualified'] as const)
    .filter((name) => targets[name] > 0)
    .map((name) => ({
      label: page.t(`engagements.targets.${name}`),
      value: page.t('engagements.targets.aMonth', { n: targets[name] }),
    }));
}

/** "8 held · 5 qualified"; '' without a target. */
export function targetsText(page: Page, targets: Targets): string {
  return (['held', 'qualified'] as const)
    .filter((name) => targets[name] > 0)
    .map((name) => page.t(`engagements.targets.${name}Short`, { n: targets[name] }))
    .join(' · ');
}

/** "1 Jan 2026 – 31 Dec 2026", "since 1 Jan 2026". */
export function spanText(page: Page, { startsOn, endsOn }: AgreedEngagement['engagement']): string {
  const from = page.format.day(startsOn);
  return endsOn === null ? page.t('engagements.since', { from }) : `${from} – ${page.format.day(endsOn)}`;
}

function feeText(page: Page, price: PriceTerms, money: (cents: number) => string): string {
  const parts = [money(price.feePerUnitCents)];
  if (price.includedUnits > 0) parts.push(page.t('engagements.price.beyond', { n: price.includedUnits }));
  if (price.feeCapCents !== null)
    parts.push(page.t('engagements.price.atMost', { cap: money(price.feeCapCents) }));
  return parts.join(', ');
}
