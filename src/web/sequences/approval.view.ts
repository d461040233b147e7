import type { GuardStop } from '../../outreach/mailboxes/rate-guards.js';
import type { CommentLine, EventLine, ReadableLine } from '../../sequences/sequence-story.queries.js';
import type { Step } from '../../sequences/sequence.entity.js';
import { guardText } from '../mailboxes/guard.view.js';
import type { StepLetters } from './message.view.js';
import { draftsOf, placeOf } from './typed-comments.js';
import type { Page, Refused } from '../rendering/page.js';

/** A remark as `{{> sequences/_thread}}` draws it. */
export interface Remark {
  who: string;
  when: string;
  text: string;
  isClients: boolean;
  /** Written about an older version. */
  versionText: string | null;
}

export interface Thread {
  /** Where a new remark is typed, and what a refused form held there. */
  place: string;
  draft: string;
  remarks: Remark[];
}

/** The remarks on a step, or on the whole (null), oldest first; `version` is the one on the page. */
function threadOf(
  page: Page,
  comments: readonly CommentLine[],
  stepId: string | null,
  { version, zone, drafts }: { version: number; zone: string; drafts: ReadonlyMap<string, string> },
): Thread {
  const place = placeOf(stepId);
  return {
    place,
    draft: drafts.get(place) ?? '',
    remarks: comments
      .filter((one) => one.stepId === stepId)
      .map((one) => ({
        who: one.userName ?? 'Carnet',
        when: page.format.moment(one.at, zone),
        text: one.text,
        isClients: one.isClients,
        versionText: one.version === version ? null : page.t('sequences.version', { version: one.version }),
      })),
  };
}

/** The steps to read with the remarks on each; then those on the whole and on steps that are no more. */
export function readingView(
  page: Page,
  { steps, letters, comments, version, zone, refused, canAnswer }: ReadingSource,
): { steps: object[]; whole: Thread } {
  const known = new Set(steps.map(({ id }) => id));
  const orphans = comments.map((one) =>
    one.stepId !== null && !known.has(one.stepId) ? { ...one, stepId: null } : one,
  );
  const drawn = letters.map(({ stepId }) => stepId);
  const context = { version, zone, drafts: draftsOf(refused.values, drawn, canAnswer) };
  return {
    steps: letters.map((step) => ({ ...step, thread: threadOf(page, comments, step.stepId, context) })),
    whole: threadOf(page, orphans, null, context),
  };
}

export interface ReadingSource {
  steps: readonly Step[];
  letters: readonly StepLetters[];
  comments: readonly CommentLine[];
  version: number;
  zone: string;
  refused: Refused;
  canAnswer: boolean;
}

/** People the messages are read as: who it is now, and the ones before and after. */
export function readersView(
  page: Page,
  samples: readonly { id: string; fullName: string }[],
  current: string | null,
  base: string,
): object | null {
  const at = samples.findIndex(({ id }) => id === current);
  if (at < 0) return null;
  const link = (place: number): string | null =>
    samples[place] ? `${base}?prospect=${samples[place].id}` : null;
  return {
    name: samples[at]!.fullName,
    place: page.t('governance.preview.place', { at: page.format.number(at + 1), of: samples.length }),
    previous: link(at - 1),
    next: link(at + 1),
  };
}

/** What happened to a sequence, newest first. */
export function historyView(page: Page, events: readonly EventLine[], zone: string): object[] {
  return events.map(({ kind, version, at, userName, reason, details }) => ({
    when: page.format.moment(at, zone),
    at: at.toISOString(),
    text: page.t(`governance.events.${kind}`, {
      who: userName ?? 'Carnet',
      version,
      moved: numberIn(details, 'moved'),
      size: numberIn(details, 'size'),
      from: numberIn(details, 'drawnFrom'),
      cap: numberIn(details, 'dailyCap'),
    }),
    reason: details?.['guard'] ? guardText(page, details['guard'] as GuardStop) : reason,
    seal: typeof details?.['seal'] === 'string' ? details['seal'].slice(0, 12) : null,
  }));
}

function numberIn(details: Record<string, unknown> | null, key: string): number {
  const value = details?.[key];
  return typeof value === 'number' ? value : 0;
}

/** A series of messages in the client's list of all of them. */
export function readableRow(page: Page, line: ReadableLine, zone: string): object {
  const { id, name, version, state, submittedAt, approvedAt, approvedByName } = line;
  return {
    href: `/portal/messages/${id}`,
    name,
    versionText: page.t('sequences.version', { version }),
    state,
    stateText: page.t(`governance.versionStates.${state}`),
    submitted: page.format.date(submittedAt, zone),
    approved:
      approvedAt === null ? '—' : `${page.format.date(approvedAt, zone)} · ${approvedByName ?? 'Carnet'}`,
  };
}

/**
 * The mark of the texts an answer will be about: those on the page, but those that were read where the answer was only
 * put off by a question. A newer text is not approved by saying yes to that.
 */
export function seenText(
  { values, errors }: Refused,
  shown: { version: number; textSeal: string },
): { version: unknown; textSeal: unknown } {
  if (errors['comments'] === undefined) return shown;
  const { version = shown.version, seal = shown.textSeal } = values;
  return { version, textSeal: seal };
}

/** A refused form's own texts, put back where they were typed; `unsent` asks what to do with remarks nobody sent. */
export function refusedView({ values, errors, problem }: Refused): {
  reason: string;
  reasonError: string | undefined;
  unsent: { hasComments: boolean } | null;
  problem: string;
} {
  const { reason } = values;
  return {
    reason: typeof reason === 'string' ? reason : '',
    reasonError: errors['reason'],
    unsent: errors['comments'] === undefined ? null : { hasComments: values['comments'] !== undefined },
    problem,
  };
}
