import { type Actor, isAgency, isManager, runsAgency } from '../accounts/actor.js';
import { Conflict } from '../shared/errors.js';

/** Clients, their engagements, ICPs and contacts are a manager's business; SDRs read them. */
export function mayEditClients(actor: Actor): boolean {
  return isManager(actor);
}

export function mayOpenClients(actor: Actor): boolean {
  return runsAgency(actor);
}

/** The client's own people meet their data in the portal only. */
export function mayReadClients(actor: Actor): boolean {
  return isAgency(actor);
}

/** Whether anything new may begin for a client: an import, an enrolment, a booking, an answer in the portal. */
export function takesNewWork(client: { switchedOffAt: Date | null }): boolean {
  return client.switchedOffAt === null;
}

/** @throws Conflict when the client is switched off */
export function requireNewWork(client: { name: string; switchedOffAt: Date | null }): void {
  if (!takesNewWork(client)) throw new Conflict('clientSwitchedOff', { client: client.name });
}
