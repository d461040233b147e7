import sql from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { maybe, text } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';

/**
 * Refuses a writer who looked at an older version, and says who was faster.
 * @throws Conflict `prospects.statusChangedMeanwhile` {who, to} or `prospects.changedMeanwhile` {who}
 */
export async function refuseStale(db: Db, now: { id: string; version: number }, seen: number): Promise<void> {
  if (seen === now.version) return;
  const last = await db.row(
    sql`SELECT a.to_status, u.name FROM activity a LEFT JOIN app_user u ON u.id = a.user_id
      WHERE a.prospect_id = ${now.id} ORDER BY a.id DESC LIMIT 1`,
    { toStatus: maybe(text), name: maybe(text) },
  );
  const who = last?.name ?? 'Carnet';
  throw last?.toStatus
    ? new Conflict('prospects.statusChangedMeanwhile', { who, to: last.toStatus })
    : new Conflict('prospects.changedMeanwhile', { who });
}
