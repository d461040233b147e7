import { figuresOf } from '../figures.js';
import { type Stage, stages } from './funnel.js';
import type { ReportRate, Told } from '../report-answer.js';

/** The rate that stands beside a stage of the funnel, and the stage it is a share of. */
const STAGE_RATES: Partial<Record<Stage, string>> = {
  contacted: 'contacted',
  replied: 'reply',
  interested: 'interested',
  booked: 'booking',
  held: 'held_of_booked',
  qualified: 'qualified_of_held',
};

/** Said by the client: shown once there are any. */
const DECLARED: readonly Stage[] = ['opportunity', 'won'];

export interface FunnelStage {
  stage: Stage;
  count: number;
  /** Share of the stage it follows from; null where none is told. */
  rate: ReportRate | null;
}

/** The stages of a cohort as every page and every file tells them. */
export function funnelStages({ counts, rates }: Told): FunnelStage[] {
  return stages
    .filter((stage) => stage in figuresOf.cohort)
    .map((stage) => ({ stage, count: counts[stage] ?? 0, rate: rates[STAGE_RATES[stage] ?? ''] ?? null }))
    .filter(({ stage, count }) => count > 0 || !DECLARED.includes(stage));
}
