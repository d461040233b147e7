import type { Cents } from '../../shared/money.js';

/** A cell by what it is, so that each format can write it its own way; null = n/a. */
export type RoiCell =
  | { kind: 'text'; text: string }
  | { kind: 'money'; cents: Cents | null }
  /** Exact decimal text, or a whole number. */
  | { kind: 'count'; count: string | number | null }
  /** Share 0–1. */
  | { kind: 'rate'; rate: number | null }
  /** A day `YYYY-MM-DD`; null = nothing to say. */
  | { kind: 'day'; on: string | null };

export interface RoiSection {
  key: string;
  title: string;
  note: string | null;
  /** Heads of the cells; the first column is the item's name. */
  columns: string[];
  rows: { item: string; cells: RoiCell[]; isTotal?: boolean }[];
  /** Too wide for paper: for the files of figures alone. */
  isWide?: boolean;
}
