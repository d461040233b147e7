import { type Actor, isManager } from '../accounts/actor.js';

/** What a client looks for is agreed by its account manager; everyone of the agency reads it. */
export function mayEditIcps(actor: Actor): boolean {
  return isManager(actor);
}
