import { addressIn, reportedRecipients, type ReportedRecipient } from './delivery-report.js';
import { kindOfWords, replyCodeIn, stageIn, statusIn } from './judge-refusal.js';
import { recipientsInLetter, withoutCopy } from './bounce-text.js';
import { headerOf, messageIdsIn, type ReadMail } from './read-mail.js';
import {
  LIST_ADDRESS,
  REPORT_LETTER,
  REPORT_SUBJECT,
  SYSTEM_ADDRESS,
  SYSTEM_NAME,
  WEAK_LETTER,
  WEAK_SUBJECT,
} from './report-marks.js';

/** A delivery report, structured or not: whom it speaks of, and of which message. */
export interface DeliveryReport {
  recipients: ReportedRecipient[];
  originalMessageIds: string[];
}

/** Whether it is a report of the mail system on a message of ours, and what it says; null when it is none. */
export function deliveryReport(mail: ReadMail): DeliveryReport | null {
  const structured = structuredRecipients(mail);
  if (structured.length === 0 && !readsLikeBounce(mail)) return null;
  return {
    recipients: structured.length > 0 ? withLetterWords(structured, mail) : fromLetter(mail),
    originalMessageIds: idsOfOriginal(mail),
  };
}

function structuredRecipients(mail: ReadMail): ReportedRecipient[] {
  const part = mail.parts.find(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type));
  const found = part === undefined ? [] : reportedRecipients(part.text);
  if (found.length > 0) return found;
  const isReport = /multipart\/report|delivery-status/i.test(headerOf(mail, 'content-type'));
  return isReport || readsLikeBounce(mail) ? reportedRecipients(bodyOf(mail.raw)) : [];
}

/** The letter beside a report says at which command it was refused, and all there is when the report quotes nobody. */
function withLetterWords(recipients: ReportedRecipient[], mail: ReadMail): ReportedRecipient[] {
  const letter = withoutCopy(mail.text);
  const failed = addressIn(headerOf(mail, 'x-failed-recipients'));
  return recipients.map((one) => ({
    ...one,
    address: one.address ?? failed ?? (recipients.length === 1 ? toOfCopy(mail) : null),
    stage: one.stage ?? stageIn(letter),
    diagnostic: one.diagnostic.length > 3 ? one.diagnostic : letterWords(letter, mail),
  }));
}

function letterWords(letter: string, mail: ReadMail): string {
  return recipientsInLetter(letter, oursIn(mail))[0]?.diagnostic ?? '';
}

function fromLetter(mail: ReadMail): ReportedRecipient[] {
  const letter = withoutCopy(mail.text.trim() === '' ? bodyOf(mail.raw) : mail.text);
  const found = recipientsInLetter(letter, oursIn(mail));
  const failed = headerOf(mail, 'x-failed-recipients').toLowerCase();
  const named = failed.match(/(?<![^\s,<>])[^\s,<>]+@[^\s,<>]+/g);
  if (named !== null)
    return named.map((address) => ({
      ...(found.find((one) => one.address === address) ?? found[0]!),
      address,
    }));
  if (found[0]?.address !== null) return found;
  return [
    {
      ...found[0],
      address: toOfCopy(mail),
    },
  ];
}

/** Whom the copy of our message was to. */
function toOfCopy(mail: ReadMail): string | null {
  const lines = afterHead(mail.raw).matchAll(/^To:(.*)$/gim);
  for (const [, value] of lines) {
    const address = addressIn(value);
    if (address !== null) return address;
  }
  return null;
}

/**
 * Without structure, a mail is a bounce when its sender or subject says so and its text speaks of delivery. Whoever writes
 * from no address at all may be a note of absence as well, and a person may write of deliveries: there the words must be a
 * mail system's own.
 */
function readsLikeBounce(mail: ReadMail): boolean {
  const letter = withoutCopy(mail.text || bodyOf(mail.raw)).slice(0, 6000);
  const isAbout = REPORT_SUBJECT.test(mail.subject) || headerOf(mail, 'x-failed-recipients') !== '';
  if (isFromSystem(mail))
    return (
      isAbout ||
      [WEAK_SUBJECT.test(mail.subject), REPORT_LETTER.test(letter), WEAK_LETTER.test(letter)].includes(
        true,
      ) ||
      refusesSomebody(letter)
    );
  if (LIST_ADDRESS.test(mail.from?.address ?? '')) return kindOfWords(letter) === 'sender_blocked';
  // Somebody who answers a mail about deliveries is no mail system.
  if (/^(?:re|aw|sv|rép|tr|fwd?)\s*:/i.test(mail.subject)) return false;
  if (isFromNobody(mail)) return isAbout || REPORT_LETTER.test(letter);
  return isAbout && REPORT_LETTER.test(letter);
}

/** Somebody is named, and why they cannot be reached. */
const refusesSomebody = (letter: string): boolean =>
  letter.includes('@') && (statusIn(letter) ?? replyCodeIn(letter) ?? kindOfWords(letter)) !== null;

/** A mail system by its name or address. */
export function isFromSystem(mail: ReadMail): boolean {
  const from = mail.from?.address ?? headerOf(mail, 'from');
  return SYSTEM_ADDRESS.test(from) || SYSTEM_NAME.test(mail.from?.name ?? '');
}

function isFromNobody(mail: ReadMail): boolean {
  const from = mail.from?.address ?? headerOf(mail, 'from');
  return /^\s*(?:<>)?\s*$/.test(from) || headerOf(mail, 'return-path').trim() === '<>';
}

function oursIn(mail: ReadMail): ReadonlySet<string> {
  return new Set([...mail.to, mail.from?.address ?? ''].map((address) => address.toLowerCase()));
}

/** Everything after the head of the mail. */
const bodyOf = (raw: string): string => raw.slice(Math.max(0, raw.indexOf('\n\n')));
const afterHead = bodyOf;

/** The ids of the message that came back, from its copy or the headers of it. */
export function idsOfOriginal(mail: ReadMail): string[] {
  const copies = mail.parts.filter(({ type }) => /rfc822/.test(type)).map(({ text }) => text);
  const places = [...copies, bodyOf(mail.raw), mail.text];
  const found = places.flatMap((text) =>
    [...text.matchAll(/^[ \t>|]*Message-ID:\s*(<[^<>\s]+>)/gim)].map(([, id]) => id!),
  );
  const own = mail.messageId;
  const linked = [...mail.references, ...(mail.inReplyTo === null ? [] : [mail.inReplyTo])];
  return [...new Set([...found, ...linked.flatMap(messageIdsIn)])].filter((id) => id !== own).slice(0, 20);
}
