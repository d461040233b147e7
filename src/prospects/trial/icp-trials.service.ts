import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import type { IcpCriteria } from '../../icp/criteria.js';
import { FitTally, SEGMENTS, type Segments } from '../../icp/fit-summary.js';
import { judge, type Judgement } from '../../icp/fit-score.js';
import { segmentsOf } from '../../icp/segments.js';
import { askedBy, patternOf } from '../../icp/verdict-pattern.js';
import { Conflict } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { type JudgedPerson, nextStretch, sizeOf } from '../judged-people.queries.js';
import type { ProspectFilter } from '../search/prospect-list.dto.js';
import { type Selection, selectionOf } from '../search/prospect-selection.queries.js';
import { runningTrial, versionOf } from './icp-trials.queries.js';
import { IcpTrial } from './icp-trial.entity.js';
import type { TrialInput } from './trial.dto.js';

const CHUNK = 500;
/** So many are judged while the asker waits: less than a second. */
const AT_ONCE = 2000;
/** A trial is a question of the day: its rows are not kept longer. */
const KEPT_HOURS = 24;
/** Rows forgotten in one statement. */
const FORGOTTEN = 2000;

const ROW_COLUMNS = [
  ...['trial_id', 'prospect_id', 'verdict', 'before', 'score', 'pattern'],
  ...['industry', 'headcount', 'country', 'region', 'job_function', 'seniority'],
];

interface Course {
  id: string;
  selection: Selection;
  criteria: IcpCriteria;
}

/** Judges many prospects by a version of an ICP, and stores nothing with them: a what-if, kept for a day. */
@Injectable()
export class IcpTrials implements OnModuleDestroy {
  private readonly logger = new Logger('IcpTrials');
  private readonly running = new Map<string, Promise<void>>();
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Few are judged at once, many in the background; gives the id of the trial.
   * @throws NotFound for a client, list, filter or version out of sight; Conflict while one of the client runs
   */
  async begin(actor: Actor, clientId: string, { icpVersionId, ...scope }: TrialInput): Promise<string> {
    const { selection, criteria, total } = await this.database.read(async (db) => {
      const asked = await selectionOf(db, actor, clientId, scope);
      const version = await versionOf(db, clientId, icpVersionId);
      return { selection: asked, criteria: version.criteria, total: await sizeOf(db, asked) };
    });
    const id = newId();
    await this.database.write((tx) => this.open(tx, actor, { id, clientId, icpVersionId, scope, total }));
    this.start({ id, selection, criteria });
    if (total <= AT_ONCE) await this.finished(id);
    return id;
  }

  /** Resolves when the trial rests; at once if it does not run here. */
  async finished(id: string): Promise<void> {
    await this.running.get(id);
  }

  /** For the timetable: trials of yesterday go, some rows at a time. */
  async forgetOld(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_HOURS * 3_600_000);
    const old = await this.database.read((db) =>
      db.rows(sql`SELECT id FROM icp_trial WHERE created_at < ${before}`, { id: text }),
    );
    for (const { id } of old) {
      for (let gone = FORGOTTEN; gone === FORGOTTEN;) {
        gone = await this.database.write((tx) =>
          tx.run(sql`DELETE FROM icp_trial_row WHERE trial_id = ${id} AND prospect_id IN
            (SELECT prospect_id FROM icp_trial_row WHERE trial_id = ${id} LIMIT ${FORGOTTEN})`),
        );
        await breath();
      }
      await this.database.write((tx) => tx.run(sql`DELETE FROM icp_trial WHERE id = ${id}`));
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    await Promise.all(this.running.values());
  }

  private start(course: Course): void {
    const run = this.carryThrough(course)
      .catch(async (error: unknown) => {
        this.logger.error({ err: error, trialId: course.id });
        await this.database.write((tx) =>
          tx.run(sql`UPDATE icp_trial SET state = 'failed' WHERE id = ${course.id}`),
        );
      })
      .finally(() => this.running.delete(course.id));
    this.running.set(course.id, run);
  }

  private async open(
    tx: Tx,
    actor: Actor,
    trial: { id: string; clientId: string; icpVersionId: string; scope: ProspectFilter; total: number },
  ): Promise<void> {
    const now = this.clock.now();
    const { clientId } = trial;
    // Of two who begin at the same moment, the second waits here and finds the first.
    await tx.rows(sql`SELECT id FROM client WHERE id = ${clientId}${tx.dialect.forUpdate}`, {});
    const running = await runningTrial(tx, clientId, now);
    if (running !== null) throw new Conflict('prospects.trialRunning', { id: running });
    await tx.entities.insert(IcpTrial, {
      ...trial,
      ...{ state: 'running', judged: 0, summary: null },
      createdBy: actor.userId || null,
      createdAt: now,
      progressAt: now,
    });
  }

  private async carryThrough({ id, selection, criteria }: Course): Promise<void> {
    const tally = new FitTally();
    for (let last: string | null = ''; last !== null && !this.isClosing;) {
      const after: string = last;
      const stretch = await this.database.read((db) => nextStretch(db, selection, after, CHUNK));
      const judged = stretch.people.map((person) => judgedRow(criteria, person));
      await this.database.write((tx) => this.keep(tx, id, judged, tally));
      last = stretch.last;
      await breath();
    }
    if (this.isClosing) return;
    const summary = JSON.stringify(tally.summary);
    await this.database.write((tx) =>
      tx.run(sql`UPDATE icp_trial SET state = 'done', summary = ${summary}, progress_at = ${this.clock.now()}
        WHERE id = ${id}`),
    );
  }

  /** Only those who are still there are counted: what a figure says opens onto as many rows. */
  private async keep(tx: Tx, id: string, judged: readonly JudgedRow[], tally: FitTally): Promise<void> {
    const ids = judged.map(({ person }) => person.id);
    const there = await tx.rows(sql`SELECT id FROM prospect WHERE ${tx.dialect.isAmong(sql`id`, ids)}`, {
      id: text,
    });
    const known = new Set(there.map((row) => row.id));
    const kept = judged.filter(({ person }) => known.has(person.id));
    const rows = kept.map(({ person, judgement, pattern, segments }) => [
      ...[id, person.id, judgement.verdict, person.fit, judgement.score, pattern],
      ...SEGMENTS.map((name) => segments[name]),
    ]);
    await insertRows(tx, 'icp_trial_row', ROW_COLUMNS, rows);
    await tx.run(sql`UPDATE icp_trial SET judged = judged + ${kept.length}, progress_at = ${this.clock.now()}
      WHERE id = ${id}`);
    for (const { person, judgement, pattern, segments } of kept)
      tally.add({ pattern, verdict: judgement.verdict, before: person.fit, segments });
  }
}

interface JudgedRow {
  person: JudgedPerson;
  judgement: Judgement;
  pattern: string;
  segments: Segments;
}

function judgedRow(criteria: IcpCriteria, person: JudgedPerson): JudgedRow {
  const judgement = judge(criteria, person.facts);
  const pattern = patternOf(askedBy(criteria), judgement.reasons);
  return { person, judgement, pattern, segments: segmentsOf(person.facts) };
}
