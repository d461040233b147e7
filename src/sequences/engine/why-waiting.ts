import type { BudgetLimit } from '../../outreach/mailboxes/send-budget.js';
import type { OutgoingState } from '../../outreach/outgoing/outgoing-state.js';
import { isVersionHold } from '../approval/version-hold.js';

/** Everything that may keep one enrolment's next step from being done, as it stands now. */
export interface Waiting {
  state: 'active' | 'paused';
  /** Of the pause, or why the engine put the mail off. */
  reason: string | null;
  pausedUntil: Date | null;
  waitReason: string | null;
  channel: string | null;
  dueAt: Date | null;
  isClientOff: boolean;
  /** Of the sequence, for this enrolment. */
  isRunning: boolean;
  /** Waits for the launch, since it is no part of the test segment. */
  isBehindTest: boolean;
  isGuardStop: boolean;
  /** The sequence's own daily limit, when it is used up. */
  fullAt: number | null;
  /** Its mail under way, if there is one. */
  mail: OutgoingState | null;
  /** The mailboxes it may go from: its thread's own, or all of the client's. */
  mailboxes: readonly {
    state: 'active' | 'paused';
    pausedReason: string | null;
    limit: BudgetLimit | null;
    nextAt: Date | null;
  }[];
  /** The channels of steps ahead that proved useless for the person. */
  passedOver?: PassedOver[];
  now: Date;
}

/** A channel that does not reach the person, as people name it. */
export type PassedOver = 'email' | 'linkedin' | 'call';

/** One line: a key of the texts, and the instant it speaks of. */
export interface WhyWaiting {
  key: string;
  at: Date | null;
  /** Mails, where the line speaks of a limit. */
  n?: number;
  /** Steps ahead that will be passed over, whatever else it waits for. */
  passedOver?: PassedOver[];
}

const why = (key: string, at: Date | null = null): WhyWaiting => ({ key, at });

/** Why is this not going out? The strongest reason, in the order a person would clear them away, and what is passed over. */
export function whyWaiting({ passedOver = [], ...waiting }: Waiting): WhyWaiting {
  const strongest = strongestOf(waiting);
  return passedOver.length === 0 ? strongest : { ...strongest, passedOver };
}

function strongestOf(waiting: Waiting): WhyWaiting {
  return (
    underWay(waiting) ??
    held(waiting) ??
    stopped(waiting) ??
    paused(waiting) ??
    (waiting.channel === 'email' ? forMail(waiting) : null) ??
    byDate(waiting)
  );
}

function underWay({ mail }: Waiting): WhyWaiting | null {
  if (mail === 'uncertain') return why('uncertain');
  return mail === 'claimed' || mail === 'sending' ? why('underWay') : null;
}

/** Launching or resuming the sequence would not let it go: another version has to be approved, and taken over to. */
function held({ state, reason }: Waiting): WhyWaiting | null {
  if (state !== 'paused' || !isVersionHold(reason)) return null;
  return why(reason === 'no_go' ? 'heldByNoGo' : 'heldUnapproved');
}

function stopped({ isClientOff, isRunning, isBehindTest, isGuardStop }: Waiting): WhyWaiting | null {
  if (isClientOff) return why('clientOff');
  if (isBehindTest) return why('behindTest');
  if (isRunning) return null;
  return why(isGuardStop ? 'guardStop' : 'notRunning');
}

function paused({ state, reason, pausedUntil, now }: Waiting): WhyWaiting | null {
  if (state !== 'paused') return null;
  if (pausedUntil === null) return why(reason === 'colleague_replied' ? 'colleagueReplied' : 'paused');
  if (pausedUntil <= now) return null;
  return why(reason === 'out_of_office' ? 'outOfOffice' : 'pausedUntil', pausedUntil);
}

const putOff: Readonly<Record<string, string>> = {
  window: 'window',
  courtesy: 'courtesy',
  missing_field: 'missingField',
  not_approved: 'notApproved',
  domain_full: 'domainFull',
  soft_bounce: 'softBounce',
};

function forMail({ waitReason, dueAt, mailboxes, fullAt, now }: Waiting): WhyWaiting | null {
  if (mailboxes.length === 0) return dueAt && dueAt <= now ? why('noMailbox', dueAt) : null;
  const open = mailboxes.filter(({ state }) => state === 'active');
  if (open.length === 0) return why(`mailbox.${mailboxes[0]!.pausedReason ?? 'byHand'}`);
  if (waitReason && dueAt && dueAt > now) return why(putOff[waitReason] ?? 'later', dueAt);
  if (!dueAt || dueAt > now) return null;
  if (fullAt !== null) return { ...why('sequenceFull'), n: fullAt };
  if (open.some(({ limit }) => limit === null)) return why('next');
  const gaps = open.filter(({ limit }) => limit === 'gap').map(({ nextAt }) => nextAt!);
  if (gaps.length > 0)
    return why(
      'gap',
      gaps.reduce((first, one) => (one < first ? one : first)),
    );
  return why(open[0]!.limit === 'day' ? 'dayFull' : 'rollingFull');
}

function byDate({ dueAt, channel, now }: Waiting): WhyWaiting {
  if (dueAt === null) return why('undated');
  if (dueAt > now) return why('later', dueAt);
  return why(channel === 'email' ? 'due' : 'task', dueAt);
}
