import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { InvalidInput, NotAllowed } from '../../shared/errors.js';
import { fromCursor, type Page, PAGE_LIMIT, pageOf } from '../../shared/paging.js';
import type { SuppressionQuery } from './suppression.dto.js';
import type { SuppressionKind } from './suppression.entity.js';
import { mayKeepAgencyList } from './suppression.policy.js';

const ENTRY = {
  id: text,
  kind: word<SuppressionKind>(),
  value: text,
  channels: maybe(json<string[]>()),
  reason: text,
  source: text,
  createdBy: maybe(text),
  createdByName: maybe(text),
  createdAt: instant,
};
export type SuppressionEntry = RowOf<typeof ENTRY>;

/** The lists of those who must not be contacted: entries in force, the latest first. */
@Injectable()
export class SuppressionLists {
  constructor(private readonly database: Database) {}

  /** @throws NotFound for a client out of sight */
  ofClient(actor: Actor, clientId: string, query: SuppressionQuery): Promise<Page<SuppressionEntry>> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return entries(db, clientId, query);
    });
  }

  /** @throws NotAllowed for others than managers */
  ofAgency(actor: Actor, query: SuppressionQuery): Promise<Page<SuppressionEntry>> {
    return this.database.read((db) => {
      if (!mayKeepAgencyList(actor)) throw new NotAllowed('managersOnly');
      return entries(db, null, query);
    });
  }
}

async function entries(
  db: Db,
  clientId: string | null,
  query: SuppressionQuery,
): Promise<Page<SuppressionEntry>> {
  const limit = query.limit ?? PAGE_LIMIT.usual;
  const from = query.cursor === undefined ? null : fromCursor(query.cursor);
  if (query.cursor !== undefined && from === null) throw new InvalidInput({ cursor: 'invalid' });
  const rows = await db.rows(
    sql`SELECT s.id, s.kind, s.value, s.channels, s.reason, s.source, s.created_by, u.name AS created_by_name, s.created_at
      FROM suppression s LEFT JOIN app_user u ON u.id = s.created_by
      WHERE ${clientId === null ? sql`s.client_id IS NULL` : sql`s.client_id = ${clientId}`} AND s.removed_at IS NULL
        ${query.kind ? sql`AND s.kind = ${query.kind}` : empty}
        ${query.q ? sql`AND ${db.dialect.contains(sql`s.value`, query.q.toLowerCase())}` : empty}
        ${from ? sql`AND s.id < ${from.id}` : empty}
      ORDER BY s.id DESC LIMIT ${limit + 1}`,
    ENTRY,
  );
  return pageOf(rows, limit, (row) => ({ key: null, id: row.id }));
}
