import type { DeliveryReport } from './machine-mail.js';
import type { FailedRecipient } from './failed-recipient.js';
import type { ReadMail } from './read-mail.js';

/** A notice of Amazon's mail service (SNS): JSON in a mail, or as a mail. */
export interface CloudNotice extends DeliveryReport {
  isComplaint: boolean;
}

/** What comes from outside may be anything: each part is looked at before it is believed. */
type Part = Readonly<Record<string, unknown>>;

/** Reads it out of the text; null when the mail is none. */
export function cloudNotice(mail: ReadMail): CloudNotice | null {
  const notice = jsonIn(mail.text);
  const kind = textOf(notice['notificationType'] ?? notice['eventType']).toLowerCase();
  if (!/^(?:bounce|complaint|delivery|deliverydelay|reject)$/.test(kind)) return null;
  const about = partOf(notice['mail']);
  const messageId = textOf(about['messageId']);
  const ids = [
    textOf(partOf(about['commonHeaders'])['messageId']),
    messageId === '' ? '' : `<${messageId}@email.amazonses.com>`,
  ];
  return {
    isComplaint: kind === 'complaint',
    recipients: recipientsOf(notice),
    originalMessageIds: ids.filter((id) => id !== ''),
  };
}

function recipientsOf({ bounce, complaint, delivery, deliveryDelay }: Part): DeliveryReport['recipients'] {
  if (bounce !== undefined) return reportedIn(partOf(bounce), 'bouncedRecipients', 'failed');
  if (deliveryDelay !== undefined) return reportedIn(partOf(deliveryDelay), 'delayedRecipients', 'delayed');
  if (complaint !== undefined)
    return listOf(partOf(complaint)['complainedRecipients'])
      .map(partOf)
      .map((one) => ({ ...person(one['emailAddress'], null), diagnostic: '', stage: null }));
  const { recipients, smtpResponse } = partOf(delivery);
  const [status] = /\d\.\d\.\d+/.exec(textOf(smtpResponse)) ?? [];
  return listOf(recipients).map((address) => ({
    ...person(address, 'delivered', status),
    diagnostic: '',
    stage: null,
  }));
}

/** Where the server is not quoted, Amazon's own name of the cause speaks: "MailboxFull", "NoEmail". */
function reportedIn(
  report: Part,
  list: string,
  action: FailedRecipient['action'],
): DeliveryReport['recipients'] {
  const cause = textOf(report['bounceSubType']).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const own = textOf(report['bounceType']) === 'Permanent' ? '5.0.0' : '4.0.0';
  return listOf(report[list])
    .map(partOf)
    .map((one) => ({
      ...person(one['emailAddress'], action, textOf(one['status']) || own),
      diagnostic: textOf(one['diagnosticCode']) || cause,
      stage: null,
    }));
}

function person(address: unknown, action: FailedRecipient['action'], status = ''): FailedRecipient {
  return { address: textOf(address).toLowerCase() || null, action, status: status || null };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 50) : []);

const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});

/** The JSON object the text begins with, or {}; SNS puts its own into a string of another. */
function jsonIn(text: string): Part {
  const start = text.indexOf('{');
  if (start === -1 || start > 200) return {};
  const body = text.slice(start, text.lastIndexOf('}') + 1).replace(/\n/g, '');
  try {
    const found = partOf(JSON.parse(body));
    const inner = found['Message'];
    return typeof inner === 'string' ? partOf(JSON.parse(inner)) : found;
  } catch {
    return {};
  }
}
