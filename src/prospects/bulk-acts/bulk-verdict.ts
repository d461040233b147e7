import type { BulkTerms, OwnKind } from './bulk-act.js';
import { ownerOfTurn } from './bulk-act.js';
import { isLegalMove, type ProspectStatus } from '../status/status.js';

/** How a person stands when a bulk act comes to them. */
export interface BulkStanding {
  /** Their place in the act, from 1. */
  position: number;
  status: ProspectStatus;
  ownerId: string | null;
  /** Whether they are on the list the act is about. */
  isOnList: boolean;
}

/** Who acts: an SDR hands on only what is free or theirs. */
export interface BulkHand {
  userId: string;
  isManager: boolean;
}

/**
 * Why an act leaves a person as they are; null when it changes something. `already`: nothing to change;
 * `from_<status>`: no legal move leads there; `not_yours`, `not_on_list`.
 */
export function bulkRefusal(
  kind: OwnKind,
  terms: BulkTerms,
  standing: BulkStanding,
  hand: BulkHand,
): string | null {
  switch (kind) {
    case 'status':
      return moveRefusal(standing.status, terms.to!);
    case 'suppress':
      return moveRefusal(standing.status, 'do_not_contact');
    case 'owner': {
      if (standing.ownerId === ownerOfTurn(terms.ownerIds ?? [], standing.position)) return 'already';
      const isTheirs = standing.ownerId === null || standing.ownerId === hand.userId;
      return hand.isManager || isTheirs ? null : 'not_yours';
    }
    case 'enlist':
      return standing.isOnList ? 'already' : null;
    case 'delist':
      return standing.isOnList ? null : 'not_on_list';
  }
}

function moveRefusal(from: ProspectStatus, to: ProspectStatus): string | null {
  if (from === to) return 'already';
  return isLegalMove(from, to, 'person') ? null : `from_${from}`;
}
