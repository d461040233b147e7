import type { FunnelReport } from '../../reporting/report-answer.js';
import type { Breakdown, View } from '../../reporting/report-request.js';

/** What a report's address says. */
export interface ReportAddress {
  clientId: string;
  view: View;
  from: string;
  to: string;
  by: Breakdown | null;
}

export function addressOf(report: FunnelReport): ReportAddress {
  const { clientId, view, from, to, by } = report;
  return { clientId, view, from, to, by };
}

export function reportHref(address: ReportAddress): string {
  return `/clients/${address.clientId}/report?${queryOf(address)}`;
}

/** The rows behind a figure: of the total, or of one line of the breakdown. */
export function rowsHref(
  address: ReportAddress,
  figure: string,
  line: { by: Breakdown; id: string | null } | null = null,
  cursor: string | null = null,
): string {
  const query = queryOf({ ...address, by: line?.by ?? null });
  query.set('figure', figure);
  if (line) query.set('line', line.id ?? 'none');
  if (cursor) query.set('cursor', cursor);
  return `/clients/${address.clientId}/report/rows?${query}`;
}

function queryOf({ view, from, to, by }: ReportAddress): URLSearchParams {
  return new URLSearchParams({ view, from, to, ...(by ? { by } : {}) });
}
