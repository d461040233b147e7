import type { Exclusions } from '../../icp/criteria.js';
import type {
  CriterionFigures,
  Figure,
  Segment,
  SegmentCount,
  VerdictCounts,
} from '../../icp/fit-summary.js';
import { SEGMENTS } from '../../icp/fit-summary.js';
import { nafLabel } from '../../icp/naf.js';
import { regionLabel } from '../../icp/region.js';
import type { Asked } from '../../icp/verdict-pattern.js';
import { FITS, type ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import type { TriedVersion, TrialNow } from '../../prospects/trial/icp-trials.queries.js';
import type { TrialRowsQuery } from '../../prospects/trial/trial.dto.js';
import { rateOf } from '../../shared/rates.js';
import { groupedText, nameText, valueText } from './icp-criteria.view.js';
import { rateText } from '../rate-text.js';
import type { Page } from '../rendering/page.js';

export function versionName(page: Page, { icpName, version }: TriedVersion): string {
  return `${icpName} · ${page.t('icps.version', { version })}`;
}

/** The address of the rows a figure counts. */
export function rowsAddress(id: string, asked: TrialRowsQuery): string {
  const pairs = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return `/icp-trials/${id}/rows?${new URLSearchParams(pairs).toString()}`;
}

export function trialView(
  page: Page,
  trial: TrialNow,
  { by, scope, zone }: { by: Segment; scope: string; zone: string },
) {
  const { id, state, total, judged, summary } = trial;
  const shared = {
    href: `/icp-trials/${id}`,
    versionText: versionName(page, trial.version),
    versionHref: `/clients/${trial.clientId}/icps/${trial.version.icpId}`,
    scope,
    when: page.format.moment(trial.createdAt, zone),
    again: [{ name: 'icpVersionId', value: trial.icpVersionId }, ...fieldsOf(trial.scope)],
    scopeFields: fieldsOf(trial.scope),
    canJudge: page.frame.isManager,
  };
  if (state !== 'done' || summary === null)
    return {
      ...shared,
      isRunning: state === 'running',
      isFailed: state !== 'running',
      percent: total === 0 ? 0 : Math.floor((100 * judged) / total),
      progress: page.t('trials.progress', { judged, total }),
    };
  return {
    ...shared,
    isDone: true,
    isEmpty: summary.total === 0,
    tiles: FITS.map((verdict) => tile(page, id, verdict, summary.verdicts[verdict], summary.total)),
    criteria: trial.criteria.map((figures) => criterionLine(page, trial, figures)),
    unknowns: unknownLines(page, trial),
    segments: SEGMENTS.map((name) => ({
      label: page.t(`trials.segments.${name}`),
      href: `/icp-trials/${id}?by=${name}#segments`,
      isCurrent: name === by,
    })),
    segmentLabel: page.t(`trials.segments.${by}`),
    segmentLines: summary.segments[by].map((line) => segmentLine(page, id, by, line)),
    changes: changeLines(page, id, summary.changes),
  };
}

function tile(page: Page, id: string, verdict: (typeof FITS)[number], count: number, total: number) {
  const { whole, isThin } = rateText(page, rateOf(count, total));
  return {
    label: page.t(`icps.verdicts.${verdict}`),
    value: page.format.number(count),
    detail: whole,
    isThin,
    href: rowsAddress(id, { verdict }),
  };
}

/** "Industries / NAF codes", or "Excluded: web domains". */
export function askedLabel(page: Page, { lists, isExclusion }: Asked): string {
  const label = lists.map((name) => page.t(`icps.criteria.${name}`)).join(' / ');
  return isExclusion ? page.t('trials.excluded', { label }) : label;
}

const SHOWN: readonly Figure[] = ['passed', 'failed', 'unknown', 'alone', 'freed'];

function criterionLine(page: Page, trial: TrialNow, figures: CriterionFigures) {
  return {
    label: askedLabel(page, figures.asked),
    wanted: wantedText(page, trial, figures.asked),
    cells: SHOWN.map((figure) => ({
      label: page.t(`trials.figures.${figure}`),
      ...count(page, figures[figure], rowsAddress(trial.id, { figure, criterion: figures.asked.name })),
    })),
  };
}

const MOST_WANTED = 4;

function wantedText(page: Page, { version }: TrialNow, { lists, isExclusion }: Asked): string {
  const { exclusions } = version.criteria;
  const source: Exclusions = isExclusion ? (exclusions ?? {}) : version.criteria;
  const values = lists.flatMap((name) => {
    if (name !== 'headcount') return (source[name] ?? []).map((value) => valueText(page, name, value));
    const { min, max } = version.criteria.headcount ?? {};
    return [groupedText(page, max == null ? `${min ?? 0}+` : `${min ?? 0}–${max}`)];
  });
  return values.length > MOST_WANTED ? `${values.slice(0, MOST_WANTED).join(', ')}…` : values.join(', ');
}

/** A filter as hidden fields of a form. */
function fieldsOf(scope: ProspectFilter): { name: string; value: string }[] {
  return Object.entries(scope).map(([name, value]) => ({ name, value: String(value) }));
}

/** What is missing most, by how many prospects would be settled if it were known. */
function unknownLines(page: Page, trial: TrialNow) {
  return trial.criteria
    .filter(({ unknown }) => unknown > 0)
    .sort((one, other) => other.settles - one.settles || other.unknown - one.unknown)
    .map(({ asked, settles, unknown }) => ({
      label: askedLabel(page, asked),
      settles: count(page, settles, rowsAddress(trial.id, { figure: 'settles', criterion: asked.name })),
      unknown: count(page, unknown, rowsAddress(trial.id, { figure: 'unknown', criterion: asked.name })),
    }));
}

function segmentLine(page: Page, id: string, segment: Segment, line: SegmentCount) {
  const { value, fit, unfit, unknown } = line;
  const total = fit + unfit + unknown;
  const rate = rateText(page, rateOf(fit, total));
  const asked = { segment, value: value ?? '' };
  return {
    name: value === null ? page.t('trials.notKnown') : segmentText(page, segment, value),
    isUnknown: value === null,
    total: count(page, total, rowsAddress(id, asked)),
    rate,
    cells: FITS.map((verdict) => ({
      label: page.t(`icps.verdicts.${verdict}`),
      ...count(page, line[verdict], rowsAddress(id, { ...asked, verdict })),
    })),
  };
}

/** A segment by its name: "62 Programmation…", "France", "Auvergne-Rhône-Alpes", "Sales". */
export function segmentText(page: Page, segment: Segment, value: string): string {
  switch (segment) {
    case 'industry':
      return /^\d\d$/.test(value)
        ? [value, nafLabel(value)].filter(Boolean).join(' ')
        : valueText(page, 'industries', value);
    case 'country':
      return valueText(page, 'countries', value);
    case 'region':
      return regionLabel(value) ?? value;
    case 'jobFunction':
      return nameText(page, 'functions', value);
    case 'seniority':
      return nameText(page, 'seniorities', value);
    default:
      return value;
  }
}

/** Whose verdict would be another than the one stored. */
function changeLines(page: Page, id: string, changes: Record<string, VerdictCounts>) {
  const from = [...FITS, 'none'] as const;
  return from.flatMap((before) =>
    FITS.filter((verdict) => verdict !== before && (changes[before]?.[verdict] ?? 0) > 0).map((verdict) => ({
      text: page.t('trials.change', {
        from: before === 'none' ? page.t('trials.notJudged') : page.t(`icps.verdicts.${before}`),
        to: page.t(`icps.verdicts.${verdict}`),
      }),
      ...count(page, changes[before]![verdict], rowsAddress(id, { before, verdict })),
    })),
  );
}

function count(page: Page, value: number, href: string) {
  return { value: page.format.number(value), isZero: value === 0, href };
}
