import type { MergeSource, MessageContext } from './merge-values.js';
import { mergeValuesOf } from './merge-values.js';
import { htmlMessage, plainMessage } from './message-html.js';
import { type ReadMessage, renderMessage } from './message.js';

/** A mail as it goes out, or the fields without which it does not. */
export type WrittenMail =
  | { isComplete: true; subject: string; text: string; html: string }
  | { isComplete: false; missing: string[] };

/** Fills the approved text for one person, in both its faces, with the way out in the body. */
export function writeMail(
  message: ReadMessage,
  person: MergeSource,
  context: MessageContext & { senderName: string },
  optOutUrl: string,
): WrittenMail {
  const { subject, body, missing } = renderMessage(message, mergeValuesOf(person, context));
  if (missing.length > 0 || body.text === null) return { isComplete: false, missing };
  const finished = { body: body.text, locale: context.locale, optOutUrl };
  return {
    isComplete: true,
    subject: subject?.text ?? '',
    text: plainMessage(finished),
    html: htmlMessage(finished),
  };
}
