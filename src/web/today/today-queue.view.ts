import { mostCounted, type QueueGroup, queueGroups } from '../../sequences/today/queue-rank.js';
import type { Queue, QueueItem, QueueScope } from '../../sequences/today/today.queries.js';
import { isUsedUp } from '../../outreach/touches/daily-pace.js';
import type { Holder } from '../../outreach/leases.service.js';
import { dayOf } from '../../shared/period.js';
import { channelIcon } from '../sequences/message.view.js';
import type { Page } from '../rendering/page.js';
import { waitedText } from './today-mail.view.js';

const groupIcons: Record<QueueGroup, string> = {
  reply: 'inbox',
  callback: 'clock',
  colleague: 'users',
  task: 'task',
  new: 'plus',
  today: 'clock',
};
/** A step due since longer than this is late. */
const LATE_HOURS = 24;

interface Around {
  /** The prospect open beside the queue. */
  open: string | null;
  scope: QueueScope;
  /** Who else has whom open. */
  held: ReadonlyMap<string, Holder>;
  now: Date;
}

/** The queue as the left side draws it: groups, each with its people. */
export function queueView(page: Page, queue: Queue, around: Around): object {
  return {
    groups: queueGroups
      .map((group) => ({ group, items: queue.items.filter((item) => item.group === group) }))
      .filter(({ items }) => items.length > 0)
      .map(({ group, items }) => {
        const hidden = queue.counts[group] - items.length;
        return {
          label: page.t(`today.groups.${group}`),
          count: countText(page, Math.max(queue.counts[group], items.length)),
          more: moreText(page, hidden, queue.counts[group]),
          isLater: group === 'today',
          items: items.map((item) => itemView(page, item, queue.timeZone, around)),
        };
      }),
  };
}

function countText(page: Page, count: number): string {
  return count >= mostCounted ? `${page.format.number(mostCounted)}+` : page.format.number(count);
}

function moreText(page: Page, hidden: number, count: number): string | null {
  if (hidden <= 0) return null;
  return count >= mostCounted ? page.t('today.manyMore') : page.t('today.more', { n: hidden });
}

/** The address of one person in the queue. */
export function itemHref(prospectId: string, scope: QueueScope): string {
  return `/today?item=${prospectId}${scope === 'team' ? '&of=team' : ''}`;
}

function itemView(page: Page, item: QueueItem, zone: string, { open, scope, held, now }: Around): object {
  const holder = held.get(item.prospectId);
  return {
    href: itemHref(item.prospectId, scope),
    isOpen: item.prospectId === open,
    icon: item.task ? channelIcon(item.task.channel) : groupIcons[item.group],
    name: item.fullName,
    sub: [item.title, item.companyName].filter(Boolean).join(' · '),
    client: item.clientName,
    ...timing(page, item, zone, now),
    why: whyText(page, item, zone, now),
    holder: holder ? page.t('today.lease.by', { name: holder.name }) : null,
  };
}

/** “LinkedIn invitations: 12 of 20 today”, once somebody has begun. */
export function paceLines(page: Page, { paces }: Queue): { text: string; tone: string | null }[] {
  return paces
    .filter(({ done }) => done > 0)
    .map((pace) => ({
      text: page.t('today.pace.line', {
        channel: page.t(`outreach.channels.${pace.channel}`),
        done: pace.done,
        limit: pace.limit,
      }),
      tone: isUsedUp(pace) ? 'bad' : null,
    }));
}

function timing(
  page: Page,
  item: QueueItem,
  zone: string,
  now: Date,
): { when: string | null; tone: string | null } {
  switch (item.group) {
    case 'new':
      return { when: item.score === null ? null : String(item.score), tone: null };
    case 'reply': {
      const { text, isLate } = waitedText(page, item.at, { zone: item.timeZone, country: item.country, now });
      return { when: text, tone: isLate ? 'bad' : null };
    }
    case 'callback': {
      const isLate = (item.until ?? '') < dayOf(now, zone);
      if (item.callbackAt && !isLate) return { when: page.format.time(item.callbackAt, zone), tone: 'bad' };
      return { when: item.until && page.format.day(item.until), tone: isLate ? 'bad' : null };
    }
    case 'colleague':
      return { when: page.format.relative(item.at, now), tone: null };
    case 'today':
      return { when: page.format.time(item.at, zone), tone: null };
    case 'task': {
      const hours = (now.getTime() - item.at.getTime()) / 3_600_000;
      return { when: page.format.relative(item.at, now), tone: hours > LATE_HOURS ? 'bad' : null };
    }
  }
}

function whyText(page: Page, item: QueueItem, zone: string, now: Date): string {
  if (item.task !== null) {
    const { channel, position, attempt, steps } = item.task;
    const key = attempt > 1 ? 'today.why.retry' : 'today.why.task';
    return page.t(key, { channel: page.t(`outreach.channels.${channel}`), position, steps, attempt });
  }
  switch (item.group) {
    case 'reply':
      if (item.suggested !== null)
        return page.t('today.why.toTriage', { class: page.t(`inbox.classes.${item.suggested}`) });
      return page.t(item.status === 'interested' ? 'today.why.interested' : 'today.why.replied');
    case 'new':
      return item.score === null
        ? page.t('today.why.newUnscored')
        : page.t('today.why.new', { score: item.score });
    case 'colleague':
      return page.t('colleagues.why', { n: item.waiting });
    case 'callback':
    case 'today':
    case 'task':
      return callbackText(page, item, zone, now);
  }
}

function callbackText(page: Page, { until, callbackAt }: QueueItem, zone: string, now: Date): string {
  if (callbackAt) return page.t('today.why.callbackAt', { moment: page.format.moment(callbackAt, zone) });
  return until === null || until >= dayOf(now, zone)
    ? page.t('today.why.callbackToday')
    : page.t('today.why.callback', { date: page.format.day(until) });
}
