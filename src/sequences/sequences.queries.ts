import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import { instant, integer, maybe, text, word, type RowOf } from '../database/rows.js';
import { Enrolment } from './enrolments/enrolment.entity.js';
import { goOf, openTestOf } from './sequence-reach.queries.js';
import type { SequenceState, Standing } from './sequence-states.js';
import { loadSequence, type WrittenSequence } from './sequence-loading.queries.js';

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
export type SequenceLine = RowOf<typeof LINE>;

/** Where the people of a sequence are. */
export interface SequenceCounts {
  /** State or reason → people. */
  enrolments: { state: string; reason: string | null; people: number }[];
  /** Step place (from 1) → people for whom it is next. */
  waiting: { position: number; people: number }[];
}

/** Whether mails of a client can leave by themselves. */
export type MailRoad = 'open' | 'resting' | 'none';

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

  counts(actor: Actor, id: string): Promise<SequenceCounts> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      const enrolments = await db.rows(
        sql`SELECT state, reason, COUNT(*) AS people FROM enrolment WHERE sequence_id = ${id} GROUP BY state, reason`,
        { state: text, reason: maybe(text), people: integer },
      );
      const waiting = await db.rows(
        sql`SELECT next_position AS position, COUNT(*) AS people FROM enrolment
            WHERE sequence_id = ${id} AND state <> 'finished' AND next_position IS NOT NULL GROUP BY next_position`,
        { position: integer, people: integer },
      );
      return { enrolments, waiting };
    });
  }

  /** The retired mailboxes that people on their way were written to from, with how many those are. @throws NotFound */
  retiredMailboxes(actor: Actor, id: string): Promise<{ address: string; people: number }[]> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      return db.rows(
        sql`SELECT m.address, COUNT(*) AS people FROM enrolment e JOIN mailbox m ON m.id = e.mailbox_id
            WHERE e.sequence_id = ${id} AND e.state <> 'finished' AND m.paused_reason = 'retired'
            GROUP BY m.address ORDER BY m.address`,
        { address: text, people: integer },
      );
    });
  }

  /** What its mails would leave from: a mailbox at work, only such as rest, or none; null for one without mails. @throws NotFound */
  mailRoad(actor: Actor, id: string): Promise<MailRoad | null> {
    return this.database.read(async (db) => {
      const { sequence, version } = await loadSequence(db, actor, id);
      if (!version.steps.some(({ channel }) => channel === 'email')) return null;
      const boxes = await db.rows(
        sql`SELECT state FROM mailbox WHERE client_id = ${sequence.clientId} AND COALESCE(paused_reason, '') <> 'retired'`,
        { state: text },
      );
      if (boxes.length === 0) return 'none';
      return boxes.some(({ state }) => state === 'active') ? 'open' : 'resting';
    });
  }

  /** What decides which acts are open on a sequence. */
  standing(actor: Actor, id: string): Promise<Standing> {
    return this.database.read(async (db) => {
      const { sequence, version } = await loadSequence(db, actor, id);
      const { state, approvedVersion } = sequence;
      const go = approvedVersion === null ? null : await goOf(db, id, approvedVersion);
      return {
        state,
        version: version.version,
        versionState: version.state,
        approvedVersion,
        isTestOpen: (await openTestOf(db, id)) !== null,
        hasGo: go !== null,
        wasLaunched: sequence.launchedAt !== null,
      };
    });
  }
}
