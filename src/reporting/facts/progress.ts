import { channelStagesOf } from './channel-course.js';
import { type EngagementWindow, byEngagement } from './engagement-window.js';
import { type Fact, standing, textOf } from './fact.js';
import { type FunnelSettings, type StageDates, ripensAt, stages, stagesOfStanding } from './funnel.js';
import { type Mark, markBits } from './marks.js';
import { maturesAt } from './maturity.js';
import { meetingsOf } from './meeting-course.js';
import { exitBits, exitsOf } from './side-exits.js';
import {
  type ReportChannel,
  isConnect,
  isConversation,
  isDial,
  isHardBounce,
  isInvitation,
  isInvitationAccepted,
  isMail,
  reportChannels,
} from './touch-result.js';

/** A fact with who did it. */
export interface AuthoredFact extends Fact {
  userId: string | null;
}

/** How far a prospect came in one engagement, over all channels or by one: a row of the projection. */
export interface Progress {
  engagementId: string;
  channel: 'all' | ReportChannel;
  dates: StageDates;
  /** Place of the furthest stage in `stages`. */
  reached: number;
  exits: number;
  marks: number;
  dials: number;
  connects: number;
  conversations: number;
  sequenceId: string | null;
  sdrId: string | null;
  /** The instant time alone changes this; null when it never will. */
  ripensAt: Date | null;
}

/** An invitation younger than this says nothing yet about acceptance (reporting.md §2). */
const INVITATION_DAYS = 14;
const DAY = 86_400_000;

/** Everything reports read of one prospect, from its facts in any order. */
export function progressOf(
  facts: readonly AuthoredFact[],
  windows: readonly EngagementWindow[],
  settings: FunnelSettings,
): Progress[] {
  const rows: Progress[] = [];
  for (const [engagementId, part] of byEngagement(standing(facts), windows)) {
    rows.push(...progressIn(engagementId, part, settings));
  }
  return rows;
}

function progressIn(engagementId: string, facts: AuthoredFact[], settings: FunnelSettings): Progress[] {
  const meetings = meetingsOf(facts);
  const dates = stagesOfStanding(facts, meetings, settings);
  if (dates.sourced === undefined) return [];
  const byChannel = reportChannels.map((channel) => ({
    channel,
    dates: channelStagesOf(channel, facts, meetings, settings),
  }));
  const found = marksOf(facts, byChannel, settings.now);
  const shared = {
    engagementId,
    exits: exitBits(exitsOf(facts, meetings)),
    ...originOf(facts),
    ripensAt: nextChangeAt(facts, settings),
  };
  const rowOf = (channel: Progress['channel'], own: StageDates): Progress => ({
    ...shared,
    channel,
    dates: own,
    reached: stages.findLastIndex((stage) => own[stage] !== undefined),
    marks: markBits(found, channel),
    ...callsIn(channel === 'all' || channel === 'call' ? facts : []),
  });
  const tried = byChannel.filter((one) => one.dates.attempted !== undefined);
  return [rowOf('all', dates), ...tried.map((one) => rowOf(one.channel, one.dates))];
}

function callsIn(facts: readonly Fact[]): Pick<Progress, 'dials' | 'connects' | 'conversations'> {
  return {
    dials: facts.filter(isDial).length,
    connects: facts.filter(isConnect).length,
    conversations: facts.filter(isConversation).length,
  };
}

function marksOf(
  facts: readonly Fact[],
  byChannel: readonly { channel: ReportChannel; dates: StageDates }[],
  now: Date,
): Set<Mark> {
  const on = (channel: ReportChannel): StageDates => byChannel.find((one) => one.channel === channel)!.dates;
  const matures = maturesAt(facts);
  const found: Record<Mark, boolean> = {
    mailed: facts.some(isMail),
    bounced: facts.some(isHardBounce),
    delivered: facts.some(isMail) && on('email').contacted !== undefined,
    invited: facts.some((fact) => isInvitation(fact) && settledAt(fact) <= now),
    accepted: facts.some(isInvitationAccepted),
    answered_on_linkedin: on('linkedin').replied !== undefined,
    spoken_to: facts.some(isConversation),
    booked_by_call: on('call').booked !== undefined,
    mature: matures !== null && matures <= now,
  };
  return new Set((Object.keys(found) as Mark[]).filter((mark) => found[mark]));
}

function nextChangeAt(facts: readonly Fact[], settings: FunnelSettings): Date | null {
  const moments = [
    ripensAt(facts, settings),
    maturesAt(facts),
    ...facts.filter(isInvitation).map((invitation) => settledAt(invitation)),
  ];
  return moments.reduce<Date | null>(
    (next, at) => (at !== null && at > settings.now && (next === null || at < next) ? at : next),
    null,
  );
}

function settledAt(invitation: Fact): Date {
  return new Date(invitation.at.getTime() + INVITATION_DAYS * DAY);
}

/** The first sequence entered, and the person who worked the prospect first. */
function originOf(facts: readonly AuthoredFact[]): { sequenceId: string | null; sdrId: string | null } {
  const sequences = facts.map((fact) => textOf(fact, 'sequenceId')).filter((id) => id !== null);
  const worked = facts.find(
    (fact) => fact.userId !== null && (fact.kind === 'touch' || fact.kind === 'status' || isBooking(fact)),
  );
  return { sequenceId: sequences[0] ?? null, sdrId: worked?.userId ?? null };
}

function isBooking(fact: Fact): boolean {
  return fact.kind === 'meeting.booked';
}
