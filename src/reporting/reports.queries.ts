import { Injectable } from '@nestjs/common';
import sql, { join, raw } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import type { Client } from '../clients/client.entity.js';
import { ClientQueries } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { text } from '../database/rows.js';
import { InvalidInput } from '../shared/errors.js';
import { PAGE_LIMIT, type Page } from '../shared/paging.js';
import { monthOf, periodOf } from '../shared/period.js';
import { figuresFor } from './figures.js';
import { Projection } from './facts/projection.service.js';
import { type FunnelReport, type ReportLine, told, unitsOf } from './report-answer.js';
import { ReportCounts } from './report-counts.service.js';
import { type Breakdown, type Line, type ReportScope, type View, breakdowns } from './report-request.js';
import { type ReportRow, rowsOf } from './report-rows.queries.js';
import { windowsByClient } from './facts/stored-facts.queries.js';

/** What a report is asked for; days left out mean the client's running month. */
export interface ReportAsk {
  view?: View | undefined;
  from?: string | undefined;
  to?: string | undefined;
  by?: Breakdown | undefined;
}

/** The rows behind one figure: of the total, or of one line. */
export interface RowsAsk extends ReportAsk {
  figure: string;
  /** With `by`: the line's id, or `none`. */
  line?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface FigureRows extends Page<ReportRow> {
  /** What the report says: as many rows as all pages hold. */
  count: number;
  view: View;
  from: string;
  to: string;
  /** Null: the total. */
  line: (Line & { name: string | null }) | null;
}

/** Tables the lines of a breakdown take their names from. */
const named: Readonly<Record<Exclude<Breakdown, 'channel'>, string>> = {
  sequence: 'sequence',
  sdr: 'app_user',
  icp: 'icp',
};

/** The funnel of a client, and the rows each figure of it counts. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly clients: ClientQueries,
    private readonly projection: Projection,
    private readonly counts: ReportCounts,
  ) {}

  /** @throws NotFound for a client out of sight; InvalidInput naming the field */
  async funnel(actor: Actor, clientId: string, ask: ReportAsk): Promise<FunnelReport> {
    const { client, scope } = await this.open(actor, clientId, ask);
    await this.projection.catchUp();
    const by = ask.by ?? null;
    const total = (await this.counts.count(scope, null)).get(null)!;
    return {
      clientId,
      view: scope.view,
      from: scope.period.fromOn,
      to: scope.period.toOn,
      timeZone: client.timeZone,
      asOf: scope.now,
      by,
      units: unitsOf(scope.view),
      total: told(scope.view, total),
      lines: by === null ? [] : await this.lines(scope, by),
    };
  }

  /** @throws NotFound for a client out of sight; InvalidInput naming the field */
  async rows(actor: Actor, clientId: string, ask: RowsAsk): Promise<FigureRows> {
    const { scope } = await this.open(actor, clientId, ask);
    const line = lineOf(ask);
    const figures = figuresFor(scope.view, line?.by ?? null);
    const figure = Object.hasOwn(figures, ask.figure) ? figures[ask.figure] : undefined;
    if (!figure) throw new InvalidInput({ figure: { code: 'isIn' } });
    await this.projection.catchUp();
    const counts = await this.counts.count(scope, line?.by ?? null, [ask.figure]);
    const limit = ask.limit ?? PAGE_LIMIT.usual;
    const page = await this.database.read((db) =>
      rowsOf(db, scope, { figure, line, limit, cursor: ask.cursor ?? null }),
    );
    return {
      ...page,
      count: counts.get(line?.id ?? null)?.[ask.figure] ?? 0,
      view: scope.view,
      from: scope.period.fromOn,
      to: scope.period.toOn,
      line: line && {
        ...line,
        name: (await this.names(clientId, line.by, [line.id])).get(line.id ?? '') ?? null,
      },
    };
  }

  private async open(
    actor: Actor,
    clientId: string,
    ask: ReportAsk,
  ): Promise<{ client: Client; scope: ReportScope }> {
    const client = await this.clients.get(actor, clientId);
    const now = this.clock.now();
    const month = monthOf(now, client.timeZone);
    const period = periodOf(ask.from ?? month.fromOn, ask.to ?? month.toOn, client.timeZone);
    if (period === 'from_invalid') throw new InvalidInput({ from: 'isDay' });
    if (typeof period === 'string') throw new InvalidInput({ to: problems[period] });
    const windows = await this.database.read((db) => windowsByClient(db, new Set([clientId])));
    return {
      client,
      scope: { clientId, view: ask.view ?? 'cohort', period, windows: windows.get(clientId) ?? [], now },
    };
  }

  /** Those who brought most first, then by name; those of none last. */
  private async lines(scope: ReportScope, by: Breakdown): Promise<ReportLine[]> {
    const counts = await this.counts.count(scope, by);
    const names = await this.names(scope.clientId, by, [...counts.keys()]);
    const weight = (line: ReportLine): number => line.counts['attempted'] ?? 0;
    return [...counts]
      .map(([id, own]) => ({
        id,
        name: id === null ? null : (names.get(id) ?? null),
        ...told(scope.view, own),
      }))
      .sort((one, other) => {
        if ((one.id === null) !== (other.id === null)) return one.id === null ? 1 : -1;
        return weight(other) - weight(one) || (one.name ?? '').localeCompare(other.name ?? '');
      });
  }

  /** Of this client's own lines alone: the id of another's sequence or ICP has no name here. */
  private async names(clientId: string, by: Breakdown, ids: (string | null)[]): Promise<Map<string, string>> {
    const known = ids.filter((id) => id !== null);
    if (by === 'channel' || known.length === 0) return new Map();
    const own = by === 'sdr' ? sql`role <> 'client'` : sql`client_id = ${clientId}`;
    const rows = await this.database.read((db) =>
      db.rows(sql`SELECT id, name FROM ${raw(named[by])} WHERE id IN (${join(known)}) AND ${own}`, {
        id: text,
        name: text,
      }),
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const problems = {
  to_invalid: 'isDay',
  to_before_from: 'endsBeforeStart',
  too_long: 'periodTooLong',
} as const;

function lineOf({ by, line }: RowsAsk): Line | null {
  if (line === undefined) return null;
  if (by === undefined)
    throw new InvalidInput({ by: { code: 'isIn', params: { limit: breakdowns.join(', ') } } });
  return { by, id: line === 'none' ? null : line };
}
