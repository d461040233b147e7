/**
 * One contact with the prospect: a `touch` we made, an `answer` that came in, or an `exchange` that is both (a call that
 * was taken). Ids are null where nobody or no sequence stands behind it.
 */
export interface AttributionTouch {
  id: string;
  at: Date;
  channel: string;
  kind: 'touch' | 'answer' | 'exchange';
  sdrId: string | null;
  sequenceId: string | null;
  stepId: string | null;
}

/** Who and what earned a meeting, frozen at booking. */
export interface Attribution {
  firstTouchId: string;
  lastTouchId: string;
  channel: string;
  /** The other channels that touched the prospect in the window. */
  assistedBy: readonly string[];
  sdrId: string | null;
  sequenceId: string | null;
  stepId: string | null;
}

export const attributionDays = 90;

/**
 * What earned a meeting: channel, SDR, sequence and step of the last answer before the booking, or of the last touch
 * when no answer is known (reporting.md §2); the other channels assisted. An answer that names no SDR, sequence or step
 * takes those of the touch it answers, the last one on its channel. Only contacts of the `days` before
 * `bookedAt` count, both ends included. None means unattributed (null): whoever typed the booking in gets no credit.
 */
export function attribute(
  touches: readonly AttributionTouch[],
  bookedAt: Date,
  days = attributionDays,
): Attribution | null {
  const earliest = bookedAt.getTime() - days * 86_400_000;
  const counted = touches
    .filter((touch) => touch.at.getTime() >= earliest && touch.at <= bookedAt)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1));
  const made = counted.filter((touch) => touch.kind !== 'answer');
  const lead = counted.findLast((touch) => touch.kind !== 'touch') ?? made.at(-1);
  if (!lead) return null;
  const asked = made.findLast((touch) => touch.at <= lead.at && touch.channel === lead.channel);
  return {
    firstTouchId: (made[0] ?? lead).id,
    lastTouchId: (made.at(-1) ?? lead).id,
    channel: lead.channel,
    assistedBy: [...new Set(counted.map((touch) => touch.channel))].filter((one) => one !== lead.channel),
    sdrId: lead.sdrId ?? asked?.sdrId ?? null,
    sequenceId: lead.sequenceId ?? asked?.sequenceId ?? null,
    stepId: lead.stepId ?? asked?.stepId ?? null,
  };
}
