import { setImmediate as breath } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import sql, { type Sql, join } from 'sql-template-tag';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, maybe, text } from '../database/rows.js';
import { type Period, slicesOf } from '../shared/period.js';
import { type Figure, type TouchFacet, figuresFor } from './figures.js';
import { isMeetingCounted, meetingsFor } from './meetings-counted.queries.js';
import type { Breakdown, ReportScope } from './report-request.js';
import { between, hasEntered, inCohort, inLine, lineColumn } from './report-where.js';
import { type Counts, type Group, tallyCohort } from './tally.js';
import { touchesCounted } from './facts/touch-facets.js';

/** Days read in one query. Others are served between two: on SQLite a query stops everybody. */
const SLICE_DAYS = 7;

const groupShape = {
  line: maybe(text),
  reached: integer,
  exits: integer,
  marks: integer,
  people: integer,
  dials: integer,
  connects: integer,
  conversations: integer,
};

/** Every figure of a report by line; the total is the line null of no breakdown. */
export type CountsByLine = Map<string | null, Counts>;

const entryShape = { stage: text, line: maybe(text), people: integer };

interface Asked {
  counts: CountsByLine;
  scope: ReportScope;
  by: Breakdown | null;
  figures: Readonly<Record<string, Figure>>;
}

@Injectable()
export class ReportCounts {
  constructor(private readonly database: Database) {}

  /** Every figure there is, or only those of `keys`: a report of one figure reads no more than that one needs. */
  async count(scope: ReportScope, by: Breakdown | null, keys?: readonly string[]): Promise<CountsByLine> {
    const there = Object.entries(figuresFor(scope.view, by));
    const figures = Object.fromEntries(there.filter(([key]) => !keys || keys.includes(key)));
    const units = new Set(Object.values(figures).map(({ unit }) => unit));
    const counts: CountsByLine = new Map<string | null, Counts>();
    if (by === null) counts.set(null, {});
    const asked: Asked = { counts, scope, by, figures };
    if (scope.view === 'cohort' && (units.has('people') || units.has('touches'))) await this.addCohort(asked);
    if (units.has('entries')) await this.addEntries(asked);
    if (scope.view === 'period' && units.has('touches')) await this.addTouches(countsOf(counts, null), scope);
    if (units.has('meetings')) await this.addMeetings(asked);
    for (const own of counts.values()) for (const key of Object.keys(figures)) own[key] ??= 0;
    return counts;
  }

  private async addCohort({ counts, scope, by, figures }: Asked): Promise<void> {
    const groups = new Map<string | null, Map<string, Group>>();
    await this.bySlice(scope.period, async (db, slice) => {
      const rows = await db.rows(
        sql`SELECT ${lineColumn(by)} line, f.reached, f.exits, f.marks, COUNT(*) people, SUM(f.dials) dials,
              SUM(f.connects) connects, SUM(f.conversations) conversations
            FROM prospect_funnel f WHERE ${inCohort(scope, slice)} AND ${inLine(by)} GROUP BY 1, 2, 3, 4`,
        groupShape,
      );
      for (const { line, ...group } of rows) addGroup(groups, line, group);
    });
    for (const [line, own] of groups) {
      Object.assign(countsOf(counts, line), tallyCohort(figures, [...own.values()]));
    }
  }

  private async addEntries({ counts, scope, by, figures }: Asked): Promise<void> {
    const entriesIn = (slice: Period): Sql[] =>
      Object.entries(figures).flatMap(([key, figure]) =>
        figure.unit === 'entries'
          ? sql`SELECT ${key} stage, ${lineColumn(by)} line, COUNT(*) people FROM prospect_funnel f
              WHERE ${hasEntered(scope, figure, slice)} AND ${inLine(by)} GROUP BY 2`
          : [],
      );
    await this.bySlice(scope.period, async (db, slice) => {
      const rows = await db.rows(join(entriesIn(slice), ' UNION ALL '), entryShape);
      for (const { stage, line, people } of rows) add(countsOf(counts, line), stage, people);
    });
  }

  private async addTouches(counts: Counts, scope: ReportScope): Promise<void> {
    const facets = facetsByOutcome();
    const addRows = (rows: { channel: string; result: string; touches: number }[], sign: 1 | -1): void => {
      for (const row of rows) {
        for (const facet of facets.get(`${row.channel} ${row.result}`) ?? [])
          add(counts, facet, sign * row.touches);
      }
    };
    await this.bySlice(scope.period, async (db, slice) => addRows(await touchesIn(db, scope, slice), 1));
    addRows(await this.database.read((db) => touchesTakenBack(db, scope)), -1);
  }

  private async addMeetings({ counts, scope, by, figures }: Asked): Promise<void> {
    const meetings = await this.database.read((db) => meetingsFor(db, scope, by));
    for (const [key, figure] of Object.entries(figures)) {
      if (figure.unit !== 'meetings') continue;
      for (const meeting of meetings) {
        if (isMeetingCounted(scope, figure.facet, meeting)) add(countsOf(counts, meeting.line), key, 1);
      }
    }
  }

  private async bySlice(period: Period, read: (db: Db, slice: Period) => Promise<void>): Promise<void> {
    for (const slice of slicesOf(period, SLICE_DAYS)) {
      await this.database.read((db) => read(db, slice));
      await breath();
    }
  }
}

const touchShape = { channel: text, result: text, touches: integer };
type TouchCount = { channel: string; result: string; touches: number };

function touchesIn(db: Db, scope: ReportScope, slice: Period): Promise<TouchCount[]> {
  return db.rows(
    sql`SELECT a.channel, a.result, COUNT(*) touches FROM activity a
        WHERE a.client_id = ${scope.clientId} AND a.kind = 'touch' AND ${between(sql`a.at`, slice)} GROUP BY 1, 2`,
    touchShape,
  );
}

/** Few: found from the facts that took something back. */
function touchesTakenBack(db: Db, scope: ReportScope): Promise<TouchCount[]> {
  return db.rows(
    sql`SELECT a.channel, a.result, COUNT(DISTINCT a.id) touches FROM activity u CROSS JOIN activity a
        WHERE u.undoes_id IS NOT NULL AND a.id = u.undoes_id AND a.client_id = ${scope.clientId} AND a.kind = 'touch'
          AND ${between(sql`a.at`, scope.period)} AND NOT EXISTS (SELECT 1 FROM activity uu WHERE uu.undoes_id = u.id)
        GROUP BY 1, 2`,
    touchShape,
  );
}

function facetsByOutcome(): Map<string, TouchFacet[]> {
  const facets = new Map<string, TouchFacet[]>();
  for (const figure of Object.values(figuresFor('period', null))) {
    if (figure.unit !== 'touches') continue;
    for (const outcome of touchesCounted(figure.facet).map((pair) => pair.join(' '))) {
      facets.set(outcome, [...(facets.get(outcome) ?? []), figure.facet]);
    }
  }
  return facets;
}

function addGroup(groups: Map<string | null, Map<string, Group>>, line: string | null, group: Group): void {
  const own = groups.get(line) ?? new Map<string, Group>();
  groups.set(line, own);
  const key = `${group.reached} ${group.exits} ${group.marks}`;
  const known = own.get(key);
  if (!known) {
    own.set(key, { ...group });
    return;
  }
  for (const name of ['people', 'dials', 'connects', 'conversations'] as const) known[name] += group[name];
}

function countsOf(counts: CountsByLine, line: string | null): Counts {
  const own = counts.get(line) ?? {};
  counts.set(line, own);
  return own;
}

function add(counts: Counts, key: string, number: number): void {
  counts[key] = (counts[key] ?? 0) + number;
}
