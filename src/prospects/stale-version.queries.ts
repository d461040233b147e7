import sql from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { instant, maybe, text } from '../database/rows.js';
import { Conflict } from '../shared/errors.js';

/**
 * Refuses a writer who looked at an older version, and says who was faster, and with what.
 * @throws Conflict `prospects.statusChangedMeanwhile` {who, to}, `prospects.editedMeanwhile` {who},
 *   `prospects.changedMeanwhile` {who}, or `changedMeanwhile` where nobody's name is known
 */
export async function refuseStale(db: Db, now: { id: string; version: number }, seen: number): Promise<void> {
  if (seen === now.version) return;
  const fact = await lastFactOf(db, now.id);
  const act = await lastActOf(db, now.id, fact?.id ?? '');
  if (act !== null) {
    const code = act.act === 'prospect.edited' ? 'prospects.editedMeanwhile' : 'prospects.changedMeanwhile';
    throw new Conflict(code, { who: act.name ?? 'Carnet' });
  }
  // A file that corrects somebody tells of itself, not of each of them.
  if (fact === null || fact.updatedAt > fact.recordedAt) throw new Conflict('changedMeanwhile');
  const who = fact.name ?? 'Carnet';
  throw fact.toStatus === null
    ? new Conflict('prospects.changedMeanwhile', { who })
    : new Conflict('prospects.statusChangedMeanwhile', { who, to: fact.toStatus });
}

function lastFactOf(db: Db, prospectId: string) {
  return db.row(
    sql`SELECT a.id, a.recorded_at, a.to_status, u.name, p.updated_at
      FROM activity a JOIN prospect p ON p.id = a.prospect_id LEFT JOIN app_user u ON u.id = a.user_id
      WHERE a.prospect_id = ${prospectId} ORDER BY a.id DESC LIMIT 1`,
    { id: text, recordedAt: instant, toStatus: maybe(text), name: maybe(text), updatedAt: instant },
  );
}

/** A correction or a hand-over is no fact of the prospect's: the trail alone knows of it. Ids are in the order of time. */
function lastActOf(db: Db, prospectId: string, after: string) {
  return db.row(
    sql`SELECT e.act, u.name FROM audit_entry e LEFT JOIN app_user u ON u.id = e.user_id
      WHERE e.client_id = (SELECT client_id FROM prospect WHERE id = ${prospectId}) AND e.id > ${after}
        AND e.subject_id = ${prospectId} AND e.act IN ('prospect.edited', 'prospect.assigned')
      ORDER BY e.id DESC LIMIT 1`,
    { act: text, name: maybe(text) },
  );
}
