import type { FunnelReport, ReportRate } from '../../reporting/report-answer.js';
import { BOUNCE_HOURS } from '../../reporting/facts/funnel.js';
import { funnelStages } from '../../reporting/facts/funnel-stages.js';
import { sideExits } from '../../reporting/facts/side-exits.js';
import type { Page } from '../rendering/page.js';
import { rateText } from '../rate-text.js';
import { addressOf, rowsHref } from './report-links.js';

export interface FigureView {
  key: string;
  label: string;
  value: string;
  href: string;
  isZero: boolean;
}

export function figure(page: Page, report: FunnelReport, key: string): FigureView {
  const count = report.total.counts[key] ?? 0;
  return {
    key,
    label: page.t(`report.figure.${key}`),
    value: page.format.number(count),
    href: rowsHref(addressOf(report), key),
    isZero: count === 0,
  };
}

export function figures(page: Page, report: FunnelReport, keys: readonly string[]): FigureView[] {
  return keys.map((key) => figure(page, report, key));
}

/** The stages of a cohort as bars, each with its share of the stage it follows from. */
export function funnelOf(page: Page, report: FunnelReport): object[] {
  return funnelStages(report.total).map(({ stage, count, rate }) => ({
    ...figure(page, report, stage),
    count,
    most: Math.max(report.total.counts['attempted']!, 1),
    ...(rate ? stageRate(page, rate) : {}),
  }));
}

function stageRate(page: Page, rate: ReportRate): object {
  const { whole, isThin } = rateText(page, rate);
  return { rate: whole, isThin, among: rate.rate === null ? '' : page.t(`report.stage.${rate.among}`) };
}

export function exitsOf(page: Page, report: FunnelReport): FigureView[] {
  return figures(
    page,
    report,
    sideExits.map((exit) => `exit_${exit}`),
  ).filter(({ isZero }) => !isZero);
}

/** Mails that may still come back: why fewer are contacted than were written to. */
export function waitingMailsOf(page: Page, report: FunnelReport): object | null {
  const waiting = figure(page, report, 'mail_waiting');
  if (waiting.isZero) return null;
  const count = report.total.counts['mail_waiting'] ?? 0;
  return { href: waiting.href, text: page.t('report.mailsWaiting', { count, hours: BOUNCE_HOURS }) };
}

/** How much of the cohort may still change. */
export function immatureOf(page: Page, report: FunnelReport): object {
  const rate = report.total.rates['immature'];
  const count = rate?.numerator ?? 0;
  if (!rate || rate.rate === null || count === 0) return { isMature: true };
  return {
    isMature: false,
    title: page.t('report.immature.title', { share: page.format.percent(rate.rate) }),
    text: page.t('report.immature.text', { count }),
    href: rowsHref(addressOf(report), 'immature'),
  };
}

/** Rates as table rows: what is divided by what, and both counts as doors to their rows. */
export function rateRows(page: Page, report: FunnelReport, keys: readonly string[]): object[] {
  const address = addressOf(report);
  return keys.flatMap((key) => {
    const rate = report.total.rates[key];
    if (!rate) return [];
    const text = rateText(page, rate);
    return {
      label: page.t(`report.rates.${key}`),
      divides: page.t(`report.divides.${key}`),
      rate: text.rate,
      isThin: text.isThin,
      isKnown: rate.rate !== null,
      of: page.format.number(rate.numerator),
      ofHref: rowsHref(address, rate.of),
      ofLabel: page.t(`report.figure.${rate.of}`),
      among: page.format.number(rate.denominator),
      amongHref: rowsHref(address, rate.among),
      amongLabel: page.t(`report.figure.${rate.among}`),
      interval: text.interval,
    };
  });
}
