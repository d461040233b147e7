import type { RoiSection } from './roi-section.js';

/** A summary ready to be written down in any format: words chosen, cells typed. */
export interface RoiFile {
  title: string;
  /** Period, moment, and how the amounts are meant. */
  lines: string[];
  currency: string;
  locale: string;
  /** Said where there is nothing to divide by. */
  na: string;
  heads: { section: string; item: string; measure: string; value: string; unit: string };
  /** Who is cheaper, in one sentence. */
  verdict: string;
  sections: RoiSection[];
  /** Cumulative cost drawn in plain colours. */
  chartSvg: string;
  /** What the drawing shows, its dotted line included. */
  chartNote: string;
  pageOf: (page: number, pages: number) => string;
}
