import { domainToASCII } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import { remember } from '../shared/remember.js';
import type { MailParty, OutgoingMessage } from './outgoing-message.js';

/** Headers the composer writes itself: nobody may bring a second one. */
const OURS =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|received|return-path|dkim-signature)$/i;
const HEADER_NAME = /^[A-Za-z0-9-]{1,60}$/;

/** A value on its way into a header: one line, no control characters. Whatever a prospect is called ends here. */
export function headerValue(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The message as nodemailer takes it: text first, then HTML, UTF-8, domains in punycode. `date` is the moment it is sent. */
export function compose(mail: OutgoingMessage, date: Date): SendMailOptions {
  return {
    from: party(mail.from),
    to: party(mail.to),
    ...(mail.replyTo ? { replyTo: asciiAddress(mail.replyTo) } : {}),
    subject: headerValue(mail.subject),
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.calendar
      ? {
          icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: 'invite.ics' },
        }
      : {}),
    messageId: headerValue(mail.messageId),
    ...(mail.inReplyTo ? { inReplyTo: headerValue(mail.inReplyTo) } : {}),
    ...(mail.references?.length ? { references: mail.references.map(headerValue).join(' ') } : {}),
    date,
    headers: extraHeaders(mail.headers ?? {}),
    envelope: { from: asciiAddress(mail.from.address), to: [asciiAddress(mail.to.address)] },
    // The texts are the message: nothing is read from this machine or the net on their behalf.
    disableFileAccess: true,
    disableUrlAccess: true,
    xMailer: false,
  };
}

function extraHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!HEADER_NAME.test(name) || OURS.test(name))
        throw new Error(`"${headerValue(name)}" cannot be a header of its own`);
      return [name, headerValue(value)];
    }),
  );
}

function party({ name, address }: MailParty): { name: string; address: string } {
  return { name: headerValue(name ?? ''), address: asciiAddress(address) };
}

/** A mail names four addresses, of two domains mostly. */
const asciiDomain = remember(domainToASCII);

/** `jean@café.fr` → `jean@xn--caf-dma.fr`. One address only: a comma or a line break in it is refused. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = asciiDomain(address.slice(at + 1));
  const mailbox = address.slice(0, at);
  if (at < 1 || domain === '' || /[\s<>,;:"()[\]\\]/u.test(mailbox)) throw new Error('not one mail address');
  return `${mailbox}@${domain}`;
}
