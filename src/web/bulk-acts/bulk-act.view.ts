import type { Actor } from '../../accounts/actor.js';
import { BULK_ACTS } from '../../prospects/bulk-acts/bulk-act.js';
import type { BulkActSeen, LeftRow } from '../../prospects/bulk-acts/bulk-acts.queries.js';
import { mayTouch } from '../../prospects/bulk-acts/bulk-acts.service.js';
import { isProspectStatus } from '../../prospects/status/status.js';
import { skipReasons } from '../../sequences/enrolments/enrolment-guard.js';
import type { BulkNames } from './bulk-names.queries.js';
import type { Page } from '../rendering/page.js';
import { reasonText as skipText } from '../sequences/enrolment.view.js';

/** One page for the whole life of an act: what it shows follows from the state. */
export function bulkActPage(
  page: Page,
  actor: Actor,
  act: BulkActSeen,
  names: BulkNames,
  left: { items: LeftRow[]; nextCursor: string | null; zone: string },
) {
  const { t, format } = page;
  const { id, state, total, able } = act;
  const may = (wish: 'start' | 'cancel' | 'undo'): boolean =>
    BULK_ACTS[state].includes(wish) && mayTouch(actor, act, wish);
  const words = wordsOf(act);
  const home = `/bulk-acts/${id}`;
  const isResult = ['done', 'cancelled', 'failed', 'undone'].includes(state);
  const reasons = state === 'undone' ? act.keptReasons : act.reasons;
  return {
    title: whatText(page, act, names),
    home,
    stateText: t(`bulk.state.${state}`),
    moving: movingView(page, act, home),
    counted:
      state !== 'counted'
        ? null
        : {
            text: t(`${words}.counted`, { able, total }),
            startText: t(`${words}.start`, { able }),
            note: t(`${words}.countedNote`),
            canStart: able > 0 && may('start'),
          },
    canCancel: may('cancel'),
    result: isResult ? resultText(page, act) : null,
    isFailed: state === 'failed',
    undo:
      may('undo') && act.changed > 0
        ? { text: t('bulk.undo', { changed: act.changed }), note: t(`${words}.undoNote`) }
        : null,
    reasons: Object.entries(reasons ?? {})
      .sort(([, one], [, other]) => other - one)
      .map(([reason, count]) => ({ text: reasonText(page, reason), count: format.number(count) })),
    leftTitle: t(
      state === 'counted' ? 'bulk.leftWould' : state === 'undone' ? 'bulk.leftKept' : 'bulk.leftDid',
    ),
    left: left.items.map(({ prospectId, fullName, reason, more }) => ({
      href: fullName === null ? null : `/prospects/${prospectId}`,
      name: fullName ?? t('bulk.gone'),
      reason: reasonText(page, reason, more ? { ...more, zone: left.zone } : undefined),
    })),
    moreHref: left.nextCursor === null ? null : `${home}?cursor=${encodeURIComponent(left.nextCursor)}`,
    prospectsHref: `/clients/${act.clientId}/prospects`,
  };
}

/** The acts of a client, the latest first. */
export function bulkActRows(page: Page, acts: readonly BulkActSeen[], names: BulkNames, zone: string) {
  return acts.map((act) => ({
    href: `/bulk-acts/${act.id}`,
    what: whatText(page, act, names),
    who: act.createdByName ?? 'Carnet',
    at: page.format.moment(act.createdAt, zone),
    stateText: page.t(`bulk.state.${act.state}`),
    changed: page.format.number(act.state === 'undone' ? act.changed - act.undone : act.changed),
    total: page.format.number(act.total),
  }));
}

function movingView(page: Page, { state, total, position }: BulkActSeen, href: string) {
  if (state !== 'counting' && state !== 'running' && state !== 'undoing') return null;
  const isCounting = state === 'counting';
  const text = isCounting ? page.t('bulk.counting', { total }) : page.t('bulk.progress', { position, total });
  return { href, title: page.t(`bulk.state.${state}`), text, position, max: isCounting ? null : total };
}

function resultText(page: Page, act: BulkActSeen): string {
  const { state, changed, undone } = act;
  if (state === 'undone') return page.t(`${wordsOf(act)}.undoneText`, { undone, kept: changed - undone });
  return page.t(`${wordsOf(act)}.changed`, { changed });
}

/** People are enrolled, not changed. */
const wordsOf = ({ kind }: BulkActSeen): string => (kind === 'enrol' ? 'bulk.enrol' : 'bulk');

function whatText(page: Page, { kind, terms }: BulkActSeen, { lists, people, sequences }: BulkNames): string {
  const unknown = page.t('bulk.gone');
  const owners = (terms.ownerIds ?? []).map((id) => people.get(id) ?? unknown);
  if (kind === 'owner' && owners.length === 0) return page.t('bulk.what.free');
  return page.t(`bulk.what.${kind}`, {
    status: terms.to === undefined ? '' : page.t(`prospects.status.${terms.to}`),
    owners: new Intl.ListFormat(page.locale).format(owners),
    list: terms.listId === undefined ? '' : (lists.get(terms.listId) ?? unknown),
    sequence: terms.sequenceId === undefined ? '' : (sequences.get(terms.sequenceId) ?? unknown),
  });
}

type More = NonNullable<LeftRow['more']> & { zone: string };

function reasonText(page: Page, reason: string, more?: More): string {
  const skip = skipReasons.find((known) => known === reason);
  if (skip !== undefined) {
    const until = more?.until === undefined ? {} : { until: new Date(more.until) };
    return skipText(page, more?.zone ?? 'UTC', {
      reason: skip,
      ...until,
      ...(more?.fields && { fields: more.fields }),
    });
  }
  const from = reason.startsWith('from_') ? reason.slice('from_'.length) : null;
  if (from === null || !isProspectStatus(from)) return page.t(`bulk.reason.${reason}`);
  return page.t('bulk.reason.illegal', { status: page.t(`prospects.status.${from}`) });
}
