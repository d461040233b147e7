import { type HumanClass, isHuman } from '../../mail/mail-class.js';
import type { ThreadMailLine } from '../../outreach/incoming/mail-threads.queries.js';
import type { AnswerDraft } from '../../sequences/replies/answer-texts.queries.js';
import { businessMinutes } from '../../shared/business-hours.js';
import type { Page, Speech } from '../rendering/page.js';
import { classKeys } from './today-keys.js';

/** First answer to an interested reply (reporting.md §4), in business minutes. */
export const ANSWER_WITHIN = 120;

interface MailSource {
  thread: readonly ThreadMailLine[];
  answers: readonly AnswerDraft[];
  holder: object | null;
}

export interface MailPlace {
  zone: string;
  country: string | null;
  now: Date;
}

/** How long an answer has waited, in business hours since it was received; late after two of them. */
export function waitedText(page: Speech, since: Date, place: MailPlace): { text: string; isLate: boolean } {
  const minutes = businessMinutes(since, place.now, place);
  const hours = Math.floor(minutes / 60);
  // "0 business minutes" says nothing of a mail of last night.
  if (minutes === 0) {
    const isNew = place.now.getTime() - since.getTime() < 60_000;
    return { text: page.t(isNew ? 'today.waited.now' : 'today.waited.outOfHours'), isLate: false };
  }
  const text =
    hours >= 18
      ? page.t('today.waited.days', { n: Math.floor(hours / 9) })
      : hours > 0
        ? page.t('today.waited.hours', { n: hours })
        : page.t('today.waited.minutes', { n: minutes });
  const isLate = minutes > ANSWER_WITHIN;
  return { text: isLate ? page.t('today.waited.late', { text }) : text, isLate };
}

/** The conversation by mail: the mail to understand on top, what went before folded away. */
export function mailView(
  page: Page,
  { thread, answers, holder }: MailSource,
  place: MailPlace,
): object | null {
  if (thread.length === 0) return null;
  // Somebody else is on it: all of it is there to be read, and nothing to be done.
  const open = holder === null ? thread.filter(({ state }) => state === 'to_triage') : [];
  const asked = open[0] ?? null;
  const last = [...thread].reverse().find(({ isOurs }) => !isOurs) ?? null;
  const before = thread.filter(({ id }) => id !== asked?.id).reverse();
  return {
    triage: asked && {
      ...letterView(page, asked, place.zone),
      more: open.length > 1 ? page.t('today.mail.moreToTriage', { n: open.length - 1 }) : null,
      suggestion: suggestionText(page, asked),
      waited: waitedText(page, asked.at, place),
      keys: classKeys.map((key) => ({
        ...key,
        text: page.t(`inbox.classes.${key.class}`),
        asksDay: key.asks === 'day',
        asksPerson: key.asks === 'person',
        isSuggested: key.class === asked.machineClass,
      })),
      action: `/today/replies/${asked.id}`,
    },
    before: before.map((mail) => letterView(page, mail, place.zone)),
    hasBefore: before.length > 0,
    answer: last && answerView(page, asked ?? last, answers),
  };
}

/** What an answer may be filed as along with writing back: whom it points at, and an opposition, are told by themselves. */
const WRITTEN_BACK: readonly HumanClass[] = [
  'interested',
  'later',
  'objection',
  'not_interested',
  'wrong_person',
];

function answerView(page: Page, mail: ThreadMailLine, templates: readonly AnswerDraft[]) {
  // Another guess than those is nobody's word yet: whoever answers says it.
  const suggested = WRITTEN_BACK.find((one) => one === mail.machineClass) ?? null;
  return {
    action: `/today/replies/${mail.id}/answer`,
    from: mail.mailboxAddress,
    templates,
    classes:
      mail.state === 'to_triage'
        ? WRITTEN_BACK.map((value) => ({
            value,
            label: page.t(`inbox.classes.${value}`),
            isSelected: value === suggested,
          }))
        : null,
    asksClass: suggested === null,
  };
}

/** One mail of a conversation, as `{{> today/_letter-head}}` and `{{> today/_letter-body}}` draw it. */
export function letterView(page: Page, mail: ThreadMailLine, zone: string) {
  const said = mail.humanClass ?? mail.machineClass;
  return {
    id: mail.id,
    isOurs: mail.isOurs,
    who: mail.fromName ? `${mail.fromName} <${mail.fromAddress}>` : mail.fromAddress,
    subject: mail.subject,
    text: mail.text.trim() === '' ? mail.wholeText : mail.text,
    /** With quotations and signature, when there is more of it. */
    whole: mail.wholeText.trim() === mail.text.trim() || mail.text.trim() === '' ? null : mail.wholeText,
    htmlHref: mail.hasHtml ? `/inbox/${mail.id}/html` : null,
    when: page.format.moment(mail.at, zone),
    at: mail.at.toISOString(),
    label: said && page.t(`inbox.classes.${said}`),
  };
}

type Guess = Pick<ThreadMailLine, 'machineClass' | 'confidence'>;

/** What the machine takes it for, and how sure it is; of a person's mail it asks what the reader says. */
function suggestionText(page: Page, guess: Guess): string | null {
  const seems = seemsText(page, guess);
  const asks = guess.machineClass !== null && isHuman(guess.machineClass);
  return asks ? `${seems} ${page.t('today.mail.asks')}` : seems;
}

/** What the machine takes it for, and how sure it is. */
export function seemsText(page: Page, { machineClass, confidence }: Guess): string | null {
  if (machineClass === null) return null;
  const name = page.t(`inbox.classes.${machineClass}`);
  const sureness = page.format.percent(confidence ?? 0, 0);
  return page.t(isHuman(machineClass) ? 'today.mail.suggested' : 'today.mail.suggestedMachine', {
    name,
    sureness,
  });
}
