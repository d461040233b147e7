import sql from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { instant, json, maybe, text, word } from '../database/rows.js';
import type { ProspectStatus } from './status.js';

/** The last thing a person did to a prospect. What the system did because of it does not count. */
export interface Deed {
  id: string;
  kind: string;
  userId: string;
  recordedAt: Date;
  fromStatus: ProspectStatus;
  /** Null: the person picked the status; else what it followed from. */
  mover: string | null;
  suppressionIds: string[];
}

const DEED = {
  id: text,
  kind: text,
  userId: text,
  recordedAt: instant,
  fromStatus: word<ProspectStatus>(),
  details: maybe(json<{ mover?: string; suppressionIds?: string[] }>()),
};

export async function lastDeedOf(db: Db, prospectId: string): Promise<Deed | null> {
  const row = await db.row(
    sql`SELECT id, kind, user_id, recorded_at, from_status, details FROM activity
      WHERE prospect_id = ${prospectId} AND user_id IS NOT NULL ORDER BY id DESC LIMIT 1`,
    DEED,
  );
  if (row === null) return null;
  const { details, ...deed } = row;
  return { ...deed, mover: details?.mover ?? null, suppressionIds: details?.suppressionIds ?? [] };
}

/** How the prospect stood before its present status; `at` null: since it was created. */
export interface StoodBefore {
  status: ProspectStatus;
  at: Date | null;
  until: string | null;
  callbackAt: Date | null;
}

export async function standingBefore(db: Db, prospectId: string): Promise<StoodBefore | null> {
  const [present, former] = await db.rows(
    sql`SELECT at, from_status, details FROM activity a
      WHERE prospect_id = ${prospectId} AND kind = 'status'
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)
      ORDER BY id DESC LIMIT 2`,
    {
      at: instant,
      fromStatus: word<ProspectStatus>(),
      details: maybe(json<{ until?: string; callbackAt?: string }>()),
    },
  );
  if (present === undefined) return null;
  const { until = null, callbackAt } = former?.details ?? {};
  return {
    status: present.fromStatus,
    at: former?.at ?? null,
    until,
    callbackAt: callbackAt === undefined ? null : new Date(callbackAt),
  };
}
