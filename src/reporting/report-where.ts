import sql, { type Sql, join, raw } from 'sql-template-tag';
import type { Period } from '../shared/period.js';
import type { EntryFigure, PeopleFigure, TouchFacet } from './figures.js';
import { stages } from './facts/funnel.js';
import { type Mark, markBit } from './facts/marks.js';
import type { Breakdown, Line, ReportScope } from './report-request.js';
import { exitBit } from './facts/side-exits.js';
import { dateColumn } from './facts/stored-progress.js';
import { touchesCounted } from './facts/touch-facets.js';

/*
 * Every condition of the reports, written once: a count and the rows behind it are asked with the same words.
 * `f` is prospect_funnel, `a` activity, `m` meeting.
 */

const lineColumns: Readonly<Record<Breakdown, Sql>> = {
  channel: raw('f.channel'),
  sequence: raw('f.sequence_id'),
  sdr: raw('f.sdr_id'),
  icp: raw('f.icp_id'),
};

export function lineColumn(by: Breakdown | null): Sql {
  return by === null ? sql`NULL` : lineColumns[by];
}

/** The rows of all channels together, unless the report is told by channel. */
export function inLine(by: Breakdown | null): Sql {
  return by === 'channel' ? sql`f.channel IN ('email', 'linkedin', 'call')` : sql`f.channel = 'all'`;
}

/** The rows of one line; without a line, the total. */
export function onLine(line: Line | null): Sql {
  if (line === null) return inLine(null);
  if (line.by === 'channel') return sql`f.channel = ${line.id ?? ''}`;
  const column = lineColumns[line.by];
  const is = line.id === null ? sql`${column} IS NULL` : sql`${column} = ${line.id}`;
  return sql`${inLine(line.by)} AND ${is}`;
}

export function between(column: Sql, period: Pick<Period, 'startsAt' | 'endsAt'>): Sql {
  return sql`${column} >= ${period.startsAt} AND ${column} < ${period.endsAt}`;
}

/** The people of a cohort: first attempted in the period. */
export function inCohort(scope: ReportScope, slice: Period = scope.period): Sql {
  return sql`f.client_id = ${scope.clientId} AND ${between(sql`f.attempted_at`, slice)}`;
}

export function isCounted(figure: PeopleFigure): Sql {
  const [has, lacks] = [bitsOf(figure.has), bitsOf(figure.lacks)];
  const conditions = [sql`f.reached >= ${stages.indexOf(figure.reached)}`];
  if (has > 0) conditions.push(sql`(f.marks & ${has}) = ${has}`);
  if (lacks > 0) conditions.push(sql`(f.marks & ${lacks}) = 0`);
  if (figure.exit) conditions.push(sql`(f.exits & ${exitBit(figure.exit)}) <> 0`);
  return join(conditions, ' AND ');
}

const bitsOf = (marks: readonly Mark[] = []): number => marks.reduce((bits, mark) => bits | markBit(mark), 0);

/** The people who entered a stage in the period. */
export function hasEntered(scope: ReportScope, figure: EntryFigure, slice: Period = scope.period): Sql {
  return sql`f.client_id = ${scope.clientId} AND ${between(entryColumn(figure), slice)}`;
}

export function entryColumn(figure: EntryFigure): Sql {
  return sql`f.${dateColumn(figure.stage)}`;
}

/** Touches of one facet that were not taken back. */
export function isTouch(scope: ReportScope, facet: TouchFacet): Sql {
  const outcomes = touchesCounted(facet).map(([channel, result]) => sql`(${channel}, ${result})`);
  return sql`a.client_id = ${scope.clientId} AND a.kind = 'touch' AND (a.channel, a.result) IN (VALUES ${join(outcomes)})
    AND ${stands}`;
}

/** Not taken back, unless what took it back was itself taken back. */
export const stands = sql`NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id
  AND NOT EXISTS (SELECT 1 FROM activity uu WHERE uu.undoes_id = u.id))`;

/** The engagement an instant falls into, as `engagementAt` says it, in SQL. */
export function engagementOf(scope: ReportScope, column: Sql): Sql {
  const [first, ...later] = scope.windows;
  if (!first) return sql`''`;
  if (later.length === 0) return sql`${first.engagementId}`;
  const cases = later
    .toReversed()
    .map((one) => sql`WHEN ${column} >= ${one.startsAt} THEN ${one.engagementId}`);
  return sql`CASE ${join(cases, ' ')} ELSE ${first.engagementId} END`;
}
