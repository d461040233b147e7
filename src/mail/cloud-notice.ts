import type { DeliveryReport } from './machine-mail.js';
import type { FailedRecipient } from './failed-recipient.js';
import type { ReadMail } from './read-mail.js';

/** A notice of Amazon's mail service (SNS): JSON in a mail, or as a mail. */
export interface CloudNotice extends DeliveryReport {
  isComplaint: boolean;
}

interface Notice {
  notificationType?: string;
  eventType?: string;
  mail?: { messageId?: string; commonHeaders?: { messageId?: string }; destination?: string[] };
  bounce?: {
    bounceType?: string;
    bouncedRecipients?: { emailAddress?: string; status?: string; diagnosticCode?: unknown }[];
  };
  complaint?: { complainedRecipients?: { emailAddress?: string }[] };
  delivery?: { recipients?: string[]; smtpResponse?: string };
}

/** Reads it out of the text; null when the mail is none. */
export function cloudNotice(mail: ReadMail): CloudNotice | null {
  const notice = jsonIn(mail.text);
  const kind = (notice?.notificationType ?? notice?.eventType ?? '').toLowerCase();
  if (!notice || !/^(?:bounce|complaint|delivery)$/.test(kind)) return null;
  const ids = [
    notice.mail?.commonHeaders?.messageId,
    notice.mail?.messageId && `<${notice.mail.messageId}@email.amazonses.com>`,
  ];
  return {
    isComplaint: kind === 'complaint',
    recipients: recipientsOf(notice),
    originalMessageIds: ids.filter((id): id is string => typeof id === 'string' && id !== ''),
  };
}

function recipientsOf({ bounce, complaint, delivery }: Notice): DeliveryReport['recipients'] {
  if (bounce)
    return listOf(bounce.bouncedRecipients).map((one) => ({
      ...person(one.emailAddress, 'failed', one.status),
      diagnostic: textOf(one.diagnosticCode),
      stage: null,
    }));
  if (complaint)
    return listOf(complaint.complainedRecipients).map((one) => ({
      ...person(one.emailAddress, null),
      diagnostic: '',
      stage: null,
    }));
  return listOf(delivery?.recipients).map((address) => ({
    ...person(address, 'delivered', /\d\.\d\.\d+/.exec(delivery?.smtpResponse ?? '')?.[0]),
    diagnostic: '',
    stage: null,
  }));
}

function person(address: unknown, action: FailedRecipient['action'], status?: string): FailedRecipient {
  return {
    address: typeof address === 'string' ? address.toLowerCase() : null,
    action,
    status: status ?? null,
  };
}

/** What comes from outside may be anything. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = <T>(list: T[] | undefined): T[] => (Array.isArray(list) ? list.slice(0, 50) : []);

/** The JSON object the text begins with; SNS puts its own into a string of another. */
function jsonIn(text: string): Notice | null {
  const start = text.indexOf('{');
  if (start === -1 || start > 200) return null;
  const body = text.slice(start, text.lastIndexOf('}') + 1).replace(/\n/g, '');
  try {
    const found = JSON.parse(body) as Notice & { Message?: string };
    return typeof found.Message === 'string' ? (JSON.parse(found.Message) as Notice) : found;
  } catch {
    return null;
  }
}
