import type { ProspectStatus } from '../status/status.js';

/** What prospects do by themselves. */
const OWN_KINDS = ['status', 'owner', 'enlist', 'delist', 'suppress'] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

/** `enrol` is done by the room of sequences (bulk-parts.service.ts). */
export const BULK_KINDS = [...OWN_KINDS, 'enrol'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export function isOwnKind(kind: BulkKind): kind is OwnKind {
  return kind !== 'enrol';
}

/**
 * `counting` → `counted` → `running` → `done`, where `counted` waits for a person. `cancelled` stops what was not done
 * yet; what was done can be taken back from there too: `undoing` → `undone`. `failed` is our own fault,
 * or whoever asked for it has left the client.
 */
export type BulkState =
  'counting' | 'counted' | 'running' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone';

/** The states in which a run goes on by itself. */
export const MOVING_STATES = ['counting', 'running', 'undoing'] as const satisfies readonly BulkState[];

/** What a person may ask of an act in each state. */
export const BULK_ACTS: Readonly<Record<BulkState, readonly ('start' | 'cancel' | 'undo')[]>> = {
  counting: ['cancel'],
  counted: ['start', 'cancel'],
  running: ['cancel'],
  done: ['undo'],
  cancelled: ['undo'],
  failed: ['undo'],
  undoing: [],
  undone: [],
};

export interface BulkTerms {
  /** `status`: where to. */
  to?: BulkStatus;
  /** `owner`: one, or several in turn; empty frees them. */
  ownerIds?: string[];
  /** `enlist`, `delist`. */
  listId?: string;
  /** `suppress`: why. */
  reason?: string;
  /** `enrol`. */
  sequenceId?: string;
  /** The people were named one by one, not found by a filter. */
  isNamed?: boolean;
  /** It was confirmed before it was counted, and starts by itself. */
  isConfirmed?: boolean;
  /** Whose word its run follows: the user who started it or takes it back. Until then, who opened it. */
  by?: string;
}

/**
 * How a person stood before the act, and what it left: the undo looks whether that still stands. Of somebody left as they
 * were, what more there is to say of the reason.
 */
export interface RowBefore {
  ownerId?: string | null;
  /** Whom the act gave the person to. */
  givenTo?: string | null;
  /** The fact a move of status left. */
  factId?: string;
  /** The enrolment the act made. */
  enrolmentId?: string;
  /** Left until this instant. */
  until?: string;
  /** Left for want of these. */
  fields?: string[];
}

/** Who gets the nth of those handed out, from 1; null frees them. */
export function ownerOfTurn(ownerIds: readonly string[], nth: number): string | null {
  return ownerIds.length === 0 ? null : ownerIds[(nth - 1) % ownerIds.length]!;
}

/** Those a person may pick for many at once: no day and no reason is asked for. */
export const BULK_STATUSES = [
  'new',
  'replied',
  'interested',
  'not_interested',
  'wrong_person',
  'unreachable',
  'invalid',
] as const satisfies readonly ProspectStatus[];
export type BulkStatus = (typeof BULK_STATUSES)[number];
