import { type Actor, isAgency, isManager } from '../accounts/actor.js';
import type { SequenceAct } from './sequence-states.js';

/** Speaking for the client, judging a test and putting a sequence in front of everybody take a manager's word. */
const managersOnly: ReadonlySet<SequenceAct> = new Set(['approve', 'refuse', 'decide', 'launch', 'archive']);

export function mayWriteSequences(actor: Actor): boolean {
  return isAgency(actor);
}

export function mayMoveSequence(actor: Actor, act: SequenceAct): boolean {
  return managersOnly.has(act) ? isManager(actor) : isAgency(actor);
}

/** The client's own people approve and refuse; a manager may for them. */
export function mayApprove(actor: Actor): boolean {
  return actor.role === 'client' || mayApproveOnBehalf(actor);
}

/** Whose word stands for the client's, and needs to say how it was had. */
export function mayApproveOnBehalf(actor: Actor): boolean {
  return isManager(actor);
}
