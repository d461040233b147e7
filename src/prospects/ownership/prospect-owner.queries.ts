import { type Actor, isManager } from '../../accounts/actor.js';
import type { Db } from '../../database/db.js';
import { InvalidInput, NotAllowed } from '../../shared/errors.js';
import { teamOf } from '../search/prospect-list.queries.js';

/**
 * Whether prospects of a client may be given to somebody: to whoever works for it; an SDR takes for themselves alone.
 * @throws InvalidInput, NotAllowed
 */
export async function requireOwner(
  db: Db,
  actor: Actor,
  clientId: string,
  ownerId: string | undefined,
): Promise<void> {
  if (ownerId === undefined) return;
  const team = await teamOf(db, clientId);
  if (!team.some(({ id }) => id === ownerId)) throw new InvalidInput({ ownerId: 'prospects.notOnTeam' });
  if (!isManager(actor) && ownerId !== actor.userId) throw new NotAllowed();
}
