import { addressIn, reportedRecipients, type ReportedRecipient } from './delivery-report.js';
import { stageIn } from './judge-refusal.js';
import { recipientsInLetter, withoutCopy } from './bounce-text.js';
import { headerOf, messageIdsIn, type ReadMail } from './read-mail.js';

/** A delivery report, structured or not: whom it speaks of, and of which message. */
export interface DeliveryReport {
  recipients: ReportedRecipient[];
  originalMessageIds: string[];
}

const SENDER =
  /^(?:mailer[-_. ]?daemon|post_?master|mail[-_. ]?delivery|mdaemon|double-?bounce|bounces?|no-?reply-?bounce)/i;
const SENDER_NAME =
  /mail delivery|mailer[- ]daemon|delivery (?:subsystem|system|service|agent)|postmaster|mail administrator|mail system|courier|système de (?:distribution|messagerie)/i;
const SUBJECT =
  /undeliver|un-?deliverable|returned? (?:mail|message|to sender)|delivery (?:status|failure|failed|report|problem|error|notification|has failed|unsuccess|incomplete|delay)|failure (?:notice|delivery)|failed delivery|mail (?:system error|delivery|could not|failure|not delivered|status report|undelivered|rejected)|message (?:delivery|not delivered|undeliver|could not|delayed)|non[- ]?(?:delivery|remis|distribu)|could not be delivered|not (?:be )?delivered|échec de (?:la )?(?:remise|livraison|distribution)|message non (?:remis|distribué)|retour de courrier|unzustellbar|nicht zugestellt|zustell|rechazado|no se ha podido entregar|devuelto|mancata consegna|loop alert|warning: could not send|bounce|delivery|mail error|エラー|送信できません|配信/i;
const LETTER =
  /(?:was not|could ?n[o']t be|cannot be|has not been|not|been unable to be) delivered|unable to deliver|undeliverable|delivery (?:to the following|has failed|failed|error)|permanent (?:fatal )?error|following address(?:es)? (?:failed|had)|returned to sender|qmail-send program|mail delivery|n'a pas pu être (?:remis|distribué|délivré|livré)|konnte nicht zugestellt|送信できません|届けできません|delivery errors|did not receive this message|this message was created automatically by mail|recipient|user unknown|duplicated message-id/i;

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
    address: one.address ?? failed,
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

/** Without structure, a mail is a bounce when its sender or subject says so and its text speaks of delivery. */
function readsLikeBounce(mail: ReadMail): boolean {
  const isSystem = isFromSystem(mail);
  const isAbout = SUBJECT.test(mail.subject) || headerOf(mail, 'x-failed-recipients') !== '';
  if (isSystem && isAbout) return true;
  // Somebody who answers a mail about deliveries is no mail system.
  if (!isSystem && /^(?:re|aw|sv|rép|tr|fwd?)\s*:/i.test(mail.subject)) return false;
  return (isSystem || isAbout) && LETTER.test(withoutCopy(mail.text || bodyOf(mail.raw)).slice(0, 6000));
}

function isFromSystem(mail: ReadMail): boolean {
  const from = mail.from?.address ?? headerOf(mail, 'from');
  const isNobody = /^\s*(?:<>)?\s*$/;
  if (SENDER.test(from) || SENDER_NAME.test(mail.from?.name ?? '')) return true;
  return isNobody.test(from) || headerOf(mail, 'return-path').trim() === '<>';
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
