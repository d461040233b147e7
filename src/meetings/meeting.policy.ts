import { type Actor, isAgency } from '../accounts/actor.js';

/** Booking, moving, outcomes and claims are the agency's work. */
export function mayArrange(actor: Actor): boolean {
  return isAgency(actor);
}

/** Only the client's own people accept or contest: the agency does not judge its own claims. */
export function mayDecide(actor: Actor): boolean {
  return actor.role === 'client';
}
