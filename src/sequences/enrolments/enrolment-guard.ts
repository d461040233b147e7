import type { Channel } from '../../outreach/touches/outcomes.js';

/** Why a prospect is not enrolled. The order is the order they are told in: the strongest reason wins. */
export const skipReasons = [
  'suppressed',
  'active_elsewhere',
  'finished_here',
  'wrong_status',
  'unfit',
  'held_by_courtesy',
  'no_usable_channel',
  'missing_field',
] as const;

export type SkipReason = (typeof skipReasons)[number];

/** What is known of one prospect at the moment of enrolment. */
export interface EnrolmentFacts {
  isSuppressed: boolean;
  /** The status table lets the prospect become `in_sequence`. */
  canStart: boolean;
  fit: 'fit' | 'unfit' | 'unknown';
  /** Holds an open enrolment of this client, in this sequence or another. */
  isActiveElsewhere: boolean;
  hasFinishedHere: boolean;
  isHeldByCourtesy: boolean;
  usableChannels: readonly Channel[];
  /** Channels of the sequence's steps. */
  stepChannels: readonly Channel[];
  /** Fields the messages name and this prospect lacks, on the steps that would reach it. */
  missingFields: readonly string[];
}

/**
 * The reason to skip this prospect, or null to enrol it. A plain task reaches nobody, so it is no channel;
 * a sequence of nothing but tasks asks for none.
 */
export function guardEnrolment(facts: EnrolmentFacts): SkipReason | null {
  const reaching = facts.stepChannels.filter((channel) => channel !== 'task');
  const isReachable =
    reaching.length === 0 || reaching.some((channel) => facts.usableChannels.includes(channel));
  const refusals: Record<SkipReason, boolean> = {
    suppressed: facts.isSuppressed,
    wrong_status: !facts.canStart,
    unfit: facts.fit === 'unfit',
    active_elsewhere: facts.isActiveElsewhere,
    finished_here: facts.hasFinishedHere,
    held_by_courtesy: facts.isHeldByCourtesy,
    no_usable_channel: !isReachable,
    missing_field: facts.missingFields.length > 0,
  };
  return skipReasons.find((reason) => refusals[reason]) ?? null;
}

/** How many were left out for each reason, those that kept nobody out included. */
export function countReasons(
  skipped: readonly { reason: SkipReason | 'not_found' }[],
): Record<SkipReason | 'not_found', number> {
  const none = Object.fromEntries([...skipReasons, 'not_found'].map((reason) => [reason, 0]));
  const counts = none as Record<SkipReason | 'not_found', number>;
  for (const { reason } of skipped) counts[reason] += 1;
  return counts;
}
