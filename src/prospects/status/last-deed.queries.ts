import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, json, maybe, text, word } from '../../database/rows.js';
import type { ProspectStatus } from './status.js';

/** The last thing that was done to a prospect, by whomever. What enrolments did because of it does not count. */
export interface Deed {
  id: string;
  kind: string;
  /** Null: nobody of ours, as when the person objects by their link. */
  userId: string | null;
  recordedAt: Date;
  fromStatus: ProspectStatus;
  /** Null: the person picked the status; else what it followed from. */
  mover: string | null;
  suppressionIds: string[];
}

const DEED = {
  id: text,
  kind: text,
  userId: maybe(text),
  recordedAt: instant,
  fromStatus: word<ProspectStatus>(),
  details: maybe(json<{ mover?: string; suppressionIds?: string[] }>()),
};

export async function lastDeedOf(db: Db, prospectId: string): Promise<Deed | null> {
  const row = await db.row(
    sql`SELECT id, kind, user_id, recorded_at, from_status, details FROM activity
      WHERE prospect_id = ${prospectId} AND (user_id IS NOT NULL OR kind NOT LIKE 'enrolment.%') ORDER BY id DESC LIMIT 1`,
    DEED,
  );
  if (row === null) return null;
  const { details, ...deed } = row;
  return { ...deed, mover: details?.mover ?? null, suppressionIds: details?.suppressionIds ?? [] };
}

/**
 * Whether something stands that came after a fact, by whomever, and does not follow from it (`followers`: what it and its
 * followers are about). Notes do not count, nor what enrolments did.
 */
export async function isOvertaken(
  db: Db,
  prospectId: string,
  factId: string,
  followers: readonly string[],
): Promise<boolean> {
  const later = await db.row(
    sql`SELECT id FROM activity a WHERE prospect_id = ${prospectId} AND id > ${factId}
        AND kind <> 'note' AND kind NOT LIKE 'enrolment.%' AND (undoes_id IS NULL OR undoes_id < ${factId})
        AND COALESCE(about_id, '') NOT IN (${join(followers)})
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id) LIMIT 1`,
    { id: text },
  );
  return later !== null;
}

/** The last move of a prospect: why, and what it was about. */
export function lastStatusOf(
  db: Db,
  prospectId: string,
): Promise<{ reason: string | null; aboutId: string | null } | null> {
  return db.row(
    sql`SELECT reason, about_id FROM activity WHERE prospect_id = ${prospectId} AND kind = 'status'
      ORDER BY id DESC LIMIT 1`,
    { reason: maybe(text), aboutId: maybe(text) },
  );
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
        -- Who objected again stood where they stood before the first time.
        AND NOT (from_status = 'do_not_contact' AND to_status = 'do_not_contact')
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
