import { SOFT_BACK_OFF } from '../outgoing/soft-bounces.js';

/** The ways we reach a prospect. LinkedIn and calls are always a person's own gesture. */
export const channels = ['email', 'linkedin_invite', 'linkedin_message', 'call', 'task'] as const;
export type Channel = (typeof channels)[number];

/** How one gesture ended. */
export interface Outcome {
  key: string;
  /** The letter that records it in Today; unique within its channel, never a navigation key. */
  letter: string;
  /** The step is over; otherwise it is tried again. */
  isTerminal: boolean;
  /** A live exchange with the person. */
  isConversation: boolean;
  /** Something reached out to the person (the funnel's "attempted"); a skip did not. */
  isAttempt: boolean;
  /** The person was reached (the funnel's "contacted"): a live conversation, an accepted invitation. */
  isContact: boolean;
  /** Business days before the next try, when the step is not over. */
  retryInDays: number | null;
  /** The status the prospect takes, when the outcome alone says so. */
  status: 'replied' | 'invalid' | 'do_not_contact' | null;
  /** The person does not want to be contacted any more: everything stops, and their keys go on the client's list. */
  isOptOut: boolean;
  /** The channel proved useless for this person: later steps on it are passed over. */
  closesChannel: boolean;
  /** Hours before the next try, by the number of the try, where the wait is shorter than days. */
  retryInHours?: readonly number[];
}

/** A step is tried this many times at most; then the sequence goes on. */
export const mostAttempts = 3;

const done = {
  isTerminal: true,
  isConversation: false,
  isAttempt: true,
  isContact: false,
  retryInDays: null,
  status: null,
  isOptOut: false,
  closesChannel: false,
} as const;

const spoken = { isConversation: true, isContact: true } as const;

const skipped: Outcome = { ...done, key: 'skipped', letter: 'x', isAttempt: false };

export const outcomes: Readonly<Record<Channel, readonly Outcome[]>> = {
  email: [
    { ...done, key: 'sent', letter: 's' },
    { ...done, key: 'bounced', letter: 'e', status: 'invalid', closesChannel: true },
    skipped,
  ],
  linkedin_invite: [
    { ...done, key: 'sent', letter: 's' },
    { ...done, key: 'accepted', letter: 'a', isContact: true },
    { ...done, key: 'not_found', letter: 'f', isAttempt: false, closesChannel: true },
    skipped,
  ],
  linkedin_message: [
    { ...done, key: 'sent', letter: 's' },
    { ...done, key: 'not_connected', letter: 'n', isTerminal: false, isAttempt: false, retryInDays: 3 },
    skipped,
  ],
  call: [
    { ...done, key: 'no_answer', letter: 'n', isTerminal: false, retryInDays: 1 },
    { ...done, key: 'voicemail', letter: 'v', isTerminal: false, retryInDays: 2 },
    { ...done, ...spoken, key: 'conversation', letter: 'c', status: 'replied' },
    { ...done, ...spoken, key: 'opted_out', letter: 'd', status: 'do_not_contact', isOptOut: true },
    { ...done, key: 'wrong_number', letter: 'w', closesChannel: true },
    skipped,
  ],
  task: [{ ...done, key: 'done', letter: 'd' }, skipped],
};

/**
 * What the engine writes of a mail on its way, and nobody picks by hand: under way, put off by the server, found not to
 * have left.
 */
const engineOutcomes: readonly Outcome[] = [
  { ...done, key: 'sending', letter: '', isAttempt: false },
  { ...done, key: 'deferred', letter: '', isTerminal: false, isAttempt: false, retryInHours: SOFT_BACK_OFF },
  { ...done, key: 'not_sent', letter: '', isTerminal: false, isAttempt: false, retryInHours: [0, 0, 0] },
];

/** The outcome of that name a person may pick on that channel, or null when the channel knows none. */
export function pickedOutcome(channel: Channel, key: string): Outcome | null {
  return outcomes[channel].find((outcome) => outcome.key === key) ?? null;
}

/** The outcome of that name on that channel, those of the engine included. */
export function outcomeOf(channel: Channel, key: string): Outcome | null {
  const byEngine = channel === 'email' ? engineOutcomes.find((outcome) => outcome.key === key) : undefined;
  return pickedOutcome(channel, key) ?? byEngine ?? null;
}

/** When a step that is not over may be tried again, in hours after its n-th try (from 1); null: counted in days. */
export function retryHours(outcome: Outcome, attempt: number): number | null {
  return outcome.retryInHours?.[attempt - 1] ?? outcome.retryInHours?.at(-1) ?? null;
}

/** Does this outcome, at its n-th try (from 1), end the step? */
export function endsStep(outcome: Outcome, attempt: number): boolean {
  return outcome.isTerminal || attempt >= mostAttempts;
}
