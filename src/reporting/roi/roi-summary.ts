import type { CostReport } from '../cost/cost-report.js';
import type { FunnelReport } from '../report-answer.js';

/** What page, CSV, XLSX and PDF tell of a client's return on investment: one source, so the figures agree. */
export interface RoiSummary {
  cost: CostReport;
  /** Cohort of the period; null for a reader who is shown no funnel. */
  funnel: FunnelReport | null;
  /** The same people, or what happened in the period, by channel, sequence, SDR and ICP; none for such a reader. */
  breakdowns: readonly FunnelReport[];
}

/** A text of the reader's language by its key. */
export type Words = (key: string, params?: Record<string, string | number>) => string;
