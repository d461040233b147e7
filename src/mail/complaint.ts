import { addressIn } from './delivery-report.js';
import type { FailedRecipient } from './failed-recipient.js';
import { idsOfOriginal } from './machine-mail.js';
import { headerOf, type ReadMail } from './read-mail.js';

export interface Complaint {
  /** Empty when the reporter hides them: find the message by its id instead. */
  recipients: FailedRecipient[];
  originalMessageIds: string[];
}

/** "This is spam", sent by the reader's provider (ARF, RFC 5965, and Microsoft's older form); null when it is none. */
export function complaintIn(mail: ReadMail): Complaint | null {
  const report = feedbackIn(mail);
  const microsoft =
    headerOf(mail, 'x-hmxmroriginalrecipient') || /^X-HmXmrOriginalRecipient:\s*(\S+)/im.exec(mail.raw)?.[1];
  if (report === null && !microsoft && !isPlainComplaint(mail)) return null;
  // Reports on authentication and on viruses have the same form (RFC 6591).
  if (/^Feedback-Type:\s*(?:not-spam|auth-failure|dmarc|virus)/im.test(report ?? '')) return null;
  const named = [
    ...`${report ?? ''}\n${mail.raw}`.matchAll(
      /^(?:Original-Rcpt-To|Redacted-Address|X-HmXmrOriginalRecipient|Removal-Recipient):\s*(.+)$/gim,
    ),
  ];
  const addresses = named.map(([, value]) => addressIn(value)).filter((address) => address !== null);
  const known = addresses.length > 0 ? addresses : recipientsOfCopy(mail);
  return {
    recipients: [...new Set(known)].map((address) => ({ address, status: null, action: null })),
    originalMessageIds: idsOfOriginal(mail),
  };
}

/** The fields of the report, wherever they stand; null when the mail is none. */
function feedbackIn(mail: ReadMail): string | null {
  const part = mail.parts.find(({ type }) => type === 'message/feedback-report');
  if (part) return part.text;
  if (/report-type\s*=\s*"?feedback-report/i.test(headerOf(mail, 'content-type'))) return mail.raw;
  const fields = /^Feedback-Type:[ \t]*\S.*(?:\n\S.*){0,20}/im.exec(mail.text)?.[0] ?? '';
  return /^(?:User-Agent|Version):/im.test(fields) ? fields : null;
}

const isPlainComplaint = (mail: ReadMail): boolean =>
  /^(?:complaint about message from|(?:fw|fwd)?:? ?abuse report|spam complaint|feedback loop)/i.test(
    mail.subject,
  ) && /staff@hotmail|abuse|fbl|feedback|complaint|postmaster/i.test(mail.from?.address ?? '');

function recipientsOfCopy(mail: ReadMail): string[] {
  const copy = mail.parts.find(({ type }) => /rfc822/.test(type))?.text ?? '';
  const to = addressIn(/^To:\s*(.+)$/im.exec(copy)?.[1]);
  return to === null ? [] : [to];
}
