import { cellText } from '../../reporting/roi/cell-text.js';
import type { CostReport } from '../../reporting/cost/cost-report.js';
import type { RoiSection } from '../../reporting/roi/roi-section.js';
import { roiSections } from '../../reporting/roi/roi-sections.js';
import type { View } from '../../reporting/report-request.js';
import { roiVerdict } from '../../reporting/roi/roi-verdict.js';
import { chartNote, costChart, hasActualLine } from './cost-chart.view.js';
import type { Page } from '../rendering/page.js';
import { rowsHref } from './report-links.js';

const STAGES = [
  ['booked', 'costPerBookedCents'],
  ['held', 'costPerHeldCents'],
  ['qualified', 'costPerQualifiedCents'],
] as const;
const FORMATS = ['pdf', 'xlsx', 'csv'] as const;

export interface CostSectionView {
  title: string;
  note: string | null;
  columns: string[];
  rows: { item: string; cells: { text: string; isBetter: boolean }[]; isTotal: boolean }[];
}

/** The cost part of a report, for `{{> report/_cost cost}}`; every table is the one the files hold. */
export function costView(page: Page, report: CostReport, rights: { canEdit: boolean; view?: View }): object {
  const sections = new Map(
    roiSections({ cost: report, funnel: null, breakdowns: [] }, page.t, page.locale).map((section) => [
      section.key,
      section,
    ]),
  );
  const drawn = (key: string): CostSectionView => sectionView(page, report, sections.get(key)!);
  const { actual, currency, clientId, from, to } = report;
  const period = { clientId, view: 'period', from, to, by: null } as const;
  const { view } = rights;
  const asked = new URLSearchParams({ from, to, lang: page.locale, ...(view && { view }) });
  return {
    exports: FORMATS.map((format) => ({
      label: page.t(`cost.export.${format}`),
      href: `/clients/${clientId}/report/roi.${format}?${asked}`,
    })),
    note: page.t('cost.actual.note'),
    tiles: STAGES.map(([stage, unit]) => ({
      label: page.t(`cost.per.${stage}`),
      value: actual[unit] === null ? page.t('cost.na') : page.format.money(actual[unit], currency),
      isNone: actual[unit] === null,
      // the rows are people's: the client meets its own in the portal
      href: page.frame.isAgency ? rowsHref(period, `meetings_${stage}`) : null,
      detail: page.t('cost.tile.of', {
        cost: page.format.money(actual.totalCents, currency),
        n: actual[stage],
      }),
    })),
    actual: drawn('actual'),
    verdict: roiVerdict(report, page.t, page.locale),
    chart: {
      svg: costChart(report, page.t, page.locale),
      note: chartNote(report, page.t),
      legend: [
        { series: 1, name: page.t('cost.chart.agency') },
        { series: 2, name: page.t('cost.chart.inHouse') },
        ...(hasActualLine(report) ? [{ series: 3, name: page.t('cost.chart.actual') }] : []),
      ],
      months: drawn('months'),
    },
    plan: drawn('plan'),
    result: drawn('result'),
    sensitivity: drawn('sensitivity'),
    assumptions: drawn('assumptions'),
    editHref: rights.canEdit ? `/clients/${clientId}/report/assumptions` : null,
  };
}

function sectionView(page: Page, report: CostReport, section: RoiSection): CostSectionView {
  const about = { locale: page.locale, currency: report.currency, na: page.t('cost.na') };
  return {
    title: section.title,
    note: section.note,
    columns: section.columns,
    rows: section.rows.map(({ item, cells, isTotal }) => ({
      item,
      isTotal: isTotal ?? false,
      cells: cells.map((cell, index) => ({
        text: cellText(cell, about),
        isBetter: section.key === 'plan' && isLower(cells, index),
      })),
    })),
  };
}

/** Of two amounts, the one that is lower. Counts of meetings have no better side on their own. */
function isLower(cells: RoiSection['rows'][number]['cells'], index: number): boolean {
  const amounts = cells.map((cell) => (cell.kind === 'money' ? cell.cents : null));
  const [own, other] = [amounts[index], amounts[1 - index]];
  return own !== null && own !== undefined && other !== null && other !== undefined && own < other;
}
