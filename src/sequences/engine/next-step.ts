import {
  endsStep,
  outcomeOf,
  retryHours,
  type Channel,
  type Outcome,
} from '../../outreach/touches/outcomes.js';
import { addBusinessDaysAt, type WorkPlace } from '../../shared/business-days.js';
import { nextOpening } from './send-window.js';
import { isRunning, type SequenceState } from '../sequence-states.js';

/** A step of the enrolment's own version. `position` counts from 1; `day` is its business-day offset from the start. */
export interface PlannedStep {
  position: number;
  day: number;
  channel: Channel;
}

/** A step's try that was made: the touch, read back. */
export interface StepTouch {
  position: number;
  attempt: number;
  at: Date;
  outcome: string;
}

export interface EnrolmentState {
  state: 'active' | 'paused';
  startedAt: Date;
  /** Set with `paused`: the instant it resumes by itself; null waits for a person. */
  pausedUntil: Date | null;
}

/** Everything that may stop or delay an enrolment, read at the moment of asking. */
export interface EnrolmentSurroundings {
  touches: readonly StepTouch[];
  hasReplied: boolean;
  hasMeeting: boolean;
  isOptedOut: boolean;
  hasBounced: boolean;
  /** Taken out by a person, or moved to a status that ends outreach. */
  isRemoved: boolean;
  isClientActive: boolean;
  sequenceState: SequenceState;
  usableChannels: readonly Channel[];
  /** Those that proved useless for the person, whatever their row says. */
  closedChannels: readonly Channel[];
  place: WorkPlace;
  /** The next step is put off to this instant at least. */
  notBefore?: Date | null;
  /** How long after the opening a mail goes out that missed its slot, so that not all go at 08:30. */
  jitterMs?: number;
}

export type FinishReason =
  'replied' | 'meeting' | 'completed' | 'opted_out' | 'bounced' | 'removed' | 'failed';
export type WaitReason = 'client_off' | 'sequence_not_running' | 'paused' | 'not_yet';

export type NextStep =
  | { kind: 'due'; step: PlannedStep; attempt: number; at: Date }
  | { kind: 'wait'; reason: WaitReason; step: PlannedStep | null; attempt: number; at: Date | null }
  | { kind: 'finish'; reason: FinishReason };

/**
 * What to do next for one enrolment. Stops come first, then the end of the steps, then what holds it, then the calendar.
 * A `not_yet` tells the instant the step falls due; steps keep their distance from the last one really done.
 */
export function nextStep(
  enrolment: EnrolmentState,
  steps: readonly PlannedStep[],
  facts: EnrolmentSurroundings,
  now: Date,
): NextStep {
  const stop = stopReason(facts);
  if (stop) return { kind: 'finish', reason: stop };
  const planned = planNext(enrolment, steps, facts);
  if (!planned) return { kind: 'finish', reason: facts.touches.length > 0 ? 'completed' : 'failed' };
  const hold = holdReason(enrolment, facts, now);
  if (hold) return { kind: 'wait', reason: hold, ...planned };
  if (planned.at > now) return { kind: 'wait', reason: 'not_yet', ...planned };
  return { kind: 'due', ...planned };
}

function stopReason(facts: EnrolmentSurroundings): FinishReason | null {
  if (facts.isOptedOut) return 'opted_out';
  if (facts.hasMeeting) return 'meeting';
  if (facts.hasReplied) return 'replied';
  if (facts.hasBounced) return 'bounced';
  return facts.isRemoved ? 'removed' : null;
}

function holdReason(enrolment: EnrolmentState, facts: EnrolmentSurroundings, now: Date): WaitReason | null {
  if (!facts.isClientActive) return 'client_off';
  if (!isRunning(facts.sequenceState)) return 'sequence_not_running';
  const isPaused = enrolment.state === 'paused' && (!enrolment.pausedUntil || enrolment.pausedUntil > now);
  return isPaused ? 'paused' : null;
}

/** The step to do and when it opens; null when none is left that can reach the person. */
function planNext(
  enrolment: EnrolmentState,
  steps: readonly PlannedStep[],
  facts: EnrolmentSurroundings,
): { step: PlannedStep; attempt: number; at: Date } | null {
  const inOrder = [...steps].sort((one, other) => one.position - other.position);
  const last = lastTouch(facts.touches);
  const lastStep = last ? inOrder.find((step) => step.position === last.position) : undefined;
  const isOpen = (step: PlannedStep): boolean =>
    step.channel === 'task' ||
    (facts.usableChannels.includes(step.channel) && !facts.closedChannels.includes(step.channel));

  if (last && lastStep && isOpen(lastStep)) {
    const outcome = outcomeOf(lastStep.channel, last.outcome);
    if (outcome && !endsStep(outcome, last.attempt)) {
      const at = retryAt(last, outcome, facts.place);
      return { step: lastStep, attempt: last.attempt + 1, at: slotFrom(at, lastStep.channel, facts) };
    }
  }
  const next = inOrder.find((step) => isOpen(step) && (!last || step.position > last.position));
  if (!next) return null;
  const from = last ? last.at : enrolment.startedAt;
  const gap = Math.max(0, next.day - (last ? (lastStep?.day ?? next.day) : 0));
  return {
    step: next,
    attempt: 1,
    at: slotFrom(addBusinessDaysAt(from, gap, facts.place), next.channel, facts),
  };
}

function retryAt(last: StepTouch, outcome: Outcome, place: WorkPlace): Date {
  const hours = retryHours(outcome, last.attempt);
  return hours === null
    ? addBusinessDaysAt(last.at, outcome.retryInDays ?? 1, place)
    : new Date(last.at.getTime() + hours * 3_600_000);
}

/** The first slot from an instant on that nothing puts off; a mail that missed its own goes some way after the opening. */
function slotFrom(at: Date, channel: Channel, facts: EnrolmentSurroundings): Date {
  const from = facts.notBefore && facts.notBefore > at ? facts.notBefore : at;
  const opening = nextOpening(from, facts.place);
  const isMissed = channel === 'email' && opening > from;
  return isMissed ? new Date(opening.getTime() + (facts.jitterMs ?? 0)) : opening;
}

function lastTouch(touches: readonly StepTouch[]): StepTouch | null {
  const rank = (touch: StepTouch): number => touch.position * 1000 + touch.attempt;
  return touches.reduce<StepTouch | null>(
    (last, touch) => (last && rank(last) > rank(touch) ? last : touch),
    null,
  );
}
