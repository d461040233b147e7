import type { AttributionTouch } from './attribution.js';

/** A fact of kind `touch` or `reply`, as far as attribution reads it. */
export interface ContactFact {
  id: string;
  at: Date;
  kind: string;
  channel: string | null;
  result: string | null;
  userId: string | null;
  aboutId: string | null;
  details: Record<string, unknown> | null;
}

/** Reached out to nobody: not done, or never arrived. */
const undone = new Set([
  'skipped',
  'not_found',
  'not_connected',
  'failed',
  'blocked',
  'cancelled',
  'bounced',
  'wrong_number',
]);

/** The person was there, or wrote back. */
const answered = new Set([
  'conversation',
  'replied',
  'interested',
  'later',
  'callback',
  'referral',
  'objection',
  'not_interested',
  'meeting_booked',
]);

/** The contacts that may have earned a meeting; a touch without a channel (a note, a task at the desk) earned nothing. */
export function contactsFrom(facts: readonly ContactFact[]): AttributionTouch[] {
  return facts.flatMap((fact) => {
    const { channel, result } = fact;
    if (channel === null || channel === 'task' || undone.has(result ?? '')) return [];
    const isAnswer = answered.has(result ?? '');
    return {
      id: fact.aboutId ?? fact.id,
      at: fact.at,
      channel,
      kind: fact.kind === 'reply' ? 'answer' : isAnswer ? 'exchange' : 'touch',
      sdrId: fact.userId,
      sequenceId: textIn(fact.details, 'sequenceId'),
      stepId: textIn(fact.details, 'stepId'),
    };
  });
}

function textIn(details: Record<string, unknown> | null, name: string): string | null {
  const value = details?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
