import { MOST_MAILS, type ThreadMailLine } from '../../outreach/incoming/mail-threads.queries.js';
import type { Page } from '../rendering/page.js';
import { letterView } from '../today/today-mail.view.js';

/** Mails with a line of their own on the page; those before fold away together. */
const LINES = 5;

/** The conversation by mail, newest first: the latest open to be read, each other one a click away. */
export function conversationView(
  page: Page,
  thread: readonly ThreadMailLine[],
  { prospectId, zone }: { prospectId: string; zone: string },
) {
  if (thread.length === 0) return null;
  const letters = [...thread]
    .reverse()
    .map((mail, place) => ({ ...letterView(page, mail, zone), isOpen: place === 0 }));
  const earlier = letters.slice(LINES);
  return {
    count: page.format.number(letters.length),
    latest: letters.slice(0, LINES),
    earlier,
    earlierText: page.t('prospects.mails.earlier', { n: earlier.length }),
    cutText: letters.length < MOST_MAILS ? null : page.t('prospects.mails.cut', { n: MOST_MAILS }),
    todayHref: `/today?item=${prospectId}&of=team`,
  };
}
