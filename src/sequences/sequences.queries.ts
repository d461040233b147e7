import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { instant, integer, maybe, text, word } from '../database/rows.js';
import { Enrolment } from './enrolment.entity.js';
import type { SequenceState } from './sequence-states.js';
import { loadSequence, type WrittenSequence } from './sequences.service.js';

const LINE = {
  id: text,
  name: text,
  state: word<SequenceState>(),
  version: integer,
  createdAt: instant,
  launchedAt: maybe(instant),
  active: integer,
  paused: integer,
  finished: integer,
  replied: integer,
  due: integer,
};

/** One sequence in a list, with how many people are where in it. */
export type SequenceLine = { [K in keyof typeof LINE]: ReturnType<(typeof LINE)[K]> };

const STEP_COUNT = { stepId: text, result: text, people: integer };
/** How often a step ended in one way; `people` counts each person once. */
export type StepCount = { [K in keyof typeof STEP_COUNT]: ReturnType<(typeof STEP_COUNT)[K]> };

export interface SequenceResults {
  /** Step id → outcome → people. */
  byStep: StepCount[];
  /** Step id → people whose enrolment an answer or a meeting ended right after that step. */
  answers: { stepId: string; reason: string; people: number }[];
  /** State or reason → people. */
  enrolments: { state: string; reason: string | null; people: number }[];
  /** Step place (from 1) → people for whom it is next. */
  waiting: { position: number; people: number }[];
}

/** Reading sequences. */
@Injectable()
export class SequencesQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Every sequence of a client, newest first. */
  list(actor: Actor, clientId: string): Promise<SequenceLine[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const count = (condition: ReturnType<typeof sql>): ReturnType<typeof sql> =>
        sql`COALESCE(SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END), 0)`;
      return db.rows(
        sql`SELECT s.id, s.name, s.state, s.version, s.created_at, s.launched_at,
              ${count(sql`e.state = 'active'`)} AS active, ${count(sql`e.state = 'paused'`)} AS paused,
              ${count(sql`e.state = 'finished'`)} AS finished,
              ${count(sql`e.state = 'finished' AND e.reason IN ('replied', 'meeting')`)} AS replied,
              ${count(sql`e.state = 'active' AND e.due_at <= ${this.clock.now()}`)} AS due
            FROM sequence s LEFT JOIN enrolment e ON e.sequence_id = s.id
            WHERE s.client_id = ${clientId} GROUP BY s.id ORDER BY s.id DESC`,
        LINE,
      );
    });
  }

  /** @throws NotFound */
  one(actor: Actor, id: string): Promise<WrittenSequence> {
    return this.database.read((db) => loadSequence(db, actor, id));
  }

  /** Whether anybody goes, or went, through this version. */
  isUsed(versionId: string): Promise<boolean> {
    return this.database.read((db) => db.entities.existsBy(Enrolment, { sequenceVersionId: versionId }));
  }

  /** What became of the people, step by step. */
  results(actor: Actor, id: string): Promise<SequenceResults> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      const byStep = await db.rows(
        sql`SELECT step_id, result, COUNT(DISTINCT prospect_id) AS people FROM touch
            WHERE sequence_id = ${id} AND step_id IS NOT NULL GROUP BY step_id, result`,
        STEP_COUNT,
      );
      const answers = await db.rows(
        sql`SELECT t.step_id, e.reason, COUNT(*) AS people FROM enrolment e
            JOIN touch t ON t.enrolment_id = e.id AND t.id = (SELECT MAX(last.id) FROM touch last WHERE last.enrolment_id = e.id)
            WHERE e.sequence_id = ${id} AND e.state = 'finished' AND e.reason IN ('replied', 'meeting')
            GROUP BY t.step_id, e.reason`,
        { stepId: text, reason: text, people: integer },
      );
      const enrolments = await db.rows(
        sql`SELECT state, reason, COUNT(*) AS people FROM enrolment WHERE sequence_id = ${id} GROUP BY state, reason`,
        { state: text, reason: maybe(text), people: integer },
      );
      const waiting = await db.rows(
        sql`SELECT next_position AS position, COUNT(*) AS people FROM enrolment
            WHERE sequence_id = ${id} AND state <> 'finished' AND next_position IS NOT NULL GROUP BY next_position`,
        { position: integer, people: integer },
      );
      return { byStep, answers, enrolments, waiting };
    });
  }
}
