import type { InboxLine } from '../../outreach/incoming/inbox.queries.js';
import type { Page } from '../rendering/page.js';
import { seemsText, waitedText } from '../today/today-mail.view.js';

interface Waiting {
  toTriage: readonly InboxLine[];
  unmatched: readonly InboxLine[];
  counts: Record<'toTriage' | 'unmatched', number>;
}

/** Below it the machine's guess helps nobody. */
const LIKELY = 0.5;
/** Letters of a mail shown in the list. */
const EXCERPT = 180;

export function inboxView(page: Page, { toTriage, unmatched, counts }: Waiting, now: Date) {
  return {
    isEmpty: counts.toTriage + counts.unmatched === 0,
    groups: [
      { key: 'toTriage', lines: toTriage, count: counts.toTriage },
      { key: 'unmatched', lines: unmatched, count: counts.unmatched },
    ]
      .filter(({ count }) => count > 0)
      .map(({ key, lines, count }) => ({
        title: page.t(`inbox.groups.${key}`),
        note: page.t(`inbox.notes.${key}`),
        count: page.format.number(count),
        more: count > lines.length ? page.t('inbox.more', { n: count - lines.length }) : null,
        lines: lines.map((mail) => line(page, mail, now)),
      })),
  };
}

function line(page: Page, mail: InboxLine, now: Date) {
  const waited = waitedText(page, mail.receivedAt, { zone: mail.timeZone, country: mail.country, now });
  const isKnown = mail.prospectId !== null;
  return {
    href: isKnown ? `/today?item=${mail.prospectId}&of=team` : `/inbox/${mail.id}`,
    who: mail.prospectName ?? mail.fromName ?? mail.fromAddress,
    sub: isKnown ? mail.companyName : mail.fromAddress,
    subject: mail.subject,
    excerpt: mail.replyText.replace(/\s+/gu, ' ').trim().slice(0, EXCERPT),
    client: mail.clientName,
    seems: isLikely(mail)
      ? page.t('inbox.seems', { class: page.t(`inbox.classes.${mail.machineClass}`) })
      : null,
    when: page.format.moment(mail.receivedAt, mail.timeZone),
    at: mail.receivedAt.toISOString(),
    waited: waited.text,
    tone: waited.isLate ? 'bad' : null,
  };
}

function isLikely({ machineClass, confidence }: InboxLine): boolean {
  return machineClass !== null && (confidence ?? 0) >= LIKELY;
}

interface Search {
  q: string;
  found: readonly { id: string; fullName: string; companyName: string | null; email: string | null }[];
  now: Date;
}

/** One mail without an owner. */
export function mailPage(page: Page, mail: InboxLine, { q, found, now }: Search) {
  return {
    title: mail.subject.trim() === '' ? page.t('inbox.noSubject') : mail.subject,
    mail: {
      ...line(page, mail, now),
      id: mail.id,
      from: mail.fromName ? `${mail.fromName} <${mail.fromAddress}>` : mail.fromAddress,
      to: mail.mailboxAddress,
      text: mail.replyText,
      seems: isLikely(mail) ? seemsText(page, mail) : null,
      address: mail.fromAddress,
    },
    q,
    candidates: found.map(({ id, fullName, companyName, email }) => ({
      id,
      name: fullName,
      sub: [companyName, email].filter(Boolean).join(' · '),
    })),
    isNone: found.length === 0,
    newHref: `/clients/${mail.clientId}/prospects/new`,
  };
}

/** A document around a sanitised mail, readable on light and on dark. */
export function sandboxed(html: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><style>body{margin:12px;font:15px/1.5 system-ui,sans-serif;color:#1d2433;background:#fff;overflow-wrap:anywhere}img{max-width:100%}</style></head><body>${html}</body></html>`;
}
