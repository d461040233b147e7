import { mostCounted, type QueueGroup, queueGroups } from '../sequences/queue-rank.js';
import type { Queue, QueueItem, QueueScope } from '../sequences/today.queries.js';
import { channelIcon } from './message.view.js';
import type { Page } from './rendering/page.js';

const groupIcons: Record<QueueGroup, string> = {
  reply: 'inbox',
  callback: 'clock',
  task: 'task',
  new: 'plus',
};
/** An answer older than this many hours is late, whatever the agreement says. */
const LATE_HOURS = 24;

/** The queue as the left side draws it: groups, each with its people. */
export function queueView(
  page: Page,
  queue: Queue,
  open: string | null,
  scope: QueueScope,
  now: Date,
): object {
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
          items: items.map((item) => itemView(page, item, open, scope, now)),
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

function itemView(page: Page, item: QueueItem, open: string | null, scope: QueueScope, now: Date): object {
  return {
    href: itemHref(item.prospectId, scope),
    isOpen: item.prospectId === open,
    icon: item.task ? channelIcon(item.task.channel) : groupIcons[item.group],
    name: item.fullName,
    sub: [item.title, item.companyName].filter(Boolean).join(' · '),
    client: item.clientName,
    ...timing(page, item, now),
    why: whyText(page, item, now),
  };
}

function timing(page: Page, item: QueueItem, now: Date): { when: string | null; tone: string | null } {
  if (item.group === 'new') return { when: item.score === null ? null : String(item.score), tone: null };
  if (item.group === 'callback') {
    const isLate = (item.until ?? '') < dayOf(now);
    return { when: item.until && page.format.day(item.until), tone: isLate ? 'bad' : null };
  }
  const hours = (now.getTime() - item.at.getTime()) / 3_600_000;
  return { when: page.format.relative(item.at, now), tone: hours > LATE_HOURS ? 'bad' : null };
}

function whyText(page: Page, item: QueueItem, now: Date): string {
  switch (item.group) {
    case 'reply':
      return page.t(item.status === 'interested' ? 'today.why.interested' : 'today.why.replied');
    case 'callback':
      return item.until === null || item.until >= dayOf(now)
        ? page.t('today.why.callbackToday')
        : page.t('today.why.callback', { date: page.format.day(item.until) });
    case 'task': {
      const { channel, position, attempt, steps } = item.task!;
      const key = attempt > 1 ? 'today.why.retry' : 'today.why.task';
      return page.t(key, { channel: page.t(`outreach.channels.${channel}`), position, steps, attempt });
    }
    case 'new':
      return item.score === null
        ? page.t('today.why.newUnscored')
        : page.t('today.why.new', { score: item.score });
  }
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
