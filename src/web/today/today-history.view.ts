import { HUMAN_CLASSES, type HumanClass } from '../../mail/mail-class.js';
import { type Channel, channels, outcomeOf } from '../../outreach/touches/outcomes.js';
import type { FactLine } from '../../sequences/today/panel-facts.queries.js';
import type { Page } from '../rendering/page.js';

/** A day of the history, newest first. */
export interface HistoryDay {
  day: string;
  lines: {
    kind: string;
    icon: string;
    who: string | null;
    text: string;
    quote: string | null;
    time: string;
    at: string;
    isUndone: boolean;
  }[];
}

const icons: Record<string, string> = {
  email: 'mail',
  linkedin_invite: 'linkedin',
  linkedin_message: 'linkedin',
  call: 'phone',
  task: 'task',
};

/** The facts of a prospect as sentences, day by day in a zone. */
export function historyView(page: Page, facts: readonly FactLine[], zone: string): HistoryDay[] {
  const days = new Map<string, HistoryDay>();
  for (const fact of facts) {
    const day = page.format.date(fact.at, zone);
    const entry = days.get(day) ?? { day, lines: [] };
    days.set(day, entry);
    entry.lines.push({
      ...looks(fact),
      who: fact.userName,
      text: sentence(page, fact),
      // The same words given as reason and as note are said once.
      quote: [...new Set([whyText(page, fact), fact.note])].filter(Boolean).join('\n') || null,
      time: page.format.time(fact.at, zone),
      at: fact.at.toISOString(),
      isUndone: fact.isUndone,
    });
  }
  return [...days.values()];
}

/** Why a status changed, where a person or a fact said so: what an answer was taken for stands in the sentence itself. */
function whyText(page: Page, { kind, reason }: FactLine): string | null {
  if (kind !== 'status' || reason === null || isVerdict(reason)) return null;
  return reason === 'left_company' ? page.t('today.history.leftCompany') : reason;
}

const isVerdict = (reason: string | null): reason is HumanClass => reason !== null && isHumanClass(reason);
const isHumanClass = (reason: string): boolean => (HUMAN_CLASSES as readonly string[]).includes(reason);

function looks({ kind, channel }: FactLine): { kind: string; icon: string } {
  if (kind === 'touch')
    return {
      kind: channel === 'email' ? 'mail' : (channel ?? 'task'),
      icon: icons[channel ?? 'task'] ?? 'task',
    };
  if (kind === 'status') return { kind: 'status', icon: 'arrow-right' };
  if (kind === 'reply.understood') return { kind: 'mail', icon: 'inbox' };
  if (kind === 'note') return { kind: 'note', icon: 'note' };
  if (kind.startsWith('meeting')) return { kind: 'meeting', icon: 'meeting' };
  return { kind: 'system', icon: kind.startsWith('enrolment') ? 'sequence' : 'history' };
}

/** Kinds with a sentence of their own: `today.history.kinds.<kind>`, points written `_`. */
const told = new Set([
  ...[
    'prospect.created',
    'note',
    'merge',
    'enrolment.started',
    'enrolment.paused',
    'enrolment.resumed',
    'enrolment.migrated',
  ],
  ...[
    'meeting.booked',
    'meeting.rescheduled',
    'meeting.held',
    'meeting.no_show_guest',
    'meeting.no_show_host',
  ],
  ...['meeting.cancelled_by_guest', 'meeting.cancelled_by_client', 'meeting.cancelled_by_agency'],
  ...['meeting.claimed', 'meeting.accepted', 'meeting.contested', 'meeting.lapsed'],
]);
const ends = new Set(['replied', 'meeting', 'completed', 'opted_out', 'bounced', 'removed', 'failed']);

function sentence(page: Page, { kind, channel, result, toStatus, reason }: FactLine): string {
  if (kind === 'touch' && channel && result && isChannel(channel) && outcomeOf(channel, result)) {
    return page.t(`outreach.done.${channel}.${result}`);
  }
  const verdict = isVerdict(reason)
    ? page.t('today.history.verdict', { class: page.t(`inbox.classes.${reason}`) })
    : null;
  if (kind === 'reply.understood' && verdict !== null) return verdict;
  if (kind === 'status' && toStatus) {
    const status = page.t('today.history.status', { status: page.t(`prospects.status.${toStatus}`) });
    return verdict === null ? status : `${verdict} · ${status}`;
  }
  if (kind === 'enrolment.finished' && reason && ends.has(reason)) {
    return page.t('today.history.finished', { reason: page.t(`sequences.enrolments.reasons.${reason}`) });
  }
  return page.t(told.has(kind) ? `today.history.kinds.${kind.replaceAll('.', '_')}` : 'today.history.other');
}

const isChannel = (name: string): name is Channel => (channels as readonly string[]).includes(name);
