import { type Actor, isAgency, isManager } from '../accounts/actor.js';
import type { SequenceAct } from './sequence-states.js';

/** Approving what is sent and putting it in front of everybody is a manager's word; the rest is daily work. */
const managersOnly: ReadonlySet<SequenceAct> = new Set(['approve', 'launch', 'archive']);

export function mayWriteSequences(actor: Actor): boolean {
  return isAgency(actor);
}

export function mayMoveSequence(actor: Actor, act: SequenceAct): boolean {
  return managersOnly.has(act) ? isManager(actor) : isAgency(actor);
}
