import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';

/** For what is kept beside a prospect. @throws NotFound unless somebody of the agency sees them */
export async function requireSeen(db: Db, actor: Actor, prospectId: string): Promise<void> {
  const seen =
    isId(prospectId) &&
    isAgency(actor) &&
    (await db.row(
      sql`SELECT id FROM prospect WHERE id = ${prospectId} AND ${withinSight(actor, sql`client_id`)}`,
      { id: text },
    ));
  if (!seen) throw new NotFound();
}
