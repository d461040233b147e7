import type { Security } from '../../mail/mail-account.js';

export interface MailboxPreset {
  key: string;
  smtp: { host: string; port: number; security: Security };
  imap: { host: string; port: number; security: Security };
}

const tls = (host: string, port: number): MailboxPreset['smtp'] => ({ host, port, security: 'tls' });
const starttls = (host: string, port: number): MailboxPreset['smtp'] => ({
  host,
  port,
  security: 'starttls',
});

/** Servers of the usual providers; `custom` is for everybody else. */
export const MAILBOX_PRESETS: readonly MailboxPreset[] = [
  { key: 'gmail', smtp: tls('smtp.gmail.com', 465), imap: tls('imap.gmail.com', 993) },
  { key: 'outlook', smtp: starttls('smtp.office365.com', 587), imap: tls('outlook.office365.com', 993) },
  { key: 'ovh', smtp: tls('ssl0.ovh.net', 465), imap: tls('ssl0.ovh.net', 993) },
  { key: 'ionos', smtp: tls('smtp.ionos.fr', 465), imap: tls('imap.ionos.fr', 993) },
  { key: 'gandi', smtp: tls('mail.gandi.net', 465), imap: tls('mail.gandi.net', 993) },
  { key: 'custom', smtp: tls('', 465), imap: tls('', 993) },
];

export function presetOf(key: string | undefined): MailboxPreset {
  return MAILBOX_PRESETS.find((preset) => preset.key === key) ?? MAILBOX_PRESETS.at(-1)!;
}
