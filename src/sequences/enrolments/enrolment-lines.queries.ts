import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { instant, integer, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { fromCursor, type Page, pageOf, PAGE_LIMIT } from '../../shared/paging.js';
import type { Step } from '../sequence.entity.js';
import { loadSequence } from '../sequence-loading.queries.js';
import { isWaiting } from './colleagues.queries.js';
import type { VersionState } from '../sequence-states.js';

const LINE = {
  id: text,
  prospectId: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  state: word<'active' | 'paused' | 'finished'>(),
  reason: maybe(text),
  pausedUntil: maybe(instant),
  nextPosition: maybe(integer),
  nextAttempt: integer,
  dueAt: maybe(instant),
  finishedAt: maybe(instant),
  versionState: word<VersionState>(),
  /** Those of the version this person goes through. */
  steps: json<Step[]>(),
};

/** One person in a sequence. */
export type EnrolmentLine = RowOf<typeof LINE>;

export interface EnrolmentFilter {
  state?: string | undefined;
  reason?: string | undefined;
  cursor?: string | undefined;
  limit?: number;
}

@Injectable()
export class EnrolmentLines {
  constructor(private readonly database: Database) {}

  /** The people of a sequence, the last enrolled first. @throws NotFound; InvalidInput for a cursor that is none of ours */
  list(actor: Actor, sequenceId: string, filter: EnrolmentFilter): Promise<Page<EnrolmentLine>> {
    const limit = filter.limit ?? PAGE_LIMIT.usual;
    const after = filter.cursor === undefined ? null : fromCursor(filter.cursor);
    if (filter.cursor !== undefined && !after) throw new InvalidInput({ cursor: 'invalid' });
    return this.database.read(async (db) => {
      await loadSequence(db, actor, sequenceId);
      const rows = await db.rows(
        sql`SELECT e.id, e.prospect_id, p.full_name, p.title, p.company_name, e.state, e.reason, e.paused_until,
              e.next_position, e.next_attempt, e.due_at, e.finished_at, v.state AS version_state, v.steps
            FROM enrolment e JOIN prospect p ON p.id = e.prospect_id JOIN sequence_version v ON v.id = e.sequence_version_id
            WHERE e.sequence_id = ${sequenceId}
            ${filter.state ? sql`AND e.state = ${filter.state}` : empty}
            ${filter.reason ? sql`AND e.reason = ${filter.reason}` : empty}
            ${after ? sql`AND e.id < ${after.id}` : empty}
            ORDER BY e.id DESC LIMIT ${limit + 1}`,
        LINE,
      );
      return pageOf(rows, limit, ({ id }) => ({ key: null, id }));
    });
  }

  /** How many wait since a colleague answered. @throws NotFound */
  waiting(actor: Actor, sequenceId: string): Promise<number> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      const counted = await db.row(
        sql`SELECT COUNT(*) AS n FROM enrolment e
            WHERE e.client_id = ${sequence.clientId} AND ${isWaiting(db)} AND ${db.dialect.unindexed(sql`e.sequence_id`)} = ${sequenceId}`,
        { n: integer },
      );
      return counted?.n ?? 0;
    });
  }

  /** Whose enrolment it is. @throws NotFound */
  async nameOf(actor: Actor, enrolmentId: string): Promise<string> {
    const found = await this.database.read((db) =>
      db.row(
        sql`SELECT p.full_name FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
            WHERE e.id = ${enrolmentId} AND ${withinSight(actor, sql`e.client_id`)}`,
        { fullName: text },
      ),
    );
    if (!found) throw new NotFound();
    return found.fullName;
  }
}
