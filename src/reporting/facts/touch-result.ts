import { type Channel, channels, outcomeOf } from '../../outreach/touches/outcomes.js';
import type { Fact } from './fact.js';

/** The channels a figure is broken down by: LinkedIn invitations and messages are one, tasks are none. */
export const reportChannels = ['email', 'linkedin', 'call'] as const;
export type ReportChannel = (typeof reportChannels)[number];

const families: Readonly<Record<Channel, ReportChannel | null>> = {
  email: 'email',
  linkedin_invite: 'linkedin',
  linkedin_message: 'linkedin',
  call: 'call',
  task: null,
};

/** The way a fact went, as reports name it. */
export function channelOf(fact: Fact): ReportChannel | null {
  return channelFamily(fact.channel);
}

/** An answer or a booking may name LinkedIn as a whole. */
export function channelFamily(channel: string | null): ReportChannel | null {
  if (channel === null) return null;
  return isChannel(channel) ? families[channel] : (reportChannels.find((known) => known === channel) ?? null);
}

/** Something reached out to the person: accepted by the server, dialled, done on LinkedIn. */
export function isAttempt(fact: Fact): boolean {
  return outcomeFor(fact)?.isAttempt ?? false;
}

/** The person was there: a live conversation, an accepted invitation. Mail is judged by time instead (funnel.ts). */
export function isContact(fact: Fact): boolean {
  return outcomeFor(fact)?.isContact ?? false;
}

export function isMail(fact: Fact): boolean {
  return isAttempt(fact) && fact.channel === 'email';
}

export function isHardBounce(fact: Fact): boolean {
  return isMail(fact) && fact.result === 'bounced';
}

export function isMailSent(fact: Fact): boolean {
  return isMail(fact) && !isHardBounce(fact);
}

export function isInvitation(fact: Fact): boolean {
  return isAttempt(fact) && fact.channel === 'linkedin_invite';
}

export function isInvitationAccepted(fact: Fact): boolean {
  return isInvitation(fact) && fact.result === 'accepted';
}

export function isDial(fact: Fact): boolean {
  return isAttempt(fact) && fact.channel === 'call';
}

/** Somebody picked up, be it the wrong person. */
export function isConnect(fact: Fact): boolean {
  return isDial(fact) && (isConversation(fact) || fact.result === 'wrong_number');
}

export function isConversation(fact: Fact): boolean {
  return fact.channel === 'call' && (outcomeFor(fact)?.isConversation ?? false);
}

function outcomeFor(fact: Fact): ReturnType<typeof outcomeOf> {
  if (fact.kind !== 'touch' || fact.channel === null || fact.result === null) return null;
  return isChannel(fact.channel) ? outcomeOf(fact.channel, fact.result) : null;
}

function isChannel(name: string): name is Channel {
  return (channels as readonly string[]).includes(name);
}
