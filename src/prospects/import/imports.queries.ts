import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, integer, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { teamOf } from '../search/prospect-list.queries.js';
import { Import, type ImportStatus } from './import.entity.js';
import { mayImport } from './import.policy.js';
import { leftBehind, type LeftBehind } from './left-behind.queries.js';
import type { KeptReason } from './revert-result.js';

const SUMMARY = {
  id: text,
  fileName: text,
  status: word<ImportStatus>(),
  isDryRun: (raw: unknown) => raw === true || raw === 1,
  rows: integer,
  created: integer,
  updated: integer,
  skipped: integer,
  failed: integer,
  createdAt: instant,
  createdByName: maybe(text),
};
export type ImportSummary = RowOf<typeof SUMMARY>;

const REJECT = { rowNumber: integer, outcome: text, reason: maybe(text), cells: maybe(json<string[]>()) };
export type RejectedRow = RowOf<typeof REJECT>;

const KEPT = { rowId: text, id: text, fullName: text, email: maybe(text), reason: word<KeptReason>() };
/** A prospect a revert had to leave as it is. */
export type KeptProspect = RowOf<typeof KEPT>;

/** Rejected rows fetched at a time. */
const PAGE = 1000;

@Injectable()
export class ImportQueries {
  constructor(private readonly database: Database) {}

  /** @throws NotFound when it is out of the actor's sight */
  get(actor: Actor, id: string): Promise<Import> {
    return this.database.read((db) => loadImport(db, actor, id));
  }

  /** A client's imports, latest first; a hundred at most. @throws NotFound */
  list(actor: Actor, clientId: string): Promise<ImportSummary[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return db.rows(
        sql`SELECT i.id, i.file_name, i.status, i.is_dry_run, i.rows, i.created, i.updated, i.skipped, i.failed,
            i.created_at, u.name created_by_name
          FROM import i LEFT JOIN app_user u ON u.id = i.created_by
          WHERE i.client_id = ${clientId} ORDER BY i.id DESC LIMIT 100`,
        SUMMARY,
      );
    });
  }

  /** Whose the new people of an import may be. @throws NotFound */
  owners(actor: Actor, clientId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return teamOf(db, clientId);
    });
  }

  /** The rows that were skipped or failed, in the order of the file, a page at a time. @throws NotFound */
  async *rejects(actor: Actor, id: string): AsyncGenerator<RejectedRow[]> {
    await this.get(actor, id);
    for (let after = 0; ;) {
      const rows = await this.database.read((db) => rejectsAfter(db, id, after, PAGE));
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.rowNumber;
    }
  }

  /** The prospects a revert had to leave, a page at a time. @throws NotFound */
  async *kept(actor: Actor, id: string): AsyncGenerator<KeptProspect[]> {
    await this.get(actor, id);
    for (let after = ''; ;) {
      const rows = await this.database.read((db) =>
        db.rows(
          sql`SELECT r.id row_id, p.id, p.full_name, p.email, r.reason FROM import_row r JOIN prospect p ON p.id = r.prospect_id
            WHERE r.import_id = ${id} AND r.outcome = 'kept' AND r.id > ${after} ORDER BY r.id LIMIT ${PAGE}`,
          KEPT,
        ),
      );
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!.rowId;
    }
  }

  /** What an import left behind, the first rows of each kind. @throws NotFound */
  leftBehind(actor: Actor, id: string, count: number): Promise<LeftBehind> {
    return this.database.read(async (db) => leftBehind(db, await loadImport(db, actor, id), count));
  }
}

function rejectsAfter(db: Db, id: string, after: number, count: number): Promise<RejectedRow[]> {
  return db.rows(
    sql`SELECT row_number, outcome, reason, cells FROM import_row
      WHERE import_id = ${id} AND outcome IN ('skipped', 'failed') AND row_number > ${after}
      ORDER BY row_number LIMIT ${count}`,
    REJECT,
  );
}

/** A run begins with nothing counted. */
export const AFRESH = {
  ...{ position: 0, bytesRead: 0, rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
  ...{ reasons: {}, warnings: {}, problem: null },
};

/** @throws NotFound */
export async function loadImport(db: Db, actor: Actor, id: string): Promise<Import> {
  const one = mayImport(actor) ? await db.entities.findOneBy(Import, { id }) : null;
  if (one === null || !seesClient(actor, one.clientId)) throw new NotFound();
  return one;
}
