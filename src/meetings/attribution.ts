/** One touch of the prospect, or the answer to one; ids are null where nobody or no sequence stands behind it. */
export interface AttributionTouch {
  id: string;
  at: Date;
  channel: string;
  isAnswer: boolean;
  sdrId: string | null;
  sequenceId: string | null;
  stepId: string | null;
}

/** Frozen onto a meeting at booking. All null together with `isAttributed: false` means "unattributed". */
export interface Attribution {
  isAttributed: boolean;
  firstTouch: TouchMark | null;
  lastTouch: TouchMark | null;
  channel: string | null;
  assistedBy: readonly string[];
  sdrId: string | null;
  sequenceId: string | null;
  stepId: string | null;
}

export interface TouchMark {
  id: string;
  at: string;
  channel: string;
}

export const attributionDays = 90;

const none: Attribution = {
  isAttributed: false,
  firstTouch: null,
  lastTouch: null,
  channel: null,
  assistedBy: [],
  sdrId: null,
  sequenceId: null,
  stepId: null,
};

/**
 * What earned a meeting: channel, SDR, sequence and step of the last answer before the booking, or of the last touch
 * when no answer is known (reporting.md §2); the other channels assisted. An answer that names no SDR, sequence or step
 * takes those of the touch it answers, the last one on its channel. Only touches of the `days` before
 * `bookedAt` count, both ends included. No such touch means unattributed: whoever typed the booking in gets no credit for it.
 */
export function attribute(
  touches: readonly AttributionTouch[],
  bookedAt: Date,
  days = attributionDays,
): Attribution {
  const earliest = bookedAt.getTime() - days * 86_400_000;
  const counted = touches
    .filter((touch) => touch.at.getTime() >= earliest && touch.at <= bookedAt)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1));
  const made = counted.filter((touch) => !touch.isAnswer);
  const lead = counted.findLast((touch) => touch.isAnswer) ?? made.at(-1);
  if (!lead) return none;
  const asked = made.findLast((touch) => touch.at <= lead.at && touch.channel === lead.channel);
  return {
    isAttributed: true,
    firstTouch: mark(made[0] ?? lead),
    lastTouch: mark(made.at(-1) ?? lead),
    channel: lead.channel,
    assistedBy: [...new Set(counted.map((touch) => touch.channel))].filter((one) => one !== lead.channel),
    sdrId: lead.sdrId ?? asked?.sdrId ?? null,
    sequenceId: lead.sequenceId ?? asked?.sequenceId ?? null,
    stepId: lead.stepId ?? asked?.stepId ?? null,
  };
}

function mark(touch: AttributionTouch): TouchMark {
  return { id: touch.id, at: touch.at.toISOString(), channel: touch.channel };
}
