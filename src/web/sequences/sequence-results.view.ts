import type { Sequence } from '../../sequences/sequence.entity.js';
import { reachFigures } from '../../sequences/sequence-reach.queries.js';
import type {
  CountedPerson,
  Results,
  StepResult,
  VariantResult,
} from '../../sequences/sequence-results.queries.js';
import type { Verdict } from '../../sequences/variant-verdict.js';
import type { Page as Listed } from '../../shared/paging.js';
import { channelIcon, dayText, letterOf, variantName } from './message.view.js';
import { rateText } from '../rate-text.js';
import type { Page, Speech } from '../rendering/page.js';

const RATED = ['replied', 'interested', 'booked', 'bounced', 'optedOut'] as const;

/** The whole, then each step with its variants and what may be said of them. */
export function resultsView(
  page: Page,
  sequence: Sequence,
  results: Results,
  waiting: readonly { position: number; people: number }[],
): object {
  const base = `/sequences/${sequence.id}/results`;
  const rows = `${base}/rows?${results.version === null ? '' : `version=${results.version}&`}`;
  return {
    note: page.t('governance.results.note'),
    versions: versionChoices(page, sequence, results, base),
    total: cells(page, results.total, rows),
    columns: RATED.map((key) => page.t(`governance.figures.${key}`)),
    isEmpty: results.total.figures.attempted === 0,
    steps: results.steps.map((step) => stepView(page, step, rows, waiting)),
  };
}

function versionChoices(page: Page, { version }: Sequence, results: Results, base: string): object[] | null {
  if (version < 2) return null;
  const all = {
    href: base,
    label: page.t('governance.results.allVersions'),
    isCurrent: results.version === null,
  };
  const each = Array.from({ length: Math.min(version, 8) }, (_, index) => version - index).map((one) => ({
    href: `${base}?version=${one}`,
    label: page.t('sequences.version', { version: one }),
    isCurrent: results.version === one,
  }));
  return [all, ...each];
}

function stepView(
  page: Page,
  step: StepResult,
  rows: string,
  waiting: readonly { position: number; people: number }[],
): object {
  const of = `${rows}step=${step.stepId}&`;
  const next = waiting.find(({ position }) => position === step.position)?.people ?? 0;
  return {
    label: `${dayText(page, step.day)} · ${page.t(`outreach.channels.${step.channel}`)}`,
    icon: channelIcon(step.channel),
    waiting: page.format.number(next),
    whole: cells(page, step.whole, of),
    variants: step.variants.map((one, place) => ({
      name: variantName(page, place),
      ...cells(page, one, `${of}variant=${place}&`),
    })),
    verdict: step.variants.length > 1 ? verdictText(page, step.verdict) : null,
    isWon: step.verdict.kind === 'winner',
  };
}

function cells(page: Page, { figures, rates }: VariantResult, rows: string): object {
  const { number } = page.format;
  return {
    attempted: number(figures.attempted),
    attemptedHref: `${rows}figure=attempted`,
    delivered: number(figures.delivered),
    deliveredHref: `${rows}figure=delivered`,
    rated: RATED.map((key) => ({
      label: page.t(`governance.figures.${key}`),
      count: number(figures[key]),
      href: `${rows}figure=${key}`,
      rate: rateText(page, rates[key]!),
    })),
  };
}

/** The verdict in words: who leads, or that nobody does and how many more people would tell. */
export function verdictText(page: Speech, verdict: Verdict): string {
  if (verdict.kind === 'nothing_to_compare') return page.t('governance.verdict.nothing');
  const { first, second, difference } = verdict;
  const values = {
    first: letterOf(first),
    second: letterOf(second),
    difference: signed(page, difference.difference ?? 0),
    low: signed(page, difference.low ?? 0),
    high: signed(page, difference.high ?? 0),
  };
  if (verdict.kind === 'winner') return page.t('governance.verdict.winner', values);
  // Level is not "so close that waiting will not tell": with few people it only says that it is early.
  if (!difference.difference) return page.t('governance.verdict.level', values);
  const { needed } = verdict;
  const more = needed
    ? page.t('governance.verdict.needed', { n: needed.more, each: page.format.number(needed.each) })
    : page.t('governance.verdict.alike');
  return `${page.t('governance.verdict.open', values)} ${more}`;
}

function signed(page: Speech, share: number): string {
  return `${share < 0 ? '−' : '+'}${page.format.percent(Math.abs(share))}`;
}

/** The people behind one figure. */
export function rowsView(
  page: Page,
  sequence: Sequence,
  query: { figure: string; step?: string; variant?: number; version?: number; test?: string },
  found: Listed<CountedPerson>,
): object {
  const { figure, step, variant, version, test } = query;
  const said = { figure, step, variant, version, test };
  const parts = Object.entries(said).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const known = reachFigures.some((one) => one === figure);
  return {
    heading: known ? page.t(`governance.figures.${figure}`) : figure,
    sub: variant === undefined ? null : variantName(page, variant),
    backHref: test === undefined ? `/sequences/${sequence.id}/results` : `/sequences/${sequence.id}/test`,
    rows: found.items.map((one) => ({
      href: `/prospects/${one.prospectId}`,
      name: one.fullName,
      sub: [one.title, one.companyName].filter(Boolean).join(' · '),
      status: one.status,
      statusText: page.t(`prospects.status.${one.status}`),
    })),
    nextHref:
      found.nextCursor === null
        ? null
        : `/sequences/${sequence.id}/results/rows?${new URLSearchParams([...parts, ['cursor', found.nextCursor]]).toString()}`,
  };
}
