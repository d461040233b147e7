import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Database } from '../database/database.js';
import { flag, instant, integer, json, maybe, text, word } from '../database/rows.js';
import type { SequenceEventKind } from './sequence-events.js';
import type { Step } from './sequence.entity.js';
import { loadForReader, loadSequence, type WrittenSequence } from './sequence-loading.queries.js';
import type { VersionState } from './sequence-states.js';
import type { TestFigures } from './test-segment/test-figures.js';

const EVENT = {
  id: text,
  version: integer,
  kind: word<SequenceEventKind>(),
  at: instant,
  userName: maybe(text),
  reason: maybe(text),
  details: maybe(json<Record<string, unknown>>()),
};

const COMMENT = {
  id: text,
  version: integer,
  stepId: maybe(text),
  at: instant,
  userName: maybe(text),
  isClients: flag,
  text,
};

const VERSION = {
  version: integer,
  state: word<VersionState>(),
  steps: json<Step[]>(),
  notice: maybe(text),
  createdAt: instant,
  createdByName: maybe(text),
  submittedAt: maybe(instant),
  submittedByName: maybe(text),
  approvedAt: maybe(instant),
  approvedByName: maybe(text),
  approvedSeal: maybe(text),
  /** People on their way with it. */
  open: integer,
};

const TEST = {
  id: text,
  version: integer,
  size: integer,
  enrolled: integer,
  /** Its people are still being enrolled, or were when it was cut off: its start goes on from there. */
  isBegun: flag,
  seed: text,
  choice: json<Record<string, string>>(),
  drawnFrom: integer,
  startedAt: instant,
  startedByName: maybe(text),
  decision: maybe(word<'go' | 'no_go'>()),
  decidedAt: maybe(instant),
  decidedByName: maybe(text),
  reason: maybe(text),
  figures: maybe(json<TestFigures>()),
};

const WAITING = {
  id: text,
  name: text,
  version: integer,
  submittedAt: instant,
  submittedByName: maybe(text),
  steps: json<Step[]>(),
  comments: integer,
};

const READABLE = {
  id: text,
  name: text,
  version: integer,
  state: word<VersionState>(),
  submittedAt: instant,
  approvedAt: maybe(instant),
  approvedByName: maybe(text),
};

type RowOf<S extends Record<string, (raw: unknown) => unknown>> = { [K in keyof S]: ReturnType<S[K]> };

export type EventLine = RowOf<typeof EVENT>;
export type CommentLine = RowOf<typeof COMMENT>;
export type VersionLine = RowOf<typeof VERSION>;
export type TestLine = RowOf<typeof TEST>;
/** Messages the client may read: waiting, approved or refused. */
export type ReadableLine = RowOf<typeof READABLE>;
/** Messages that wait for the client's word. */
export type WaitingLine = RowOf<typeof WAITING>;

/** What happened to a sequence: its versions, approvals, remarks and tests. */
@Injectable()
export class SequenceStories {
  constructor(private readonly database: Database) {}

  /** Newest first. @throws NotFound */
  events(actor: Actor, id: string): Promise<EventLine[]> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      return db.rows(
        sql`SELECT e.id, e.version, e.kind, e.at, u.name AS user_name, e.reason, e.details
            FROM sequence_event e LEFT JOIN app_user u ON u.id = e.user_id
            WHERE e.sequence_id = ${id} ORDER BY e.id DESC LIMIT 200`,
        EVENT,
      );
    });
  }

  /** Newest first. @throws NotFound */
  versions(actor: Actor, id: string): Promise<VersionLine[]> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      return db.rows(
        sql`SELECT v.version, v.state, v.steps, v.notice, v.created_at, c.name AS created_by_name, v.submitted_at,
              s.name AS submitted_by_name, v.approved_at, a.name AS approved_by_name, v.approved_seal,
              (SELECT COUNT(*) FROM enrolment e WHERE e.sequence_version_id = v.id AND e.state <> 'finished') AS open
            FROM sequence_version v LEFT JOIN app_user c ON c.id = v.created_by
              LEFT JOIN app_user s ON s.id = v.submitted_by LEFT JOIN app_user a ON a.id = v.approved_by
            WHERE v.sequence_id = ${id} ORDER BY v.version DESC`,
        VERSION,
      );
    });
  }

  /** Oldest first; the client's people see them too. @throws NotFound */
  comments(actor: Actor, id: string): Promise<CommentLine[]> {
    return this.database.read(async (db) => {
      await loadForReader(db, actor, id);
      return db.rows(
        sql`SELECT c.id, c.version, c.step_id, c.at, u.name AS user_name,
              CASE WHEN u.role = 'client' THEN 1 ELSE 0 END AS is_clients, c.text
            FROM sequence_comment c LEFT JOIN app_user u ON u.id = c.user_id
            WHERE c.sequence_id = ${id} ORDER BY c.id LIMIT 500`,
        COMMENT,
      );
    });
  }

  /** Newest first. @throws NotFound */
  tests(actor: Actor, id: string): Promise<TestLine[]> {
    return this.database.read(async (db) => {
      await loadSequence(db, actor, id);
      return db.rows(
        sql`SELECT t.id, t.version, t.size,
              CASE WHEN t.enrolled > 0 THEN t.enrolled ELSE (SELECT COUNT(*) FROM enrolment e WHERE e.test_id = t.id) END AS enrolled,
              CASE WHEN t.enrolled = 0 AND t.decision IS NULL THEN 1 ELSE 0 END AS is_begun, t.seed, t.choice, t.drawn_from, t.started_at,
              s.name AS started_by_name, t.decision, t.decided_at, d.name AS decided_by_name, t.reason, t.figures
            FROM sequence_test t LEFT JOIN app_user s ON s.id = t.started_by LEFT JOIN app_user d ON d.id = t.decided_by
            WHERE t.sequence_id = ${id} ORDER BY t.id DESC`,
        TEST,
      );
    });
  }

  /** The version somebody may read and answer. @throws NotFound */
  forReader(actor: Actor, id: string): Promise<WrittenSequence> {
    return this.database.read((db) => loadForReader(db, actor, id));
  }

  /** All a client was ever asked to read, in the newest version they may see; the last submitted first. */
  readable(actor: Actor, clientId: string): Promise<ReadableLine[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT s.id, s.name, v.version, v.state, v.submitted_at, v.approved_at, u.name AS approved_by_name
            FROM sequence s JOIN sequence_version v ON v.sequence_id = s.id AND v.version =
                (SELECT MAX(x.version) FROM sequence_version x
                 WHERE x.sequence_id = s.id AND x.submitted_at IS NOT NULL AND x.state <> 'draft')
              LEFT JOIN app_user u ON u.id = v.approved_by
            WHERE s.client_id = ${clientId} AND ${withinSight(actor, sql`s.client_id`)}
            ORDER BY v.submitted_at DESC LIMIT 200`,
        READABLE,
      ),
    );
  }

  /** What waits for a client's word, the longest waiting first; for the client's own people, or the agency's. */
  waiting(actor: Actor, clientId: string): Promise<WaitingLine[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT s.id, s.name, v.version, v.submitted_at, u.name AS submitted_by_name, v.steps,
              (SELECT COUNT(*) FROM sequence_comment c WHERE c.sequence_id = s.id AND c.version = v.version) AS comments
            FROM sequence s JOIN sequence_version v ON v.sequence_id = s.id AND v.version = s.version
              LEFT JOIN app_user u ON u.id = v.submitted_by
            WHERE s.client_id = ${clientId} AND ${withinSight(actor, sql`s.client_id`)} AND v.state = 'submitted'
              AND s.state <> 'archived' ORDER BY v.submitted_at`,
        WAITING,
      ),
    );
  }
}
