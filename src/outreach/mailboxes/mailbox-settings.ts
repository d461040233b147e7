import type { ServerLogin } from '../../mail/mail-account.js';
import { normaliseEmail } from '../../shared/email-address.js';
import { InvalidInput } from '../../shared/errors.js';
import type { MailboxChangeInput, MailboxInput, ServerInput } from './mailbox.dto.js';

/** What of a mailbox is written from a form. */
export interface MailboxSettings {
  senderName: string;
  userId: string | null;
  smtp: ServerLogin;
  imap: ServerLogin & { folder: string };
  dailyCap: number;
  gapMinSeconds: number;
  gapMaxSeconds: number;
}

export interface TypedPasswords {
  smtp: string;
  imap: string;
}

export const USUAL = { userId: null, dailyCap: 30, gapMinSeconds: 180, gapMaxSeconds: 600 };

/** @throws InvalidInput */
export function addressOf(input: MailboxInput): string {
  const address = normaliseEmail(input.address);
  if (address === null) throw new InvalidInput({ address: 'isEmail' });
  return address;
}

/** The settings with what was said put in; the rest stays. @throws InvalidInput */
export function settingsWith(
  input: MailboxInput | MailboxChangeInput,
  address: string,
  before?: MailboxSettings,
): MailboxSettings {
  const { smtp, imap } = { smtp: input.smtp, imap: input.imap };
  const settings: MailboxSettings = {
    senderName: input.senderName ?? before?.senderName ?? address,
    userId: input.userId === undefined ? (before?.userId ?? USUAL.userId) : input.userId || null,
    dailyCap: input.dailyCap ?? before?.dailyCap ?? USUAL.dailyCap,
    gapMinSeconds: input.gapMinSeconds ?? before?.gapMinSeconds ?? USUAL.gapMinSeconds,
    gapMaxSeconds: input.gapMaxSeconds ?? before?.gapMaxSeconds ?? USUAL.gapMaxSeconds,
    smtp: smtp ? loginOf('smtp', smtp, address) : before!.smtp,
    imap: imap ? { ...loginOf('imap', imap, address), folder: imap.folder || 'INBOX' } : before!.imap,
  };
  if (settings.gapMaxSeconds < settings.gapMinSeconds)
    throw new InvalidInput({ gapMaxSeconds: 'mail.gapOrder' });
  return settings;
}

/**
 * The passwords with what was typed put in; a blank one of IMAP is that of SMTP, as with nearly every provider. One that
 * was typed for a server goes to no other, nor in the clear: whoever may name servers may not know it. @throws InvalidInput
 */
export function passwordsWith(
  input: MailboxInput | MailboxChangeInput,
  settings: MailboxSettings,
  before?: { settings: MailboxSettings; passwords: TypedPasswords },
): TypedPasswords {
  const isMoved = (server: 'smtp' | 'imap'): boolean => {
    if (before === undefined) return false;
    const [old, wanted] = [before.settings[server], settings[server]];
    return old.host !== wanted.host || (wanted.security === 'none' && old.security !== 'none');
  };
  const kept = (server: 'smtp' | 'imap'): string | undefined =>
    isMoved(server) ? undefined : before?.passwords[server];
  const smtp = input.smtp?.password || kept('smtp');
  const imap = input.imap?.password || kept('imap') || input.smtp?.password;
  const missing = (server: 'smtp' | 'imap'): InvalidInput =>
    new InvalidInput({ [`${server}.password`]: isMoved(server) ? 'mail.passwordAgain' : 'isNotEmpty' });
  if (!smtp) throw missing('smtp');
  if (!imap) throw missing('imap');
  return { smtp, imap };
}

/** A name or an IP address; no scheme, no path, no port. */
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$|^[0-9a-f]*:[0-9a-f:.]+$/;

function loginOf(server: string, { host, port, security, user }: ServerInput, address: string): ServerLogin {
  const name = host.toLowerCase();
  if (!HOST.test(name)) throw new InvalidInput({ [`${server}.host`]: 'mail.host' });
  return { host: name, port, security, user: user || address };
}
