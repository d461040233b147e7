import type { Actor } from '../../accounts/actor.js';
import { isAgency } from '../../accounts/actor.js';

/** Lists are the daily work of everyone at the agency; the client's own people never see where a prospect came from. */
export function mayImport(actor: Actor): boolean {
  return isAgency(actor);
}
