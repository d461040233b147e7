import { DateTime } from 'luxon';
import { automaticReply } from './automatic-reply.js';
import type { BounceKind } from './bounce-status.js';
import { cloudNotice } from './cloud-notice.js';
import { complaintIn } from './complaint.js';
import type { ReportedRecipient } from './delivery-report.js';
import type { FailedRecipient } from './failed-recipient.js';
import { judgeRefusal, kindOfWords, statusIn } from './judge-refusal.js';
import { type DeliveryReport, deliveryReport, idsOfOriginal } from './machine-mail.js';
import type { MailClass } from './mail-class.js';
import { newText } from './new-text.js';
import { headerOf, type ReadMail } from './read-mail.js';
import { suggestClass } from './reply-class.js';
import { returnDate } from './return-date.js';
import { unsubscribeConfidence } from './unsubscribe-words.js';
import { withoutSignature } from './signature.js';

export interface Classified {
  mailClass: MailClass;
  /** 0–1. */
  confidence: number;
  /** Whom a report or complaint is about; empty for everything people and their programs answer. */
  recipients: FailedRecipient[];
  /** Of the first recipient that failed. */
  status: string | null;
  /** New text only; '' for machines' mail but out-of-office notes. */
  replyText: string;
  /** Out-of-office: the day they are back, `YYYY-MM-DD`. */
  resumeOn: string | null;
  /** Messages of ours it is about or answers. */
  originalMessageIds: string[];
}

/**
 * One class for one mail, in this order: complaint, delivery report, any other report, calendar answer, automatic reply,
 * "leave me alone", answer of a person. A calendar answer stands before the automatic reply, since calendars mark theirs as generated.
 * `receivedAt` dates what the mail says about days ("back on Monday").
 */
export function classifyMail(mail: ReadMail, receivedAt: Date): Classified {
  return (
    byComplaint(mail) ??
    byReport(mail) ??
    byOtherReport(mail) ??
    byCalendar(mail) ??
    byProgram(mail, receivedAt) ??
    byPerson(mail)
  );
}

function byComplaint(mail: ReadMail): Classified | null {
  const notice = cloudNotice(mail);
  const complaint = notice?.isComplaint ? notice : complaintIn(mail);
  return (
    complaint && {
      ...blank('complaint', 0.98),
      recipients: complaint.recipients.map(bare),
      originalMessageIds: complaint.originalMessageIds,
    }
  );
}

function byReport(mail: ReadMail): Classified | null {
  const report = cloudNotice(mail) ?? deliveryReport(mail);
  if (report === null) return null;
  const failed = report.recipients.filter(({ action }) => action === null || action === 'failed');
  const kinds = failed.map(kindOf);
  const worst = (['bounce_hard', 'sender_blocked', 'bounce_soft'] as const).find((kind) =>
    kinds.includes(kind),
  );
  const isSaid = failed.some((one) => one.status !== null || kindOfWords(one.diagnostic) !== null);
  return {
    ...blank(
      failed.length === 0 ? 'automatic' : (worst ?? 'bounce_soft'),
      isSaid || failed.length === 0 ? 0.95 : 0.6,
    ),
    ...outlineOf(report, failed, worst),
  };
}

function outlineOf(
  report: DeliveryReport,
  failed: ReportedRecipient[],
  worst: BounceKind | undefined,
): Pick<Classified, 'recipients' | 'status' | 'originalMessageIds'> {
  const shown = failed.find((one) => kindOf(one) === worst) ?? report.recipients[0];
  return {
    recipients: report.recipients.map(bare),
    status: shown === undefined ? null : (shown.status ?? statusIn(shown.diagnostic)),
    originalMessageIds: report.originalMessageIds,
  };
}

const kindOf = ({ status, diagnostic, stage }: ReportedRecipient): BounceKind =>
  judgeRefusal({ status, text: diagnostic, stage });

/** "Your message was read", "your signature failed": reports, but not on delivery. */
function byOtherReport(mail: ReadMail): Classified | null {
  const isReport =
    /multipart\/report|report-type\s*=/i.test(headerOf(mail, 'content-type')) ||
    mail.parts.some(({ type }) =>
      /^message\/(?:(?:global-)?disposition-notification|feedback-report|tracking-status)$/.test(type),
    );
  return isReport ? { ...blank('automatic', 0.97), originalMessageIds: idsOfOriginal(mail) } : null;
}

function byCalendar(mail: ReadMail): Classified | null {
  const answer = mail.parts.some(({ type, method, text }) => {
    const said = method ?? /^METHOD:(\w+)/im.exec(text)?.[1]?.toUpperCase();
    return /^(?:text\/calendar|application\/ics)$/.test(type) && (said === 'REPLY' || said === 'COUNTER');
  });
  return answer
    ? {
        ...blank('calendar_response', 0.98),
        originalMessageIds: answered(mail),
        replyText: newText(mail.text),
      }
    : null;
}

function byProgram(mail: ReadMail, receivedAt: Date): Classified | null {
  const fresh = newText(mail.text);
  const found = automaticReply(mail, fresh);
  if (found === null) return null;
  const { mailClass, confidence } = found;
  const day = DateTime.fromJSDate(receivedAt, { zone: 'utc' });
  return {
    ...blank(mailClass, confidence),
    replyText: fresh,
    resumeOn: mailClass === 'out_of_office' ? returnDate(`${mail.subject}. ${fresh}`, day) : null,
    originalMessageIds: answered(mail),
  };
}

function byPerson(mail: ReadMail): Classified {
  const fresh = newText(mail.text);
  const said = withoutSignature(fresh) || (fresh === '' ? mail.subject : fresh);
  const leaving = unsubscribeConfidence(said);
  const { mailClass, confidence } =
    leaving > 0 ? { mailClass: 'unsubscribe' as const, confidence: leaving } : suggestClass(said);
  return { ...blank(mailClass, confidence), replyText: fresh, originalMessageIds: answered(mail) };
}

/** What it answers, nearest first. */
function answered({ inReplyTo, references }: ReadMail): string[] {
  return [...new Set([...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()])];
}

const bare = ({ address, status, action }: FailedRecipient): FailedRecipient => ({ address, status, action });

function blank(mailClass: MailClass, confidence: number): Classified {
  return {
    mailClass,
    confidence,
    recipients: [],
    status: null,
    replyText: '',
    resumeOn: null,
    originalMessageIds: [],
  };
}
