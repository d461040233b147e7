import type { MergeValues } from './merge-fields.js';
import { readTemplate, type TemplateNode } from './read-template.js';
import { renderSubject, renderTemplate, type Rendered } from './render-template.js';

/** One text as written. */
export interface MessageText {
  subject?: string | undefined;
  body: string;
}

/** A text read once, to be filled for many people. */
export interface ReadMessage {
  subject: readonly TemplateNode[] | null;
  body: readonly TemplateNode[];
}

/** The text for one person: what would go out, or the fields that keep it from going out. */
export interface Message {
  subject: Rendered | null;
  body: Rendered;
  missing: string[];
}

export function readMessage(text: MessageText): ReadMessage {
  const subject = text.subject === undefined ? null : readTemplate(text.subject).nodes;
  return { subject, body: readTemplate(text.body).nodes };
}

/** THE renderer of messages: previews, tasks and whatever sends them all pass here. */
export function renderMessage(message: ReadMessage, values: MergeValues): Message {
  const subject = message.subject === null ? null : renderSubject(message.subject, values);
  const body = renderTemplate(message.body, values);
  return { subject, body, missing: [...new Set([...(subject?.missing ?? []), ...body.missing])] };
}
