/** Small mails written for the tests: what people and mail systems send, cut to what matters. */

export interface Written {
  from?: string;
  to?: string;
  subject?: string;
  messageId?: string;
  inReplyTo?: string;
  references?: string;
  headers?: Record<string, string>;
  body: string;
}

/** A plain mail of a person. */
export function letter(has: Written): string {
  const head: Record<string, string | undefined> = {
    From: has.from ?? 'Jean Dupont <jean.dupont@metallerie-roux.example>',
    To: has.to ?? 'lea@epure.example',
    Subject: has.subject ?? 'Re: Bonjour',
    Date: 'Mon, 10 May 2027 09:12:00 +0200',
    'Message-ID': has.messageId ?? '<answer@metallerie-roux.example>',
    'In-Reply-To': has.inReplyTo,
    References: has.references,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...has.headers,
  };
  return `${headLines(head)}\r\n\r\n${has.body.replace(/\n/g, '\r\n')}\r\n`;
}

/** A delivery report with its three parts (RFC 3464), on the message with this id. */
export function deliveryReport(has: {
  recipient?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
  letter?: string;
  originalId?: string;
  messageId?: string;
}): string {
  const recipient = has.recipient ?? 'jean.dupont@metallerie-roux.example';
  const fields = [
    'Reporting-MTA: dns; mx.epure.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${has.action ?? 'failed'}`,
    `Status: ${has.status ?? '5.1.1'}`,
    ...(has.diagnostic ? [`Diagnostic-Code: smtp; ${has.diagnostic}`] : []),
  ];
  return report('delivery-status', {
    messageId: has.messageId,
    letter: has.letter ?? `I could not deliver your message to ${recipient}.`,
    type: 'message/delivery-status',
    fields,
    originalId: has.originalId,
    recipient,
  });
}

/** A mail of several parts: the `multipart/…` it claims to be, and [type, text] of each. */
export function parts(kind: string, sections: string[][], head: Record<string, string> = {}): string {
  const type = kind.includes(';')
    ? kind
    : `${kind}${kind === 'report' ? '; report-type=delivery-status' : ''}`;
  const body = sections.map(([part, text]) => `--b\nContent-Type: ${part}\n\n${text}\n`).join('');
  return letter({
    headers: { 'Content-Type': `multipart/${type}; boundary="b"`, ...head },
    body: `${body}--b--`,
  });
}

/** "This is spam", from the reader's provider (RFC 5965). */
export function complaint(has: {
  originalId?: string;
  recipient?: string;
  fields?: string[];
  messageId?: string;
}): string {
  return report('feedback-report', {
    messageId: has.messageId,
    letter: 'This is an email abuse report.',
    type: 'message/feedback-report',
    fields: ['Feedback-Type: abuse', 'User-Agent: SomeProvider/1.0', 'Version: 1', ...(has.fields ?? [])],
    originalId: has.originalId,
    recipient: has.recipient ?? 'redacted@redacted.invalid',
  });
}

function report(
  kind: string,
  has: {
    letter: string;
    type: string;
    fields: string[];
    originalId?: string;
    recipient: string;
    messageId?: string;
  },
): string {
  const head = headLines({
    From: 'Mail Delivery System <MAILER-DAEMON@mx.epure.example>',
    To: 'lea@epure.example',
    Subject: 'Undelivered Mail Returned to Sender',
    Date: 'Mon, 10 May 2027 09:12:00 +0200',
    'Message-ID': has.messageId ?? `<report-${kind}@mx.epure.example>`,
    'MIME-Version': '1.0',
    'Content-Type': `multipart/report; report-type=${kind}; boundary="b"`,
  });
  const original = headLines({
    From: 'lea@epure.example',
    To: has.recipient,
    Subject: 'Bonjour',
    'Message-ID': has.originalId ?? '<first@epure.example>',
  });
  return [
    `${head}\n`,
    '--b\nContent-Type: text/plain\n',
    has.letter,
    `\n--b\nContent-Type: ${has.type}\n`,
    has.fields.join('\n'),
    '\n--b\nContent-Type: text/rfc822-headers\n',
    original,
    '\n--b--\n',
  ]
    .join('\n')
    .replace(/\r?\n/g, '\r\n');
}

function headLines(head: Record<string, string | undefined>): string {
  return Object.entries(head)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n');
}
