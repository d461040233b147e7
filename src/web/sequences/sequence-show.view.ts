import type { Actor } from '../../accounts/actor.js';
import { type NoticeGap, lackingNotice } from '../../sequences/writing/notice-block.js';
import type { SequenceCounts } from '../../sequences/sequences.queries.js';
import type { EventLine } from '../../sequences/sequence-story.queries.js';
import { mayMoveSequence } from '../../sequences/sequences.policy.js';
import type { WrittenSequence } from '../../sequences/sequence-loading.queries.js';
import { actsFrom, isAtWork, type SequenceAct, type Standing } from '../../sequences/sequence-states.js';
import { isVersionHold } from '../../sequences/approval/version-hold.js';
import { guardText } from '../mailboxes/guard.view.js';
import { fieldMaker, type FieldView, NOTHING_REFUSED } from '../form-field.view.js';
import { noticeGapsView } from './notice-gaps.view.js';
import { waitingHref } from './enrolment.view.js';
import type { Page, Refused } from '../rendering/page.js';

export interface Shown extends WrittenSequence {
  standing: Standing;
  counts: SequenceCounts;
  events: readonly EventLine[];
  /** What the client's record lacks for the notice. */
  gaps: readonly NoticeGap[];
  /** Mailboxes its people were written to from, and that send no more. */
  retired: readonly { address: string; people: number }[];
  samples: { id: string; fullName: string }[];
  prospectId: string | null;
  zone: string;
  /** The limit somebody typed, when it was refused. */
  refused?: Refused | undefined;
}

/** The page of one sequence: how far it is, what comes next and who may do it, and the messages as somebody would read them. */
export function sequenceView(page: Page, actor: Actor, shown: Shown): object {
  const { sequence, standing } = shown;
  const base = `/sequences/${sequence.id}`;
  const acts = actsFrom(standing).filter((act) => mayMoveSequence(actor, act));
  return {
    id: sequence.id,
    steps: wayView(page, standing),
    stepsLabel: page.t('governance.way.label'),
    next: nextView(page, shown, acts),
    notice: noticeView(page, shown, acts),
    archive: archiveView(page, shown, acts),
    held: heldView(page, shown),
    colleagues: colleaguesView(page, shown),
    limit: limitView(page, shown),
    guard: sequence.guardStop && guardText(page, sequence.guardStop),
    retired: shown.retired.map(({ address, people }) =>
      page.t('sequences.retiredMailbox', { address, n: people }),
    ),
    peopleHref: `${base}/people?state=active`,
    editHref: `${base}/edit`,
    enrolHref: `${base}/enrol`,
    canEdit: sequence.state !== 'archived',
    canEnrol: sequence.state !== 'archived' && sequence.approvedVersion !== null,
    tiles: tilesView(page, base, shown.counts),
    samples: shown.samples.map((sample) => ({ ...sample, isChosen: sample.id === shown.prospectId })),
    previewNote:
      sequence.approvedVersion !== null && sequence.approvedVersion !== sequence.version
        ? page.t('governance.previewOfDraft', { version: sequence.version })
        : null,
  };
}

/** Mails alone have a limit. */
function limitView(page: Page, { sequence, version, refused }: Shown): FieldView | null {
  if (sequence.state === 'archived' || !version.steps.some(({ channel }) => channel === 'email')) return null;
  const kept = { ...NOTHING_REFUSED, values: { dailyCap: sequence.dailyCap } };
  return fieldMaker(page, 'sequences', refused ?? kept)('dailyCap', { type: 'number', hasHint: true });
}

/** Written, approved, tested, launched: which are behind, which one is now. */
function wayView(
  page: Page,
  { state, versionState, hasGo, approvedVersion, wasLaunched }: Standing,
): object[] {
  const isLive = state === 'live' || wasLaunched;
  const reached = isLive
    ? 4
    : hasGo
      ? 3
      : approvedVersion !== null
        ? 2
        : versionState === 'submitted'
          ? 1
          : 0;
  return ['write', 'approve', 'test', 'launch'].map((name, place) => ({
    text: page.t(`governance.way.${name}`),
    isDone: place < reached,
    isCurrent: place === reached,
  }));
}

/** One sentence on where it stands, with the one act that leads on. */
function nextView(page: Page, shown: Shown, acts: readonly SequenceAct[]): object {
  const { sequence, standing, events } = shown;
  const base = `/sequences/${sequence.id}`;
  const key = situationOf(shown);
  const why = events.find(({ kind }) =>
    key === 'refused'
      ? kind === 'refused' || kind === 'refused_on_behalf'
      : kind === (key === 'noGo' ? 'no_go' : 'paused'),
  );
  const values = { version: standing.version, used: standing.approvedVersion ?? 0 };
  const tells = key === 'refused' || key === 'noGo' || key === 'paused';
  const links: Partial<Record<SequenceAct, string>> = {
    test: `${base}/test`,
    decide: `${base}/test`,
    approve: `${base}/approval`,
  };
  // What was refused wants to be rewritten before anything else.
  const isBack = key === 'refused' || key === 'noGo';
  // Archiving is for good, and says first whom it takes out.
  const offered = acts.filter((act) => act !== 'refuse' && act !== 'archive');
  return {
    tone: key === 'live' || key === 'go' ? 'good' : isBack ? 'bad' : 'info',
    title: page.t(`governance.next.${key}.title`, values),
    text: page.t(`governance.next.${key}.text`, values),
    reason:
      tells && why?.reason
        ? page.t('governance.said', {
            who: why.userName ?? 'Carnet',
            when: page.format.date(why.at, shown.zone),
            text: why.reason,
          })
        : null,
    isBack,
    // What undoes comes after what goes on.
    acts: offered
      .map((act, place) => ({
        act,
        label: page.t(`governance.acts.${act}`),
        href: links[act] ?? null,
        action: `${base}/${act}`,
        isPrimary: place === 0 && !isBack && act !== 'withdraw' && act !== 'pause',
        isQuiet: act === 'withdraw',
      }))
      .sort((one, other) => Number(one.isQuiet) - Number(other.isQuiet)),
  };
}

function situationOf({ sequence, version, standing, events }: Shown): string {
  const { state } = sequence;
  const decided = events.find(({ kind }) => kind === 'no_go' || kind === 'go' || kind === 'submitted');
  if (state === 'draft' && version.state === 'refused') return 'refused';
  if (state === 'draft' && decided?.kind === 'no_go') return 'noGo';
  if (isAtWork(state) && version.state === 'submitted') return 'newerWaits';
  if (isAtWork(state) && version.state !== 'approved') return 'newerWritten';
  if (state === 'testing') return standing.isTestOpen ? 'testing' : standing.hasGo ? 'go' : 'testAgain';
  return state;
}

/** What stands between the texts and their submission; null when nothing does. */
function noticeView(
  page: Page,
  { sequence, version, gaps }: Shown,
  acts: readonly SequenceAct[],
): object | null {
  if (!acts.includes('submit')) return null;
  const isLacking = lackingNotice(version.steps).length > 0;
  if (!isLacking && gaps.length === 0) return null;
  return {
    title: page.t('governance.notice.title'),
    text: isLacking ? page.t('governance.notice.lacking') : null,
    gaps: noticeGapsView(page, sequence.clientId, gaps),
    insertAction: isLacking && version.submittedAt === null ? `/sequences/${sequence.id}/notice` : null,
    editHref: isLacking ? `/sequences/${sequence.id}/edit` : null,
  };
}

/** Whoever waits with words that may not be sent goes on with the approved ones, when somebody takes them over. */
function heldView(page: Page, { sequence, counts }: Shown): object | null {
  const held = counts.enrolments.filter(({ state, reason }) => state === 'paused' && isVersionHold(reason));
  const n = held.reduce((sum, { people }) => sum + people, 0);
  if (n === 0 || sequence.approvedVersion === null) return null;
  return {
    text: page.t('sequences.held.text', { n, version: sequence.approvedVersion }),
    href: `/sequences/${sequence.id}/migration`,
  };
}

/** Whoever waits for a colleague's answer waits for a word of ours. */
function colleaguesView(page: Page, { sequence, counts }: Shown): object | null {
  const waiting = counts.enrolments.find(
    ({ state, reason }) => state === 'paused' && reason === 'colleague_replied',
  );
  if (waiting === undefined || sequence.state === 'archived') return null;
  return {
    text: page.t('colleagues.sequence.text', { n: waiting.people }),
    href: waitingHref(sequence.id),
  };
}

/** Nobody comes back from the archive, so whoever is still on their way is counted before. */
function archiveView(page: Page, shown: Shown, acts: readonly SequenceAct[]): object | null {
  if (!acts.includes('archive')) return null;
  const open = shown.counts.enrolments.filter(({ state }) => state !== 'finished');
  return {
    text: page.t('governance.archive.text', { n: open.reduce((sum, { people }) => sum + people, 0) }),
    action: `/sequences/${shown.sequence.id}/archive`,
  };
}

function tilesView(page: Page, base: string, { enrolments }: SequenceCounts): object[] {
  const many = (test: (line: SequenceCounts['enrolments'][number]) => boolean): string =>
    page.format.number(enrolments.filter(test).reduce((sum, line) => sum + line.people, 0));
  const tile = (key: string, value: string, query: string): object => ({
    label: page.t(`sequences.tiles.${key}`),
    value,
    href: `${base}/people?${query}`,
  });
  const byState = (state: string): string => many((line) => line.state === state);
  const byReason = (reason: string): string => many((line) => line.reason === reason);
  return [
    tile('active', byState('active'), 'state=active'),
    tile('paused', byState('paused'), 'state=paused'),
    tile('answered', byReason('replied'), 'state=finished&reason=replied'),
    tile('finished', byState('finished'), 'state=finished'),
  ];
}
