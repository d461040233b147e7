import { Injectable } from '@nestjs/common';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, integer, json, maybe, snakeCase, text, word, type RowOf } from '../../database/rows.js';
import type { IcpCriteria } from '../../icp/criteria.js';
import {
  type CriterionFigures,
  criterionFigures,
  type FitSummary,
  patternsIn,
} from '../../icp/fit-summary.js';
import { judge, type Reason } from '../../icp/fit-score.js';
import { askedBy } from '../../icp/verdict-pattern.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { fromCursor, PAGE_LIMIT, type Page, pageOf } from '../../shared/paging.js';
import { judgedAmong } from '../judged-people.queries.js';
import type { Fit, ProspectFilter } from '../search/prospect-list.dto.js';
import type { TrialState } from './icp-trial.entity.js';
import type { TrialRowsQuery } from './trial.dto.js';

const VERSION = { id: text, icpId: text, icpName: text, version: integer, criteria: json<IcpCriteria>() };
/** A version of an ICP, with the name of the ICP. */
export type TriedVersion = RowOf<typeof VERSION>;

const TRIAL = {
  id: text,
  clientId: text,
  icpVersionId: text,
  scope: json<ProspectFilter>(),
  state: word<TrialState>(),
  total: integer,
  judged: integer,
  summary: maybe(json<FitSummary>()),
  createdAt: instant,
  progressAt: instant,
};

/** A trial with all its figures; `criteria` empty until it is done. */
export interface TrialNow extends RowOf<typeof TRIAL> {
  version: TriedVersion;
  criteria: CriterionFigures[];
}

const ROW = {
  prospectId: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  verdict: word<Fit>(),
  before: maybe(word<Fit>()),
  score: integer,
};
/** A judged prospect, with what spoke for and against. */
export type TrialRow = RowOf<typeof ROW> & { reasons: readonly Reason[] };

/** A trial that has not moved for this long was cut off. */
const STALE_SECONDS = 60;

@Injectable()
export class IcpTrialQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<TrialNow> {
    return this.database.read((db) => this.load(db, actor, id));
  }

  /** The latest trial of a version on these prospects; null when there is none of today. */
  async latest(
    actor: Actor,
    clientId: string,
    icpVersionId: string,
    scope: ProspectFilter,
  ): Promise<TrialNow | null> {
    return this.database.read(async (db) => {
      const found = await db.row(
        sql`SELECT id FROM icp_trial WHERE client_id = ${clientId} AND icp_version_id = ${icpVersionId}
          AND scope = ${JSON.stringify(scope)} ORDER BY created_at DESC LIMIT 1`,
        { id: text },
      );
      return found && this.load(db, actor, found.id);
    });
  }

  /** The one that runs for a client; null when none does. @throws NotFound */
  async running(actor: Actor, clientId: string): Promise<TrialNow | null> {
    return this.database.read(async (db) => {
      const id = await runningTrial(db, clientId, this.clock.now());
      return id === null ? null : this.load(db, actor, id);
    });
  }

  /** Every version of a client's ICPs, those in use and the latest first. */
  versions(clientId: string): Promise<TriedVersion[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT v.id, v.icp_id, i.name AS icp_name, v.version, v.criteria FROM icp_version v JOIN icp i ON i.id = v.icp_id
          WHERE i.client_id = ${clientId}
          ORDER BY CASE WHEN i.archived_at IS NULL THEN 0 ELSE 1 END, i.id, v.version DESC`,
        VERSION,
      ),
    );
  }

  /**
   * The rows a figure counts, the best scores first, with how many there are.
   * @throws NotFound; InvalidInput for a criterion the version does not ask, or a cursor that is none of ours
   */
  rows(
    actor: Actor,
    id: string,
    query: TrialRowsQuery,
  ): Promise<Page<TrialRow> & { total: number; trial: TrialNow }> {
    const limit = query.limit ?? PAGE_LIMIT.usual;
    return this.database.read(async (db) => {
      const trial = await this.load(db, actor, id);
      const where = join([sql`r.trial_id = ${id}`, ...conditionsOf(db, trial, query)], ' AND ');
      const rows = await db.rows(
        sql`SELECT r.prospect_id, p.full_name, p.title, COALESCE(p.company_name, c.name) AS company_name, r.verdict,
              r."before", r.score
            FROM icp_trial_row r JOIN prospect p ON p.id = r.prospect_id LEFT JOIN company c ON c.id = p.company_id
            WHERE ${where} ${afterCursor(query.cursor)} ORDER BY r.score DESC, r.prospect_id DESC LIMIT ${limit + 1}`,
        ROW,
      );
      const size = await db.row(sql`SELECT COUNT(*) AS size FROM icp_trial_row r WHERE ${where}`, {
        size: integer,
      });
      const { items, nextCursor } = pageOf(rows, limit, (row) => ({ key: row.score, id: row.prospectId }));
      return { items: await withReasons(db, trial, items), nextCursor, total: size!.size, trial };
    });
  }

  private async load(db: Db, actor: Actor, id: string): Promise<TrialNow> {
    const trial =
      isId(id) && isAgency(actor)
        ? await db.row(
            sql`SELECT * FROM icp_trial WHERE id = ${id} AND ${withinSight(actor, sql`client_id`)}`,
            TRIAL,
          )
        : null;
    if (trial === null) throw new NotFound();
    const version = await versionOf(db, trial.clientId, trial.icpVersionId);
    const still = this.clock.now().getTime() - trial.progressAt.getTime();
    const isCutOff = trial.state === 'running' && still > STALE_SECONDS * 1000;
    const criteria = trial.summary === null ? [] : criterionFigures(askedBy(version.criteria), trial.summary);
    return { ...trial, state: isCutOff ? 'failed' : trial.state, version, criteria };
  }
}

/** The trial of a client that is being judged; one that stopped long ago was cut off and runs no more. */
export async function runningTrial(db: Db, clientId: string, now: Date): Promise<string | null> {
  const since = new Date(now.getTime() - STALE_SECONDS * 1000);
  const running = await db.row(
    sql`SELECT id FROM icp_trial WHERE client_id = ${clientId} AND state = 'running' AND progress_at >= ${since}
      ORDER BY id LIMIT 1`,
    { id: text },
  );
  return running?.id ?? null;
}

/** @throws NotFound for a version of another client's ICP */
export async function versionOf(db: Db, clientId: string, versionId: string): Promise<TriedVersion> {
  const version = isId(versionId)
    ? await db.row(
        sql`SELECT v.id, v.icp_id, i.name AS icp_name, v.version, v.criteria FROM icp_version v JOIN icp i ON i.id = v.icp_id
          WHERE v.id = ${versionId} AND i.client_id = ${clientId}`,
        VERSION,
      )
    : null;
  if (version === null) throw new NotFound();
  return version;
}

function conditionsOf(db: Db, trial: TrialNow, query: TrialRowsQuery): Sql[] {
  const { figure, criterion, verdict, before, segment, value } = query;
  const conditions: Sql[] = [];
  if (figure !== undefined || criterion !== undefined) {
    const found = trial.criteria.find(({ asked }) => asked.name === criterion);
    if (found === undefined || figure === undefined)
      throw new InvalidInput({ [figure === undefined ? 'figure' : 'criterion']: 'isIn' });
    const asked = trial.criteria.map((one) => one.asked);
    const patterns = patternsIn(figure, asked, trial.summary!, found.at);
    conditions.push(db.dialect.isAmong(sql`r.pattern`, patterns));
  }
  if (verdict) conditions.push(sql`r.verdict = ${verdict}`);
  if (before) conditions.push(before === 'none' ? sql`r."before" IS NULL` : sql`r."before" = ${before}`);
  if (segment) {
    const column = raw(`r.${snakeCase(segment)}`);
    conditions.push(value ? sql`${column} = ${value}` : sql`${column} IS NULL`);
  }
  return conditions;
}

function afterCursor(cursor: string | undefined): Sql {
  if (cursor === undefined) return sql``;
  const start = fromCursor(cursor);
  if (start === null || !Number.isInteger(start.key)) throw new InvalidInput({ cursor: 'invalid' });
  return sql`AND (r.score, r.prospect_id) < (${start.key}, ${start.id})`;
}

/** The reasons as they are today: a fact may have been corrected since the trial. */
async function withReasons(
  db: Db,
  { version }: TrialNow,
  rows: readonly RowOf<typeof ROW>[],
): Promise<TrialRow[]> {
  const people = await judgedAmong(
    db,
    rows.map(({ prospectId }) => prospectId),
  );
  const facts = new Map(people.map((person) => [person.id, person.facts]));
  return rows.map((row) => ({
    ...row,
    reasons: judge(version.criteria, facts.get(row.prospectId) ?? {}).reasons,
  }));
}
