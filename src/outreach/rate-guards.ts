/**
 * Rates that stop a sequence or a mailbox before it burns the list (reporting.md §4): over seven rolling days, once
 * enough was delivered for a rate to mean something.
 */
export const guardMetrics = ['hard_bounce', 'complaint', 'unsubscribe'] as const;
export type GuardMetric = (typeof guardMetrics)[number];

export const GUARD_DAYS = 7;

/** Shares of what was delivered. */
export const guardThresholds: Readonly<Record<GuardMetric, { warn: number; stop: number }>> = {
  hard_bounce: { warn: 0.02, stop: 0.05 },
  complaint: { warn: 0.001, stop: 0.003 },
  unsubscribe: { warn: 0.01, stop: 0.02 },
};

/** How much must have been delivered, and how often it must have happened, before a rate counts. */
export interface GuardBase {
  delivered: number;
  events: number;
}
export const usualBase: GuardBase = { delivered: 200, events: 1 };
/** A test segment is small, and there to find out: it is judged sooner, but never by one or two. */
export const testBase: GuardBase = { delivered: 50, events: 3 };

/** What happened in the window. `delivered`: taken by the servers. */
export interface GuardCounts extends Record<GuardMetric, number> {
  delivered: number;
}

export type GuardLevel = 'ok' | 'warn' | 'stop' | 'too_few';

export interface GuardReading {
  metric: GuardMetric;
  events: number;
  delivered: number;
  /** 0–1; null when nothing was delivered. */
  rate: number | null;
  level: GuardLevel;
}

/** The reading a guard stopped something for, as it is kept and shown. */
export interface GuardStop {
  metric: GuardMetric;
  events: number;
  delivered: number;
  at: string;
}

/** Each rate against its thresholds. A rate that reaches a threshold has crossed it. */
export function readGuards(counts: GuardCounts, base: GuardBase = usualBase): GuardReading[] {
  return guardMetrics.map((metric) => {
    const { delivered, [metric]: events } = counts;
    const rate = delivered > 0 ? events / delivered : null;
    return { metric, events, delivered, rate, level: levelOf(metric, events, delivered, base) };
  });
}

function levelOf(metric: GuardMetric, events: number, delivered: number, base: GuardBase): GuardLevel {
  if (delivered < base.delivered || (events > 0 && events < base.events)) return 'too_few';
  const { warn, stop } = guardThresholds[metric];
  // Multiplied, not divided: 6 of 300 is 2 % to the last digit.
  if (events >= stop * delivered - 1e-9 && events > 0) return 'stop';
  return events >= warn * delivered - 1e-9 && events > 0 ? 'warn' : 'ok';
}

/** The worst reading that must stop it, or null. */
export function stopOf(readings: readonly GuardReading[]): GuardReading | null {
  return readings.find((reading) => reading.level === 'stop') ?? null;
}
