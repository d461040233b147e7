/**
 * Rates that stop a sequence or a mailbox before it burns the list (reporting.md §4): over seven rolling days, once
 * enough was delivered for a rate to mean something.
 */
export const guardMetrics = ['hard_bounce', 'complaint', 'unsubscribe'] as const;
export type GuardMetric = (typeof guardMetrics)[number];

export const GUARD_DAYS = 7;

/** Of a hard bounce: shares of the mails tried; of the others: of those delivered. */
export const guardThresholds: Readonly<Record<GuardMetric, { warn: number; stop: number }>> = {
  hard_bounce: { warn: 0.02, stop: 0.05 },
  complaint: { warn: 0.001, stop: 0.003 },
  unsubscribe: { warn: 0.01, stop: 0.02 },
};

/** Of how many mails it must be a share, and how often it must have happened, before a rate counts. */
export interface GuardBase {
  mails: number;
  events: number;
}
export const usualBase: GuardBase = { mails: 200, events: 1 };
/** A test segment is small, and there to find out: it is judged sooner, but never by one or two. */
export const testBase: GuardBase = { mails: 50, events: 3 };

/** What happened in the window. `attempted`: mails that reached a server's judgement; `delivered`: less those that bounced. */
export interface GuardCounts extends Record<GuardMetric, number> {
  attempted: number;
  delivered: number;
}

export type GuardLevel = 'ok' | 'warn' | 'stop' | 'too_few';

export interface GuardReading {
  metric: GuardMetric;
  events: number;
  /** Mails the events are a share of. */
  of: number;
  /** 0–1; null when there are none. */
  rate: number | null;
  level: GuardLevel;
}

/** The reading a guard stopped something for, as it is kept and shown. */
export interface GuardStop {
  metric: GuardMetric;
  events: number;
  of: number;
  at: string;
}

/** Each rate against its thresholds. A rate that reaches a threshold has crossed it. */
export function readGuards(counts: GuardCounts, base: GuardBase = usualBase): GuardReading[] {
  return guardMetrics.map((metric) => {
    const events = counts[metric];
    const of = metric === 'hard_bounce' ? counts.attempted : counts.delivered;
    const isTelling = of >= base.mails && (events === 0 || events >= base.events);
    const level = isTelling ? levelOf(metric, events, of) : 'too_few';
    return { metric, events, of, rate: of > 0 ? events / of : null, level };
  });
}

function levelOf(metric: GuardMetric, events: number, of: number): GuardLevel {
  const { warn, stop } = guardThresholds[metric];
  // Multiplied, not divided, and a hair's breadth allowed for: 10 of 200 is 5 % to the last digit.
  const reaches = (threshold: number): boolean => events > 0 && events >= threshold * of - 1e-9;
  if (reaches(stop)) return 'stop';
  return reaches(warn) ? 'warn' : 'ok';
}

/** The reading that must stop it, or null. */
export function stopOf(readings: readonly GuardReading[]): GuardReading | null {
  return readings.find((reading) => reading.level === 'stop') ?? null;
}

/** `hard_bounce 12/200`, for a column that holds words of servers too. */
export function stopNote({ metric, events, of }: Omit<GuardStop, 'at'>): string {
  return `${metric} ${events}/${of}`;
}

/** Null for other words. */
export function readStopNote(note: string): Omit<GuardStop, 'at'> | null {
  const [metric, figures = ''] = note.split(' ');
  const [events, of] = figures.split('/').map(Number);
  const known = guardMetrics.find((name) => name === metric);
  return known && Number.isInteger(events) && Number.isInteger(of)
    ? { metric: known, events: events!, of: of! }
    : null;
}
