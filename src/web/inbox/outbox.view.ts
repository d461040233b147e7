import type { Client } from '../../clients/client.entity.js';
import type { WaitingMail } from '../../sequences/engine/next-mails.queries.js';
import { MOST_COUNTED, type OutboxMail } from '../../sequences/engine/outbox.queries.js';
import { type OutboxShelf, outboxShelves } from '../../sequences/engine/outbox-shelf.js';
import type { WhyWaiting } from '../../sequences/engine/why-waiting.js';
import type { Page } from '../rendering/page.js';
import { whyWaitingText } from '../sequences/why-waiting.view.js';

/** The shelves of the outbox with how much lies on each. */
export function shelvesView(
  page: Page,
  base: string,
  counts: Record<OutboxShelf, number>,
  current: OutboxShelf,
): object[] {
  return outboxShelves.map((shelf) => ({
    href: `${base}?shelf=${shelf}`,
    label: page.t(`outbox.shelves.${shelf}`),
    count: page.format.number(counts[shelf]) + (isMore(counts, shelf) ? '+' : ''),
    isCurrent: shelf === current,
  }));
}

function isMore(counts: Record<OutboxShelf, number>, shelf: OutboxShelf): boolean {
  return shelf === 'waiting' && counts.waiting >= MOST_COUNTED;
}

/** A mail still to be written: to whom, when, and why not now. */
export function waitingRow(
  page: Page,
  mail: WaitingMail,
  why: WhyWaiting | undefined,
  { timeZone }: Client,
): object {
  return {
    name: mail.fullName,
    href: `/prospects/${mail.prospectId}`,
    address: mail.toAddress ?? '—',
    sequence: { name: mail.sequenceName, href: `/sequences/${mail.sequenceId}/people` },
    subject: mail.subject ?? page.t('outbox.missing', { fields: mail.missing.join(', ') }),
    text: mail.text,
    when: page.format.moment(mail.dueAt, timeZone),
    why: why ? whyWaitingText(page, why, timeZone) : '—',
  };
}

/** A mail that was written down: what became of it, in one line. */
export function writtenRow(page: Page, mail: OutboxMail, { timeZone }: Client): object {
  return {
    id: mail.id,
    name: mail.fullName,
    href: `/prospects/${mail.prospectId}`,
    address: mail.toAddress,
    sequence: mail.sequenceId && { name: mail.sequenceName, href: `/sequences/${mail.sequenceId}` },
    subject: mail.subject,
    text: mail.text,
    when: page.format.moment(mail.sentAt ?? mail.claimedAt, timeZone),
    why: becameText(page, mail),
    isUncertain: mail.state === 'uncertain',
  };
}

function becameText(page: Page, { state, bouncedAt, status, response, fromAddress }: OutboxMail): string {
  if (state === 'refused') {
    const isByHand = response === 'not_sent';
    return page.t(isByHand ? 'outbox.became.notSent' : 'outbox.became.refused', {
      answer: response ?? status ?? '',
    });
  }
  if (bouncedAt !== null) return page.t('outbox.became.bounced');
  return page.t(`outbox.became.${state}`, { address: fromAddress });
}
