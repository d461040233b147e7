import type { Period } from '../shared/period.js';
import type { EngagementWindow } from './facts/engagement-window.js';

/** People first attempted in a period and what became of them, or what happened in a period: never mixed. */
export const views = ['cohort', 'period'] as const;
export type View = (typeof views)[number];

export const breakdowns = ['channel', 'sequence', 'sdr', 'icp'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** What a report is asked for, with all that decides which rows count. */
export interface ReportScope {
  clientId: string;
  view: View;
  period: Period;
  windows: readonly EngagementWindow[];
  now: Date;
}

/** A part of a report: the people, touches and meetings of one channel, sequence, SDR or ICP. */
export interface Line {
  by: Breakdown;
  /** Null: those of none. */
  id: string | null;
}
