import type { Actor } from './actor.js';

/** Inviting, roles and disabling are the admins' alone. */
export const mayRunPeople = (actor: Actor): boolean => actor.role === 'admin';

/** Admins read the whole trail, managers that of their clients. */
export const mayReadTrail = (actor: Actor): boolean => actor.role === 'admin' || actor.role === 'manager';
