import { channels } from '../outreach/outcomes.js';
import { mergeFields } from '../sequences/merge-fields.js';
import type { Message } from '../sequences/message.js';
import { letterView, dayText, channelIcon, type LetterView } from './message.view.js';
import type { Page } from './rendering/page.js';
import type { DraftStep, SequenceDraft } from './sequence-draft.js';

/** What the editor shows besides the draft itself. */
export interface EditorContext {
  /** Address the form is sent to. */
  action: string;
  previewAction: string;
  cancel: string;
  notes: string[];
  errors: Record<string, string>;
  problem: string;
  samples: { id: string; fullName: string }[];
  /** The rendered variants of all steps, in order; null when there is nobody to try them on. */
  messages: Message[] | null;
  /** Columns the client's own files brought. */
  customFields: string[];
}

export function editorView(page: Page, draft: SequenceDraft, context: EditorContext): object {
  const { messages, samples, errors } = context;
  return {
    ...context,
    draft,
    nameError: errors['name'],
    stepsError: errors['steps'],
    summary: Object.values(errors).length,
    steps: draft.steps.map((step, index) => stepView(page, step, index, draft.steps.length, errors)),
    samples: samples.map(({ id, fullName }) => ({ id, fullName, isChosen: id === draft.prospectId })),
    fields: [...mergeFields, ...context.customFields.map(customField)].map((field) => `{{${field}}}`),
    examples: ['{{default firstName "…"}}', '{{#if city}}…{{else}}…{{/if}}'],
    preview: previewView(page, draft, messages),
  };
}

/** The pane beside the editor, drawn alone when only the texts changed. */
export function previewView(
  page: Page,
  draft: SequenceDraft,
  messages: readonly Message[] | null,
): object | null {
  if (messages === null) return null;
  const letters = messages.map((message) => letterView(page, message));
  let next = 0;
  return draft.steps.map((step, index) => ({
    label: page.t('sequences.editor.step', { n: index + 1 }),
    day: dayText(page, Number(step.day) || 0),
    icon: channelIcon(step.channel),
    channel: page.t(`outreach.channels.${step.channel}`),
    letters: step.variants.map((_, place): LetterView & { variant: string | null } => ({
      ...letters[next++]!,
      variant: step.variants.length > 1 ? variantName(page, place) : null,
    })),
  }));
}

function stepView(
  page: Page,
  step: DraftStep,
  index: number,
  count: number,
  errors: Record<string, string>,
): object {
  const path = `steps.${index}`;
  const n = index + 1;
  const label = (key: string): string => page.t(`sequences.editor.${key}`, { n });
  return {
    ...step,
    index,
    title: label('step'),
    dayError: errors[`${path}.day`],
    variantsError: errors[`${path}.variants`] ?? errors[`${path}.channel`],
    isMail: step.channel === 'email',
    bodyLabel: page.t(`sequences.editor.bodies.${step.channel}`),
    channels: channels.map((channel) => ({
      value: channel,
      label: page.t(`outreach.channels.${channel}`),
      isChosen: channel === step.channel,
    })),
    variants: step.variants.map((variant, place) => ({
      ...variant,
      place,
      name: step.variants.length > 1 ? variantName(page, place) : null,
      removeLabel: page.t('sequences.editor.removeVariant', { letter: letterOf(place) }),
      subjectError: errors[`${path}.variants.${place}.subject`],
      bodyError: errors[`${path}.variants.${place}.body`],
    })),
    canVary: step.variants.length < 3,
    isFirst: index === 0,
    isLast: index === count - 1,
    isOnly: count === 1,
    up: label('up'),
    down: label('down'),
    remove: label('remove'),
  };
}

const letterOf = (place: number): string => String.fromCharCode(65 + place);
const variantName = (page: Page, place: number): string =>
  page.t('sequences.variant', { letter: letterOf(place) });
const customField = (name: string): string => (/^\w+$/.test(name) ? `custom.${name}` : `custom.[${name}]`);
