import { htmlParagraphs } from '../../sequences/writing/message-html.js';
import type { Message } from '../../sequences/writing/message.js';
import type { RenderedPiece } from '../../sequences/writing/render-template.js';
import type { Step } from '../../sequences/sequence.entity.js';
import { stepLimits } from '../../sequences/writing/step-check.js';
import type { Page } from '../rendering/page.js';

/** A message as `{{> sequences/_letter}}` draws it: pieces of text, filled fields and holes. */
export interface LetterView {
  subject: RenderedPiece[] | null;
  body: RenderedPiece[];
  isEmpty: boolean;
  isMail: boolean;
  /** The sentence on what is missing; null when the message is whole. */
  problem: string | null;
  /** The body of a mail as its HTML part holds it, and as text; null for other channels, or while something is missing. */
  html: string | null;
  plain: string | null;
}

export function letterView(page: Page, message: Message, channel?: Step['channel']): LetterView {
  const { subject, body, missing } = message;
  const mail = channel === 'email' ? body.text : null;
  return {
    subject: subject?.pieces ?? null,
    body: body.pieces,
    isEmpty: body.pieces.every((piece) => piece.text.trim() === '' && !piece.isMissing),
    isMail: channel === 'email',
    html: mail === null ? null : htmlParagraphs(mail),
    plain: mail,
    problem:
      missing.length > 0
        ? page.t('sequences.missing', { n: missing.length, fields: missing.join(', ') })
        : isTooLong(body.text, channel)
          ? page.t('governance.preview.inviteOver', {
              n: body.text!.length,
              most: stepLimits.inviteCharacters,
            })
          : null,
  };
}

/** An invitation may fit as a template and not once a long name is filled in. */
function isTooLong(text: string | null, channel: Step['channel'] | undefined): boolean {
  return channel === 'linkedin_invite' && (text?.length ?? 0) > stepLimits.inviteCharacters;
}

/** A step with its messages as one person would read them. */
export interface StepLetters {
  stepId: string;
  label: string;
  day: string;
  icon: string;
  channel: string;
  letters: (LetterView & { variant: string | null })[];
}

/** `messages` are the rendered variants of all steps, in order. */
export function stepLetters(
  page: Page,
  steps: readonly Pick<Step, 'id' | 'day' | 'channel' | 'variants'>[],
  messages: readonly Message[],
): StepLetters[] {
  let next = 0;
  return steps.map((step, index) => ({
    stepId: step.id,
    label: page.t('sequences.editor.step', { n: index + 1 }),
    day: dayText(page, step.day),
    icon: channelIcon(step.channel),
    channel: page.t(`outreach.channels.${step.channel}`),
    letters: step.variants.map((_, place) => ({
      ...letterView(page, messages[next++]!, step.channel),
      variant: step.variants.length > 1 ? variantName(page, place) : null,
    })),
  }));
}

/** All texts of some steps, as the renderer takes them. */
export function textsOf(
  steps: readonly Pick<Step, 'channel' | 'variants'>[],
): { subject?: string; body: string }[] {
  return steps.flatMap(({ channel, variants }) =>
    variants.map(({ subject, body }) => (channel === 'email' ? { subject: subject ?? '', body } : { body })),
  );
}

export const letterOf = (place: number): string => String.fromCharCode(65 + place);

export function variantName(page: Page, place: number): string {
  return page.t('sequences.variant', { letter: letterOf(place) });
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
