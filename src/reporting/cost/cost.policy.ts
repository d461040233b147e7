import { type Actor, isAgency, isManager } from '../../accounts/actor.js';

/** The assumptions are the account manager's to defend. */
export function mayEditAssumptions(actor: Actor): boolean {
  return isManager(actor);
}

/** Pay, hiring costs and notes stay inside the agency. */
export function maySeePay(actor: Actor): boolean {
  return isAgency(actor);
}
