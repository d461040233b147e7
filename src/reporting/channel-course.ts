import type { ProspectStatus } from '../prospects/status.js';
import type { Fact } from './fact.js';
import {
  type FunnelSettings,
  type StageDates,
  type Stage,
  filledBack,
  mailContactAt,
  toldBy,
} from './funnel.js';
import type { MeetingCourse } from './meeting-course.js';
import { type ReportChannel, channelFamily, channelOf, isAttempt, isContact } from './touch-result.js';

/**
 * How far one channel alone brought the prospect. An answer belongs to the channel it came by, or to the last one
 * tried before it; a meeting to the channel frozen at its booking. The other channels "assisted" and keep what they
 * earned, so the channels do not add up to the total. `facts` stand and come oldest first.
 */
export function channelStagesOf(
  channel: ReportChannel,
  facts: readonly Fact[],
  meetings: readonly MeetingCourse[],
  settings: FunnelSettings,
): StageDates {
  const entries = new Map<Stage, Date>();
  const enter = (stage: Stage | null, at: Date | null): void => {
    if (stage === null || at === null) return;
    const known = entries.get(stage);
    if (known === undefined || at < known) entries.set(stage, at);
  };
  let tried: ReportChannel | null = null;
  for (const fact of facts) {
    const own = channelOf(fact);
    if (isAttempt(fact)) tried = own ?? tried;
    if (own === channel && isAttempt(fact)) enter('attempted', fact.at);
    if (own === channel && isContact(fact)) enter('contacted', fact.at);
    if (fact.kind === 'status' && (own ?? tried) === channel) enter(answerToldBy(fact), fact.at);
  }
  if (channel === 'email') enter('contacted', mailContactAt(facts, settings));
  for (const meeting of meetings.filter((one) => channelFamily(one.channel) === channel)) {
    enter('booked', meeting.bookedAt);
    enter('held', meeting.heldAt);
    enter('qualified', meeting.qualifiedAt);
  }
  const { sourced: _sourced, eligible: _eligible, enrolled: _enrolled, ...ofChannel } = filledBack(entries);
  return ofChannel;
}

/** A status that a meeting left behind when it was cancelled is no answer by any channel. */
function answerToldBy(fact: Fact): Stage | null {
  if (fact.from?.startsWith('meeting_')) return null;
  const stage = toldBy[fact.to as ProspectStatus] ?? null;
  return stage === 'replied' || stage === 'interested' ? stage : null;
}
