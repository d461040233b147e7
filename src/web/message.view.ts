import type { Message } from '../sequences/message.js';
import type { RenderedPiece } from '../sequences/render-template.js';
import type { Page } from './rendering/page.js';

/** A message as `{{> sequences/_letter}}` draws it: pieces of text, filled fields and holes. */
export interface LetterView {
  subject: RenderedPiece[] | null;
  body: RenderedPiece[];
  isEmpty: boolean;
  /** The sentence on what is missing; null when the message is whole. */
  problem: string | null;
}

export function letterView(page: Page, message: Message): LetterView {
  const { subject, body, missing } = message;
  return {
    subject: subject?.pieces ?? null,
    body: body.pieces,
    isEmpty: body.pieces.every((piece) => piece.text.trim() === '' && !piece.isMissing),
    problem:
      missing.length === 0
        ? null
        : page.t('sequences.missing', { n: missing.length, fields: missing.join(', ') }),
  };
}

/** `J+3`, or the day of enrolment itself. */
export function dayText(page: Page, day: number): string {
  return day === 0 ? page.t('sequences.dayZero') : page.t('sequences.day', { day });
}

const icons = {
  email: 'mail',
  linkedin_invite: 'linkedin',
  linkedin_message: 'linkedin',
  call: 'phone',
  task: 'task',
} as const;

/** The icon of a channel. */
export function channelIcon(channel: keyof typeof icons): string {
  return icons[channel];
}
