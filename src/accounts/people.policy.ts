import { type Actor, isManager, type Role, seesClient } from './actor.js';

/** The agency’s own people, roles and disabling are the admins' alone. */
export const mayRunPeople = (actor: Actor): boolean => actor.role === 'admin';

/** A client’s people are let into their portal by whoever runs that client, too. */
export const mayInvite = (actor: Actor, person: { role: Role; clientId?: string | null }): boolean =>
  mayRunPeople(actor) ||
  (isManager(actor) &&
    person.role === 'client' &&
    typeof person.clientId === 'string' &&
    seesClient(actor, person.clientId));

/** Admins read the whole trail, managers that of their clients. */
export const mayReadTrail = (actor: Actor): boolean => actor.role === 'admin' || actor.role === 'manager';
