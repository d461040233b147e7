export const ROLES = ['admin', 'manager', 'sdr', 'client'] as const;
export type Role = (typeof ROLES)[number];
export const LOCALES = ['fr', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Who acts: the first argument of every service and queries method. Everything is loaded through it. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** The clients this actor may see; `all` for admins. A client's person has exactly one. */
  readonly clients: 'all' | readonly string[];
  readonly locale: Locale;
  readonly theme: 'light' | 'dark' | null;
  /** The browser session, when there is one. */
  readonly sessionId: string | null;
  /** Came with a token given for one client alone: what concerns the whole agency is not theirs to read or do. */
  readonly isLimited?: boolean;
}

/** The clock, the importer, the first run: acts of nobody in particular, on everything. */
export const SYSTEM: Actor = {
  userId: '',
  name: 'Carnet',
  role: 'admin',
  clients: 'all',
  locale: 'en',
  theme: null,
  sessionId: null,
};

export function seesClient(actor: Actor, clientId: string): boolean {
  return actor.clients === 'all' || actor.clients.includes(clientId);
}

/** A manager's word, and not one given through a token for one client alone. */
export const runsAgency = (actor: Actor): boolean => isManager(actor) && actor.isLimited !== true;

export const isAgency = (actor: Actor): boolean => actor.role !== 'client';
export const isManager = (actor: Actor): boolean => actor.role === 'admin' || actor.role === 'manager';
