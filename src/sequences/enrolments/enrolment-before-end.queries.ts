import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { json, maybe, text } from '../../database/rows.js';
import { isFreed } from './colleague-answers.queries.js';
import type { Enrolment } from './enrolment.entity.js';

type Standing = Pick<Enrolment, 'state' | 'reason' | 'pausedUntil'>;

const ON_ITS_WAY: Standing = { state: 'active', reason: null, pausedUntil: null };

const PAUSE = { kind: text, reason: maybe(text), details: maybe(json<{ until?: string }>()) };

/** How an enrolment stood when it ended: a pause that is not over yet, or one that waits for a person, still holds. */
export async function standingBeforeEnd(db: Db, { id, prospectId }: Enrolment, now: Date): Promise<Standing> {
  const last = await db.row(
    sql`SELECT a.kind, a.reason, a.details FROM activity a
        WHERE a.prospect_id = ${prospectId} AND a.about_id = ${id} AND a.kind IN ('enrolment.paused', 'enrolment.resumed')
          AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)
        ORDER BY a.id DESC LIMIT 1`,
    PAUSE,
  );
  if (last?.kind !== 'enrolment.paused') return ON_ITS_WAY;
  const until = last.details?.until === undefined ? null : new Date(last.details.until);
  if (until !== null && until <= now) return ON_ITS_WAY;
  if (last.reason === 'colleague_replied' && (await isFreed(db, id))) return ON_ITS_WAY;
  return { state: 'paused', reason: last.reason, pausedUntil: until };
}
