import { describe, expect, it } from 'vitest';
import { type MailboxSettings, passwordsWith } from '../../src/outreach/mailboxes/mailbox-settings.js';
import { InvalidInput } from '../../src/shared/errors.js';

const server = { host: 'mail.agence.example', port: 465, security: 'tls' as const, user: 'lea' };
const before = {
  settings: { smtp: server, imap: { ...server, port: 993, folder: 'INBOX' } } as MailboxSettings,
  passwords: { smtp: 'kept', imap: 'kept too' },
};
const changed = (smtp: Partial<typeof server> | { security: 'none' }): MailboxSettings => ({
  ...before.settings,
  smtp: { ...server, ...smtp },
});

describe('the stored password of a mailbox', () => {
  it('stays when nothing changes about where it goes', () => {
    expect(passwordsWith({}, changed({ port: 587 }), before)).toEqual(before.passwords);
  });

  it.each([
    ['another server', { host: 'mail.elsewhere.example' }],
    ['a connection in the clear', { security: 'none' as const }],
  ])('is asked again for %s', (_, change) => {
    expect(() => passwordsWith({}, changed(change), before)).toThrow(InvalidInput);
  });
});
