import { type Actor, isAgency, isManager } from '../../accounts/actor.js';

/** Addresses, servers and passwords are the business of who answers for the client. */
export function mayRunMailboxes(actor: Actor): boolean {
  return isManager(actor);
}

/** Whoever works for a client may see why its mail does not go out. */
export function maySeeMailboxes(actor: Actor): boolean {
  return isAgency(actor);
}
