import { type Rate, rateOf } from '../../shared/rates.js';

/**
 * People of a sequence, or of one step or variant of it, each counted once. `attempted` holds everybody a step reached
 * out to; mail to an address that bounced was not delivered; a call or a LinkedIn gesture counts as delivered.
 */
export interface ReachFigures {
  attempted: number;
  delivered: number;
  bounced: number;
  replied: number;
  interested: number;
  booked: number;
  optedOut: number;
}

/** Figures of a test as they stood at one moment. */
export interface TestFigures extends ReachFigures {
  enrolled: number;
  /** Whose steps are over, or stopped by an answer. */
  finished: number;
}

export const NOBODY: ReachFigures = {
  attempted: 0,
  delivered: 0,
  bounced: 0,
  replied: 0,
  interested: 0,
  booked: 0,
  optedOut: 0,
};

/** The rates of reporting.md §2 these counts allow: bounces among the people attempted, the rest among those delivered. */
export function ratesOf(figures: ReachFigures): Record<'bounced' | ReplyFigure, Rate> {
  const { attempted, delivered } = figures;
  return {
    bounced: rateOf(figures.bounced, attempted),
    replied: rateOf(figures.replied, delivered),
    interested: rateOf(figures.interested, delivered),
    booked: rateOf(figures.booked, delivered),
    optedOut: rateOf(figures.optedOut, delivered),
  };
}

export type ReplyFigure = 'replied' | 'interested' | 'booked' | 'optedOut';
