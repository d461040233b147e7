import { channels, type Channel } from '../../outreach/touches/outcomes.js';
import { withNotice } from '../../sequences/writing/notice-block.js';
import { sealOfVersion } from '../../sequences/approval/text-seal.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';

/** A sequence as it stands in the editor: text only, nothing checked yet. */
export interface SequenceDraft {
  name: string;
  /** Language of the messages. */
  locale: string;
  /** The list whose people the preview steps through; all of the client's when blank. */
  listId: string;
  prospectId: string;
  version: string;
  /** Of the texts the writer began with. */
  seal: string;
  steps: DraftStep[];
}

export interface DraftStep {
  id: string;
  day: string;
  channel: Channel;
  variants: { subject: string; body: string }[];
}

export const starterDraft: SequenceDraft = {
  name: '',
  locale: '',
  listId: '',
  prospectId: '',
  version: '',
  seal: '',
  steps: [{ id: '', day: '0', channel: 'email', variants: [{ subject: '', body: '' }] }],
};

/** Reads the editor's form, whatever came: missing parts are empty, an unknown channel is mail. */
export function readDraft(form: Record<string, unknown>): SequenceDraft {
  const steps = listOf(form['steps']).map((step) => {
    const channel = textOf(step['channel']) as Channel;
    const variants = listOf(step['variants']).map((variant) => ({
      subject: textOf(variant['subject']),
      body: textOf(variant['body']),
    }));
    return {
      id: textOf(step['id']),
      day: textOf(step['day']),
      channel: channels.includes(channel) ? channel : 'email',
      variants: variants.length > 0 ? variants : [{ subject: '', body: '' }],
    };
  });
  const { name, locale, listId, prospectId, version, seal } = form;
  return {
    name: textOf(name),
    locale: locale === 'fr' || locale === 'en' ? locale : '',
    listId: textOf(listId),
    prospectId: textOf(prospectId),
    version: textOf(version),
    seal: textOf(seal),
    steps,
  };
}

/**
 * What the editor's buttons do to a draft: `add`, `remove:2`, `up:2`, `down:2`, `vary:2`, `unvary:2:1`, `notice` (at the
 * end of the first message); others nothing.
 */
export function editDraft(draft: SequenceDraft, button: string): SequenceDraft {
  const [act, first, second] = button.split(':');
  const at = Number(first ?? -1);
  const steps = draft.steps.map((step) => ({ ...step, variants: [...step.variants] }));
  const step = steps[at];
  if (act === 'notice') return { ...draft, steps: withNotice(steps) };
  if (act === 'add') steps.push(stepAfter(steps.at(-1)));
  else if (step && act === 'remove') steps.splice(at, 1);
  else if (step && act === 'up' && at > 0) swap(steps, at, at - 1);
  else if (step && act === 'down' && at < steps.length - 1) swap(steps, at, at + 1);
  else if (step && act === 'vary') step.variants.push({ ...step.variants.at(-1)! });
  else if (step && act === 'unvary' && step.variants.length > 1)
    step.variants.splice(Number(second ?? -1), 1);
  return { ...draft, steps };
}

function stepAfter(last: DraftStep | undefined): DraftStep {
  const day = last ? Number(last.day || 0) + 3 : 0;
  return { id: '', day: String(day), channel: 'email', variants: [{ subject: '', body: '' }] };
}

/** Steps trade places and keep the days of the places, so that the order of days stays sound. */
function swap(steps: DraftStep[], one: number, other: number): void {
  const [first, second] = [steps[one]!, steps[other]!];
  steps[one] = { ...second, day: first.day };
  steps[other] = { ...first, day: second.day };
}

function listOf(value: unknown): Record<string, unknown>[] {
  const items: unknown[] = Array.isArray(value) ? value : Object.values(isRecord(value) ? value : {});
  return items.filter(isRecord);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A kept sequence as a draft to change. */
export function draftOf(written: WrittenSequence): SequenceDraft {
  const { name, locale, version } = written.sequence;
  const steps = written.version.steps.map(({ id, day, channel, variants }) => ({
    id,
    day: String(day),
    channel,
    variants: variants.map(({ subject, body }) => ({ subject: subject ?? '', body })),
  }));
  const seal = sealOfVersion(written);
  return { name, locale, listId: '', prospectId: '', version: String(version), seal, steps };
}

/** The draft as the service takes it. */
export function inputOf({ name, steps, ...draft }: SequenceDraft): Record<string, unknown> {
  const told = (['locale', 'version', 'seal'] as const).filter((key) => draft[key] !== '');
  return { name, steps, ...Object.fromEntries(told.map((key) => [key, draft[key]])) };
}
