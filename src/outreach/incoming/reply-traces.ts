import type { Classified } from '../../mail/classify-mail.js';
import { isHuman } from '../../mail/mail-class.js';
import { headerOf, type ReadMail } from '../../mail/read-mail.js';
import { emailIdentity, normaliseEmail } from '../../shared/email-address.js';
import { isMailToken } from '../outgoing/mail-token.js';
import type { ReplyTraces } from './match-reply.js';

const TOKEN = /[+/]([a-z2-7]{26})(?![a-z2-7])/g;

/** What a mail tells of the message it is about. */
export function tracesOf(
  mail: ReadMail,
  { mailClass, originalMessageIds, recipients }: Classified,
): ReplyTraces {
  const isAboutOthers =
    mailClass === 'complaint' ||
    mailClass === 'sender_blocked' ||
    mailClass.startsWith('bounce_') ||
    recipients.length > 0;
  const people = isAboutOthers ? recipients.map(({ address }) => address) : [mail.from?.address ?? null];
  // A report brings our mail back, with the token in its unsubscribe link; in an answer only the address counts, since
  // anybody may quote a link.
  const places = isAboutOthers && !isHuman(mailClass) ? [...sentTo(mail), mail.raw] : sentTo(mail);
  return {
    messageIds: originalMessageIds.slice(0, 50),
    tokens: tokensIn(places),
    people: people.flatMap((address) => identityOf(address)),
  };
}

/** Every address it was sent to, as far as the servers on the way wrote it down. */
function sentTo(mail: ReadMail): string[] {
  const names = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];
  return names
    .flatMap((name) => mail.headers.filter(({ key }) => key === name).map(({ value }) => value))
    .concat(headerOf(mail, 'x-forwarded-to'));
}

function tokensIn(places: string[]): string[] {
  const found = places.flatMap((place) =>
    [...place.slice(0, 100_000).matchAll(TOKEN)].map(([, token]) => token!),
  );
  return [...new Set(found)].filter(isMailToken).slice(0, 20);
}

export function identityOf(address: string | null): string[] {
  const normal = address === null ? null : normaliseEmail(address);
  return normal === null ? [] : [emailIdentity(normal)];
}
