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
  const type = headerOf(mail, 'content-type');
  const report = mail.parts.find(({ type: one }) => one === 'message/feedback-report')?.text ?? '';
  const isReport = /report-type\s*=\s*"?feedback-report/i.test(type) || report !== '';
  const microsoft =
    headerOf(mail, 'x-hmxmroriginalrecipient') || /^X-HmXmrOriginalRecipient:\s*(\S+)/im.exec(mail.raw)?.[1];
  if (!isReport && !microsoft && !isPlainComplaint(mail)) return null;
  if (/^Feedback-Type:\s*not-spam/im.test(report)) return null;
  const named = [
    ...`${report}\n${mail.raw}`.matchAll(
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

const isPlainComplaint = (mail: ReadMail): boolean =>
  /^(?:complaint about message from|(?:fw|fwd)?:? ?abuse report|spam complaint|feedback loop)/i.test(
    mail.subject,
  ) && /staff@hotmail|abuse|fbl|feedback|complaint|postmaster/i.test(mail.from?.address ?? '');

function recipientsOfCopy(mail: ReadMail): string[] {
  const copy = mail.parts.find(({ type }) => /rfc822/.test(type))?.text ?? '';
  const to = addressIn(/^To:\s*(.+)$/im.exec(copy)?.[1]);
  return to === null ? [] : [to];
}
