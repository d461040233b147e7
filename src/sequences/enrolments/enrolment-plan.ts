import { usableChannels, type ContactPoints } from '../../outreach/touches/usable-channels.js';
import { type ProspectStatus, enrolmentStopFor } from '../../prospects/status/status.js';
import type { WorkPlace } from '../../shared/business-days.js';
import { isZone } from '../../shared/time-zone.js';
import { nextStep, type EnrolmentState, type NextStep, type StepTouch } from '../engine/next-step.js';
import { jitterOf } from '../engine/send-window.js';
import type { SequenceState } from '../sequence-states.js';

/** All that decides an enrolment's next step, as it stands in the database at one moment. */
export interface PlanSource {
  enrolment: {
    id: string;
    state: string;
    enrolledAt: Date;
    pausedUntil: Date | null;
    notBefore: Date | null;
  };
  steps: readonly { day: number; channel: StepChannel }[];
  touches: readonly StepTouch[];
  person: ContactPoints & { status: ProspectStatus; timeZone: string | null; country: string | null };
  /** Channels objected to; `all` ends the enrolment. */
  objected: 'all' | readonly string[];
  /** Channels a touch proved useless. */
  closedChannels: readonly StepChannel[];
  sequenceState: SequenceState;
  client: { isActive: boolean; timeZone: string; country: string };
}

type StepChannel = Parameters<typeof nextStep>[1][number]['channel'];

/** Reads a database moment into the pure question "what next?". */
export function planEnrolment(source: PlanSource, now: Date): NextStep {
  const { enrolment, person, client, objected } = source;
  const stop = enrolmentStopFor(person.status);
  const state: EnrolmentState = {
    state: enrolment.state === 'paused' ? 'paused' : 'active',
    startedAt: enrolment.enrolledAt,
    pausedUntil: enrolment.pausedUntil,
  };
  const steps = source.steps.map(({ day, channel }, index) => ({ position: index + 1, day, channel }));
  return nextStep(
    state,
    steps,
    {
      touches: source.touches,
      hasReplied: stop === 'replied',
      hasMeeting: stop === 'meeting',
      isOptedOut: stop === 'opted_out' || objected === 'all',
      hasBounced: stop === 'bounced',
      isRemoved: stop === 'removed',
      isClientActive: client.isActive,
      sequenceState: source.sequenceState,
      usableChannels: usableChannels(person, objected),
      closedChannels: source.closedChannels,
      place: placeOf(person, client),
      notBefore: enrolment.notBefore,
      jitterMs: jitterOf(`${enrolment.id}:${source.touches.length}`),
    },
    now,
  );
}

/** The prospect's own clock and holidays when they are known, else the client's. */
export function placeOf(
  person: { timeZone: string | null; country: string | null },
  client: { timeZone: string; country: string },
): WorkPlace {
  const zone = person.timeZone && isZone(person.timeZone) ? person.timeZone : client.timeZone;
  return { zone, country: person.country ?? client.country };
}
