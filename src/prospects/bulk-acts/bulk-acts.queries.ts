import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, integer, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { fromCursor, type Page, PAGE_LIMIT, pageOf } from '../../shared/paging.js';
import type { BulkKind, BulkState, BulkTerms, RowBefore } from './bulk-act.js';
import { BulkAct } from './bulk-act.entity.js';
import type { ProspectFilter } from '../search/prospect-list.dto.js';
import { requireClient } from '../search/prospect-selection.queries.js';

const ACT = {
  id: text,
  clientId: text,
  kind: word<BulkKind>(),
  terms: json<BulkTerms>(),
  filter: json<ProspectFilter>(),
  state: word<BulkState>(),
  total: integer,
  able: integer,
  position: integer,
  changed: integer,
  undone: integer,
  reasons: maybe(json<Record<string, number>>()),
  keptReasons: maybe(json<Record<string, number>>()),
  createdBy: maybe(text),
  createdByName: maybe(text),
  createdAt: instant,
  finishedAt: maybe(instant),
};
export type BulkActSeen = RowOf<typeof ACT>;

const LEFT = {
  position: integer,
  prospectId: text,
  fullName: maybe(text),
  reason: text,
  more: maybe(json<Pick<RowBefore, 'until' | 'fields'>>()),
};
/** A person an act, or its undo, left as they were; `fullName` null when they are gone; `more`: what the reason adds. */
export type LeftRow = RowOf<typeof LEFT>;

/** Acts on many as people see them. */
@Injectable()
export class BulkActQueries {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<BulkActSeen> {
    return this.database.read(async (db) => {
      const found = isId(id)
        ? await db.row(
            sql`SELECT b.*, u.name AS created_by_name FROM bulk_act b LEFT JOIN app_user u ON u.id = b.created_by
              WHERE b.id = ${id} AND ${withinSight(actor, sql`b.client_id`)}`,
            ACT,
          )
        : null;
      if (found === null) throw new NotFound();
      await requireClient(db, actor, found.clientId);
      return found;
    });
  }

  /** The latest acts of a client. @throws NotFound */
  latest(actor: Actor, clientId: string, most: number = PAGE_LIMIT.usual): Promise<BulkActSeen[]> {
    return this.database.read(async (db) => {
      await requireClient(db, actor, clientId);
      return db.rows(
        sql`SELECT b.*, u.name AS created_by_name FROM bulk_act b LEFT JOIN app_user u ON u.id = b.created_by
          WHERE b.client_id = ${clientId} ORDER BY b.id DESC LIMIT ${most}`,
        ACT,
      );
    });
  }

  /** Whom an act left as they were, or its undo did, in the order of the act. @throws NotFound, InvalidInput */
  async left(actor: Actor, id: string, cursor?: string): Promise<Page<LeftRow>> {
    const { state } = await this.get(actor, id);
    const after = cursor === undefined ? 0 : Number(fromCursor(cursor)?.key ?? Number.NaN);
    if (!Number.isInteger(after)) throw new InvalidInput({ cursor: 'invalid' });
    const outcomes = state === 'undoing' || state === 'undone' ? sql`('kept')` : sql`('unable', 'skipped')`;
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT r.position, r.prospect_id, r.reason, p.full_name,
            CASE WHEN r.outcome = 'kept' THEN NULL ELSE r."before" END AS more FROM bulk_act_row r
          LEFT JOIN prospect p ON p.id = r.prospect_id
          WHERE r.act_id = ${id} AND r.outcome IN ${outcomes} AND r.position > ${after}
          ORDER BY r.position LIMIT ${PAGE_LIMIT.usual + 1}`,
        LEFT,
      ),
    );
    return pageOf(rows, PAGE_LIMIT.usual, ({ position, prospectId }) => ({ key: position, id: prospectId }));
  }
}

/** The act itself, held until the transaction ends. @throws NotFound */
export async function loadBulkAct(db: Db, actor: Actor, id: string): Promise<BulkAct> {
  const act = isId(id) ? await db.entities.findOneBy(BulkAct, { id }) : null;
  if (act === null) throw new NotFound();
  await requireClient(db, actor, act.clientId);
  return act;
}
