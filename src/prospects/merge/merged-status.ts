import { impliesHumanReply, type ProspectStatus } from '../status/status.js';

/** Where a prospect stands, and since when. */
export interface StandingNow {
  status: ProspectStatus;
  statusAt: Date;
  statusUntil: string | null;
}

/** An opposition beats all; then what meetings have come to, then what the person answered, then what was tried. */
const LADDER: readonly ProspectStatus[] = ['do_not_contact', 'meeting_booked', 'qualified', 'meeting_held'];
const TRIED: readonly ProspectStatus[] = ['in_sequence', 'unreachable', 'invalid', 'new'];

/**
 * Where one person stands whom two prospects stood for: the more advanced of the two. Of two answers the later one counts,
 * for people change their minds.
 */
export function mergedStanding(survivor: StandingNow, absorbed: StandingNow): StandingNow {
  const gap = rankOf(absorbed.status) - rankOf(survivor.status);
  if (gap !== 0) return gap < 0 ? absorbed : survivor;
  return absorbed.statusAt > survivor.statusAt ? absorbed : survivor;
}

function rankOf(status: ProspectStatus): number {
  const high = LADDER.indexOf(status);
  if (high >= 0) return high;
  return impliesHumanReply(status) ? LADDER.length : LADDER.length + 1 + TRIED.indexOf(status);
}
