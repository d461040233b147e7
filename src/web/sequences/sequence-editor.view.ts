import { channels } from '../../outreach/touches/outcomes.js';
import { adviceOn } from '../../sequences/writing/mail-advice.js';
import { mergeFields } from '../../sequences/writing/merge-fields.js';
import type { Message } from '../../sequences/writing/message.js';
import { written } from '../../sequences/writing/nearest-field.js';
import { lackingNotice } from '../../sequences/writing/notice-block.js';
import { type Coverage, mostCovered } from '../../sequences/writing/previews.queries.js';
import type { Echo } from './editor-echo.view.js';
import { editorSummary, problemLine } from './editor-problems.view.js';
import { letterOf, stepLetters, variantName } from './message.view.js';
import type { NoticeGapsView } from './notice-gaps.view.js';
import type { Page, Refused } from '../rendering/page.js';
import type { DraftStep, SequenceDraft } from './sequence-draft.js';

/** What the pane beside the editor shows. */
export interface PaneSource {
  draft: SequenceDraft;
  /** The rendered variants of all steps, in order; null when there is nobody to try them on. */
  messages: readonly Message[] | null;
  samples: readonly { id: string; fullName: string }[];
  coverage: Coverage;
  /** What keeps the texts from being sent, by path (`steps.0.variants.0.body`); blank ones apart. */
  faults: Record<string, string>;
  /** Some step has no words yet. */
  isUnwritten: boolean;
}

/** What the editor shows besides the draft itself. */
export interface EditorContext {
  /** Address the form is sent to. */
  action: string;
  previewAction: string;
  cancel: string;
  notes: string[];
  refused: Refused;
  echo: Echo;
  locale: string;
  lists: readonly { id: string; name: string }[];
  /** Columns the client's own files brought. */
  customFields: string[];
  noticeGaps: NoticeGapsView | null;
}

export function editorView(page: Page, pane: PaneSource, context: EditorContext): object {
  const { echo } = context;
  const { errors } = context.refused;
  const { draft } = pane;
  return {
    ...context,
    draft,
    summary: editorSummary(page, context.refused, draft),
    nameError: errors['name'],
    stepsError: errors['steps'],
    steps: draft.steps.map((step, index) =>
      stepView(page, step, index, { count: draft.steps.length, errors, focus: echo.focus }),
    ),
    locales: (['fr', 'en'] as const).map((value) => ({
      value,
      label: page.t(`governance.locales.${value}`),
      isChosen: value === context.locale,
    })),
    lists: context.lists.map(({ id, name }) => ({ id, name, isChosen: id === draft.listId })),
    fields: [...mergeFields, ...context.customFields.map(written)].map((field) => `{{${field}}}`),
    examples: ['{{default firstName "…"}}', '{{#if city}}…{{else}}…{{/if}}'],
    lacksNotice: lackingNotice(draft.steps).length > 0,
    pane: previewView(page, pane, context.previewAction),
  };
}

/** The pane beside the editor, drawn alone when only the texts changed. */
export function previewView(page: Page, pane: PaneSource, action: string): object | null {
  const { draft, messages, samples } = pane;
  if (messages === null) return hasFaults(pane) ? { coverage: coverageView(page, pane) } : null;
  const steps = draft.steps.map(({ id, day, channel, variants }) => ({
    id,
    day: Number(day) || 0,
    channel,
    variants,
  }));
  const at = samples.findIndex(({ id }) => id === draft.prospectId);
  return {
    isRead: true,
    action,
    samples: samples.map(({ id, fullName }) => ({ id, fullName, isChosen: id === draft.prospectId })),
    place:
      at < 0
        ? null
        : page.t('governance.preview.place', { at: page.format.number(at + 1), of: samples.length }),
    previous: samples[at - 1]?.id ?? null,
    next: at < 0 ? null : (samples[at + 1]?.id ?? null),
    coverage: coverageView(page, pane),
    steps: stepLetters(page, steps, messages).map((step, index) => ({
      ...step,
      letters: step.letters.map((letter, place) => ({
        ...letter,
        // What cannot be read is not nothing.
        isEmpty: letter.isEmpty && pane.faults[`steps.${index}.variants.${place}.body`] === undefined,
        faults: faultsAt(page, pane, `steps.${index}.variants.${place}`),
        advice: adviceAt(page, draft.steps, index, place),
      })),
    })),
  };
}

/** What is wrong with one text, said where it would be read. */
function faultsAt(page: Page, { faults }: PaneSource, path: string): string[] {
  const subject = faults[`${path}.subject`];
  const body = faults[`${path}.body`];
  return [
    ...(subject === undefined ? [] : [page.format.pair(page.t('sequences.editor.subject'), subject)]),
    ...(body === undefined ? [] : [body]),
  ];
}

function adviceAt(page: Page, steps: readonly DraftStep[], index: number, place: number): string[] {
  const { channel, variants } = steps[index]!;
  const isFollowUp = steps.findIndex((step) => step.channel === channel) < index;
  return adviceOn(channel, variants[place]!, { isFollowUp }).map(({ code, values }) =>
    page.t(`governance.advice.${code}`, values),
  );
}

const hasFaults = ({ faults }: Pick<PaneSource, 'faults'>): boolean => Object.keys(faults).length > 0;

/** How many people of the list can be written to, and what the others lack. */
function coverageView(page: Page, { coverage, faults, isUnwritten, draft }: PaneSource): object {
  const { number } = page.format;
  if (hasFaults({ faults })) {
    const lines = Object.entries(faults).map(([path, text]) => problemLine(page, path, text, draft));
    return { tone: 'bad', text: page.t('governance.coverage.faulty'), missing: lines.slice(0, 8) };
  }
  if (isUnwritten) return { tone: 'warn', text: page.t('governance.coverage.unwritten') };
  const { people, whole, missing } = coverage;
  return {
    tone: missing.length === 0 ? 'good' : 'warn',
    text: page.t(missing.length === 0 ? 'governance.coverage.whole' : 'governance.coverage.some', {
      n: people,
      whole: number(whole),
    }),
    capped: people === mostCovered ? page.t('governance.coverage.capped', { n: number(mostCovered) }) : null,
    missing: missing
      .slice(0, 8)
      .map((line) => page.t('governance.coverage.field', { n: line.people, field: line.field })),
  };
}

function stepView(
  page: Page,
  step: DraftStep,
  index: number,
  { count, errors, focus }: { count: number; errors: Record<string, string>; focus: string | null },
): object {
  const path = `steps.${index}`;
  const n = index + 1;
  const label = (key: string): string => page.t(`sequences.editor.${key}`, { n });
  return {
    ...step,
    index,
    title: label('step'),
    isDayNext: focus === `${path}.day`,
    isUpNext: focus === `${path}.up`,
    isDownNext: focus === `${path}.down`,
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
      isSubjectNext: focus === `${path}.variants.${place}.subject`,
      isBodyNext: focus === `${path}.variants.${place}.body`,
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
