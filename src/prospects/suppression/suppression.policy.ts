import { type Actor, isManager, runsAgency } from '../../accounts/actor.js';

/** What the whole agency will never contact binds clients an SDR may not even see. */
export function mayKeepAgencyList(actor: Actor): boolean {
  return runsAgency(actor);
}

/** Anybody may write an opposition down; lifting one is a manager's decision. */
export function mayLift(actor: Actor): boolean {
  return isManager(actor);
}
