import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../database/database.js';
import { instant, json, maybe, text, type RowOf } from '../database/rows.js';
import { InvalidInput, NotAllowed } from '../shared/errors.js';
import { fromCursor, PAGE_LIMIT, type Page, pageOf } from '../shared/paging.js';
import type { Actor } from './actor.js';
import { mayReadTrail } from './people.policy.js';
import { withinSight } from './sight.js';

const ENTRY = {
  id: text,
  at: instant,
  userId: maybe(text),
  /** Null: the system itself. */
  userName: maybe(text),
  act: text,
  subjectType: text,
  subjectId: maybe(text),
  /** When the subject is a person. */
  subjectName: maybe(text),
  clientId: maybe(text),
  details: maybe(json<Record<string, unknown>>()),
  origin: maybe(text),
};
export type TrailEntry = RowOf<typeof ENTRY>;

export interface TrailFilter {
  userId?: string | undefined;
  /** `client`, `prospect`, `user` … */
  subjectType?: string | undefined;
  clientId?: string | undefined;
  /** First and last moment, UTC. */
  from?: Date | undefined;
  to?: Date | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Reads the audit trail. */
@Injectable()
export class AuditQueries {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. A manager reads the entries of clients in sight only.
   * @throws NotAllowed for others; InvalidInput for a cursor that is none of ours
   */
  async list(actor: Actor, filter: TrailFilter): Promise<Page<TrailEntry>> {
    if (!mayReadTrail(actor)) throw new NotAllowed();
    const limit = filter.limit ?? PAGE_LIMIT.usual;
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT e.id, e.at, e.user_id, u.name user_name, e.act, e.subject_type, e.subject_id, s.name subject_name, e.client_id, e.details, e.origin
          FROM audit_entry e LEFT JOIN app_user u ON u.id = e.user_id
            LEFT JOIN app_user s ON s.id = e.subject_id AND e.subject_type = 'user'
          WHERE ${withinSight(actor, sql`e.client_id`)} AND ${matching(filter)} AND ${before(filter.cursor)}
          ORDER BY e.id DESC LIMIT ${limit + 1}`,
        ENTRY,
      ),
    );
    return pageOf(rows, limit, (row) => ({ key: null, id: row.id }));
  }

  /** Everybody who left an entry the actor may read, for the filter. */
  doers(actor: Actor): Promise<{ id: string; name: string }[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT u.id, u.name FROM app_user u
          WHERE EXISTS (SELECT 1 FROM audit_entry e WHERE e.user_id = u.id AND ${withinSight(actor, sql`e.client_id`)})
          ORDER BY LOWER(u.name), u.id`,
        { id: text, name: text },
      ),
    );
  }
}

function matching({ userId, subjectType, clientId, from, to }: TrailFilter): Sql {
  return sql`${userId === undefined ? sql`1 = 1` : sql`e.user_id = ${userId}`}
    AND ${subjectType === undefined ? sql`1 = 1` : sql`e.subject_type = ${subjectType}`}
    AND ${clientId === undefined ? sql`1 = 1` : sql`e.client_id = ${clientId}`}
    AND ${from === undefined ? sql`1 = 1` : sql`e.at >= ${from}`}
    AND ${to === undefined ? sql`1 = 1` : sql`e.at < ${to}`}`;
}

/** Ids are UUIDv7: their order is that of time. */
function before(cursor: string | undefined): Sql {
  if (cursor === undefined) return sql`1 = 1`;
  const from = fromCursor(cursor);
  if (from === null) throw new InvalidInput({ cursor: 'invalid' });
  return sql`e.id < ${from.id}`;
}
