import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { instant, maybe, text, word } from '../database/rows.js';
import type { ProspectStatus } from '../prospects/status/status.js';
import { InvalidInput } from '../shared/errors.js';
import { type Cursor, type Page, fromCursor, pageOf } from '../shared/paging.js';
import type { Figure, MeetingFigure, TouchFigure } from './figures.js';
import { isMeetingCounted, meetingsFor } from './meetings-counted.queries.js';
import type { Line, ReportScope } from './report-request.js';
import {
  engagementOf,
  entryColumn,
  hasEntered,
  inCohort,
  isCounted,
  isTouch,
  onLine,
} from './report-where.js';

/** One row behind a figure: a person, or a touch or meeting of one. */
export interface ReportRow {
  unit: 'people' | 'touches' | 'meetings';
  /** Of the prospect, touch fact or meeting. */
  id: string;
  /** First attempt or entry of the stage; the touch; the start of the meeting. */
  at: Date;
  prospectId: string;
  name: string;
  company: string | null;
  title: string | null;
  status: ProspectStatus;
  /** Of a touch: its way and outcome. Of a meeting: its state and qualification. */
  channel: string | null;
  result: string | null;
}

export interface RowsWanted {
  figure: Figure;
  line: Line | null;
  limit: number;
  cursor: string | null;
}

const person = {
  prospectId: text,
  name: text,
  company: maybe(text),
  title: maybe(text),
  status: word<ProspectStatus>(),
};
const rowShape = { id: text, at: instant, ...person, channel: maybe(text), result: maybe(text) };
const personColumns = sql`p.id prospect_id, p.full_name name, p.company_name company, p.title, p.status`;

/** The rows a figure counts, oldest first, as one page. */
export function rowsOf(db: Db, scope: ReportScope, wanted: RowsWanted): Promise<Page<ReportRow>> {
  switch (wanted.figure.unit) {
    case 'people':
      return people(db, wanted, sql`f.attempted_at`, sql`${inCohort(scope)} AND ${isCounted(wanted.figure)}`);
    case 'entries':
      return people(db, wanted, entryColumn(wanted.figure), hasEntered(scope, wanted.figure));
    case 'touches':
      return touches(db, scope, wanted, wanted.figure);
    case 'meetings':
      return meetings(db, scope, wanted, wanted.figure);
  }
}

async function people(db: Db, wanted: RowsWanted, at: Sql, counted: Sql): Promise<Page<ReportRow>> {
  const rows = await db.rows(
    sql`SELECT f.prospect_id || ':' || f.engagement_id id, ${at} "at", ${personColumns}, NULL channel, NULL result
        FROM prospect_funnel f JOIN prospect p ON p.id = f.prospect_id
        WHERE ${counted} AND ${onLine(wanted.line)} AND ${after(wanted, at, sql`f.prospect_id || ':' || f.engagement_id`)}
        ORDER BY ${at}, f.prospect_id || ':' || f.engagement_id LIMIT ${wanted.limit + 1}`,
    rowShape,
  );
  const page = pageOf(rows, wanted.limit, cursorOf);
  return { ...page, items: page.items.map((row) => ({ ...row, id: row.prospectId, unit: 'people' })) };
}

/** All touches counted in a cohort are calls: they are told of the call line and of the total. */
async function touches(
  db: Db,
  scope: ReportScope,
  wanted: RowsWanted,
  figure: TouchFigure,
): Promise<Page<ReportRow>> {
  const counted =
    scope.view === 'cohort'
      ? sql`EXISTS (SELECT 1 FROM prospect_funnel f WHERE f.prospect_id = a.prospect_id
          AND f.engagement_id = ${engagementOf(scope, sql`a.at`)} AND f.channel IN ('all', 'call')
          AND ${inCohort(scope)} AND ${onLine(wanted.line)})`
      : sql`a.at >= ${scope.period.startsAt} AND a.at < ${scope.period.endsAt}`;
  const rows = await db.rows(
    sql`SELECT a.id, a.at, ${personColumns}, a.channel, a.result FROM activity a JOIN prospect p ON p.id = a.prospect_id
        WHERE ${isTouch(scope, figure.facet)} AND ${counted} AND ${after(wanted, sql`a.at`, sql`a.id`)}
        ORDER BY a.at, a.id LIMIT ${wanted.limit + 1}`,
    rowShape,
  );
  const page = pageOf(rows, wanted.limit, cursorOf);
  return { ...page, items: page.items.map((row) => ({ ...row, unit: 'touches' })) };
}

async function meetings(
  db: Db,
  scope: ReportScope,
  wanted: RowsWanted,
  figure: MeetingFigure,
): Promise<Page<ReportRow>> {
  const { line } = wanted;
  const counted = (await meetingsFor(db, scope, line?.by ?? null))
    .filter((meeting) => isMeetingCounted(scope, figure.facet, meeting))
    .filter((meeting) => line === null || meeting.line === line.id)
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime() || (one.id < other.id ? -1 : 1));
  const last = readCursor(wanted.cursor);
  const start = last === null ? 0 : counted.findIndex(({ id }) => id === last.id) + 1;
  const page = pageOf(counted.slice(start, start + wanted.limit + 1), wanted.limit, ({ startsAt, id }) => ({
    key: startsAt.toISOString(),
    id,
  }));
  const items: ReportRow[] = [];
  for (const { id, prospectId, startsAt, state, qualification } of page.items) {
    const row = await db.row(sql`SELECT ${personColumns} FROM prospect p WHERE p.id = ${prospectId}`, person);
    if (row)
      items.push({ ...row, unit: 'meetings', id, at: startsAt, channel: state, result: qualification });
  }
  return { items, nextCursor: page.nextCursor };
}

function cursorOf(row: { id: string; at: Date }): Cursor {
  return { key: row.at.toISOString(), id: row.id };
}

function after(wanted: RowsWanted, at: Sql, id: Sql): Sql {
  const last = readCursor(wanted.cursor);
  if (last === null) return sql`1 = 1`;
  return sql`${at} >= ${last.at} AND (${at} > ${last.at} OR ${id} > ${last.id})`;
}

function readCursor(cursor: string | null): { at: Date; id: string } | null {
  if (cursor === null) return null;
  const read = fromCursor(cursor);
  const at = new Date(String(read?.key));
  if (!read || Number.isNaN(at.getTime())) throw new InvalidInput({ cursor: 'invalid' });
  return { at, id: read.id };
}
