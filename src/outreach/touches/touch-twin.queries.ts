import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { json, maybe, text } from '../../database/rows.js';
import { Touch } from './touch.entity.js';

/** A second click comes at once: among so many of one's own last actions on the person. */
const RECENT = 20;

/**
 * What the first of two clicks has written, for whoever holds the prospect: the second waits for the first to be
 * done. Null when there is none, or it was taken back since.
 */
export async function twinOf(
  tx: Tx,
  actor: Actor,
  prospectId: string,
  clickKey: string | undefined,
): Promise<Touch | null> {
  if (!clickKey) return null;
  const own = await tx.rows(
    sql`SELECT about_id, details FROM activity WHERE prospect_id = ${prospectId} AND kind = 'touch'
      AND user_id = ${actor.userId} ORDER BY id DESC LIMIT ${RECENT}`,
    { aboutId: text, details: maybe(json<{ clickKey?: string }>()) },
  );
  const twin = own.find(({ details }) => details?.clickKey === clickKey);
  return twin ? tx.entities.findOneBy(Touch, { id: twin.aboutId }) : null;
}
