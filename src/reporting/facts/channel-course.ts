import type { ProspectStatus } from '../../prospects/status/status.js';
import type { Fact } from './fact.js';
import {
  type FunnelSettings,
  type Stage,
  type StageDates,
  StageEntries,
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
  const entries = new StageEntries();
  let tried: ReportChannel | null = null;
  for (const fact of facts) {
    const own = channelOf(fact);
    if (isAttempt(fact)) tried = own ?? tried;
    if (own === channel && isAttempt(fact)) entries.enter('attempted', fact.at);
    if (own === channel && isContact(fact)) entries.enter('contacted', fact.at);
    if (fact.kind === 'status' && (own ?? tried) === channel) entries.enter(answerToldBy(fact), fact.at);
  }
  if (channel === 'email') entries.enter('contacted', mailContactAt(facts, settings));
  meetings
    .filter((one) => channelFamily(one.channel) === channel)
    .forEach((meeting) => entries.enterMeeting(meeting));
  const { sourced: _sourced, eligible: _eligible, enrolled: _enrolled, ...ofChannel } = entries.filledBack();
  return ofChannel;
}

/** A status that a meeting left behind when it was cancelled is no answer by any channel. */
function answerToldBy(fact: Fact): Stage | null {
  if (fact.from?.startsWith('meeting_')) return null;
  const stage = toldBy[fact.to as ProspectStatus] ?? null;
  return stage === 'replied' || stage === 'interested' ? stage : null;
}
