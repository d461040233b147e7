import type { FunnelReport, ReportLine } from '../../reporting/report-answer.js';
import { type Breakdown, breakdowns } from '../../reporting/report-request.js';
import { rateText } from '../rate-text.js';
import type { Page } from '../rendering/page.js';
import { addressOf, reportHref, rowsHref } from './report-links.js';

/** The columns of a breakdown: a count, and the rate that says how good it is. */
const columns = {
  cohort: [
    ['attempted', null],
    ['contacted', 'contacted'],
    ['replied', 'reply'],
    ['interested', 'interested'],
    ['booked', 'booking'],
    ['meetings_held', 'show'],
    ['meetings_qualified', 'qualified'],
  ],
  period: [
    ['attempted', null],
    ['contacted', null],
    ['replied', null],
    ['interested', null],
    ['meetings_booked', null],
    ['meetings_held', 'show'],
    ['meetings_qualified', 'qualified'],
  ],
} as const;

/** The same report told by channel, sequence, SDR or ICP; `by` null offers the choice only. */
export function breakdownOf(page: Page, report: FunnelReport): object {
  const { by, view } = report;
  const address = addressOf(report);
  return {
    choices: breakdowns.map((one) => ({
      label: page.t(`report.breakdown.${one}`),
      href: `${reportHref({ ...address, by: one === by ? null : one })}#breakdown`,
      isCurrent: one === by,
    })),
    isChosen: by !== null,
    note: by === null ? '' : page.t(`report.breakdown.note${by === 'channel' ? 'Channel' : 'Other'}`),
    heading: by === null ? '' : page.t(`report.breakdown.${by}`),
    columns: columns[view].map(([key]) => page.t(`report.figure.${columnFigure(key)}`)),
    lines: by === null ? [] : report.lines.map((line) => lineOf(page, report, by, line)),
  };
}

function lineOf(page: Page, report: FunnelReport, by: Breakdown, line: ReportLine): object {
  return {
    name: nameOf(page, by, line),
    cells: columns[report.view].map(([key, rateKey]) => {
      const rate = rateKey === null ? undefined : line.rates[rateKey];
      const text = rate && rate.rate !== null ? rateText(page, rate) : null;
      return {
        label: page.t(`report.figure.${columnFigure(key)}`),
        value: page.format.number(line.counts[key] ?? 0),
        isZero: (line.counts[key] ?? 0) === 0,
        href: rowsHref(addressOf(report), key, { by, id: line.id }),
        ...(text ? { rate: text.rate, among: text.among, interval: text.interval, isThin: text.isThin } : {}),
      };
    }),
  };
}

export function nameOf(page: Page, by: Breakdown, line: { id: string | null; name: string | null }): string {
  if (line.id === null) return page.t(`report.none.${by}`);
  if (by === 'channel') return page.t(`report.channel.${line.id}`);
  return line.name ?? page.t('report.gone');
}

/** In a table of its own a meeting column needs the long word. */
function columnFigure(key: string): string {
  const long: Record<string, string> = {
    meetings_booked: 'booked',
    meetings_held: 'held',
    meetings_qualified: 'qualified',
  };
  return long[key] ?? key;
}
