import { seededNumber } from '../../shared/seeded-number.js';

/** Messages in 24 h of a mailbox in its first, second … week (mail-and-calendar.md); then its own cap. */
export const RAMP = [10, 15, 20, 25, 30] as const;
/** Whatever a mailbox says of itself. */
export const MOST_A_DAY = 50;
/** Mails to the addresses of one company in 24 h: more looks like an attack from inside it. */
export const MOST_PER_DOMAIN = 5;

/** How fast a mailbox may go, as it stands in its row. */
export interface MailboxPace {
  id: string;
  dailyCap: number;
  /** `YYYY-MM-DD`; null: the first message starts the ramp. */
  rampStartedOn: string | null;
  gapMinSeconds: number;
  gapMaxSeconds: number;
}

/** What a mailbox has claimed already. */
export interface MailboxUse {
  /** On the local day of the client. */
  today: number;
  last24h: number;
  lastAt: Date | null;
}

/** What holds a message back for now. */
export type BudgetLimit = 'day' | 'rolling' | 'gap';

export interface Budget {
  /** Messages it may claim at this instant. */
  room: number;
  /** The strictest of the limits when there is no room. */
  limit: BudgetLimit | null;
  /** When the gap is over; null: no gap holds it. */
  nextAt: Date | null;
}

/** Messages a mailbox may send on a day: the ramp, then its own cap, never above 50. Days are `YYYY-MM-DD`. */
export function dailyAllowance(pace: Pick<MailboxPace, 'dailyCap' | 'rampStartedOn'>, dayOn: string): number {
  const started = pace.rampStartedOn ?? dayOn;
  const week = Math.max(0, Math.floor((Date.parse(dayOn) - Date.parse(started)) / (7 * 86_400_000)));
  return Math.max(0, Math.min(RAMP[week] ?? MOST_A_DAY, pace.dailyCap, MOST_A_DAY));
}

/** Seconds to wait after the message claimed at `lastAt`: random between the mailbox's bounds, the same for everybody who asks. */
export function gapAfter(pace: MailboxPace, lastAt: Date): number {
  const { gapMinSeconds: low, gapMaxSeconds: high } = pace;
  return low + seededNumber(`${pace.id}:${lastAt.getTime()}`) * Math.max(0, high - low);
}

/**
 * What a mailbox may claim now: the day, the rolling 24 h and the gap stack, the smallest wins. With a gap to keep it is
 * one message at a time.
 */
export function budgetOf(pace: MailboxPace, use: MailboxUse, dayOn: string, now: Date): Budget {
  const allowance = dailyAllowance(pace, dayOn);
  const day = allowance - use.today;
  const rolling = allowance - use.last24h;
  const room = Math.max(0, Math.min(day, rolling));
  if (room === 0) return { room, limit: day <= rolling ? 'day' : 'rolling', nextAt: null };
  if (pace.gapMaxSeconds <= 0) return { room, limit: null, nextAt: null };
  const nextAt = use.lastAt && new Date(use.lastAt.getTime() + gapAfter(pace, use.lastAt) * 1000);
  if (nextAt !== null && nextAt > now) return { room: 0, limit: 'gap', nextAt };
  return { room: 1, limit: null, nextAt: null };
}

/**
 * When the company behind an address has had enough for 24 h: the instant there is room again; null while there is.
 * `use`: when it was written to in the last 24 h, the latest first.
 */
export function domainFullUntil(use: readonly Date[]): Date | null {
  const oldest = use[MOST_PER_DOMAIN - 1];
  return oldest === undefined ? null : new Date(oldest.getTime() + 86_401_000);
}

/** Room left under a cap of 24 h; null: no cap. */
export function roomUnder(cap: number | null, last24h: number): number {
  return cap === null ? Number.POSITIVE_INFINITY : Math.max(0, cap - last24h);
}
