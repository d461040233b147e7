import { lineName } from '../../reporting/breakdown.js';
import type { ReportRow } from '../../reporting/report-rows.queries.js';
import type { FigureRows } from '../../reporting/reports.queries.js';
import type { Breakdown } from '../../reporting/report-request.js';
import type { Figure } from '../../reporting/figures.js';
import type { Page } from '../rendering/page.js';
import { type ReportAddress, reportHref, rowsHref } from './report-links.js';

export interface RowsShown {
  address: ReportAddress;
  figureKey: string;
  unit: Figure['unit'];
  line: { by: Breakdown; id: string | null; name: string | null } | null;
  cursor: string | null;
  /** IANA zone of the client, in which moments are said. */
  zone: string;
}

export interface RowsPage {
  heading: string;
  lede: string;
  rows: object[];
  [part: string]: unknown;
}

/** The rows behind one figure, one page of them. */
export function rowsView(page: Page, found: FigureRows, shown: RowsShown): RowsPage {
  const { address, figureKey, unit, line, cursor, zone } = shown;
  const days = { from: page.format.day(address.from), to: page.format.day(address.to), count: found.count };
  const name = page.t(`report.figure.${figureKey}`);
  const figure = unit === 'meetings' ? page.t('report.rows.ofMeetings', { figure: name }) : name;
  const heading = line
    ? page.t('report.rows.title', { figure, line: lineName(page.t, line.by, line) })
    : figure;
  return {
    heading,
    lede: page.t(`report.rows.lede.${unit}`, days),
    backHref: reportHref(address),
    atLabel: page.t(`report.rows.at.${unit}`),
    outcomeLabel: page.t('report.rows.outcome'),
    hasOutcome: unit === 'touches' || unit === 'meetings',
    rows: found.items.map((row) => rowOf(page, row, zone)),
    range: page.t('report.rows.range', { count: found.items.length, total: page.format.number(found.count) }),
    firstHref: cursor === null ? null : rowsHref(address, figureKey, line),
    nextHref: found.nextCursor === null ? null : rowsHref(address, figureKey, line, found.nextCursor),
  };
}

function rowOf(page: Page, row: ReportRow, zone: string): object {
  return {
    href: `/prospects/${row.prospectId}`,
    name: row.name,
    sub: [row.title, row.company].filter((part) => part !== null && part !== '').join(' · '),
    status: row.status,
    statusText: page.t(`prospects.status.${row.status}`),
    at: page.format.moment(row.at, zone),
    atIso: row.at.toISOString(),
    outcome: outcomeOf(page, row),
    ...(row.unit === 'meetings'
      ? { meetingHref: `/meetings/${row.id}`, meetingText: page.t('report.rows.meeting') }
      : {}),
  };
}

function outcomeOf(page: Page, row: ReportRow): string | null {
  if (row.unit === 'people' || row.channel === null || row.result === null) return null;
  if (row.unit === 'touches') {
    const channel = page.t(`outreach.channels.${row.channel}`);
    return `${channel} · ${page.t(`outreach.outcomes.${row.channel}.${row.result}`)}`;
  }
  const state = page.t(`meetings.states.${row.channel}`);
  return row.result === 'none' ? state : `${state} · ${page.t(`meetings.qualifications.${row.result}`)}`;
}
