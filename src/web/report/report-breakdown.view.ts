import type { FunnelReport, ReportLine } from '../../reporting/report-answer.js';
import { breakdownColumns, columnName, lineName, sumNote } from '../../reporting/breakdown.js';
import { type Breakdown, breakdowns } from '../../reporting/report-request.js';
import { rateText } from '../rate-text.js';
import type { Page } from '../rendering/page.js';
import { addressOf, reportHref, rowsHref } from './report-links.js';

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
    note: by === null ? '' : sumNote(page.t, by),
    heading: by === null ? '' : page.t(`report.breakdown.${by}`),
    columns: breakdownColumns[view].map(([key]) => columnName(page.t, key)),
    lines: by === null ? [] : report.lines.map((line) => lineOf(page, report, by, line)),
  };
}

function lineOf(page: Page, report: FunnelReport, by: Breakdown, line: ReportLine): object {
  return {
    name: lineName(page.t, by, line),
    cells: breakdownColumns[report.view].map(([key, rateKey]) => {
      const rate = rateKey === null ? undefined : line.rates[rateKey];
      const text = rate && rate.rate !== null ? rateText(page, rate) : null;
      return {
        label: columnName(page.t, key),
        value: page.format.number(line.counts[key] ?? 0),
        isZero: (line.counts[key] ?? 0) === 0,
        href: rowsHref(addressOf(report), key, { by, id: line.id }),
        ...(text ? { rate: text.rate, among: text.among, interval: text.interval, isThin: text.isThin } : {}),
      };
    }),
  };
}
