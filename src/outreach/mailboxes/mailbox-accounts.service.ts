import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../config/secret-box.js';
import type { ImapAccount, SmtpAccount } from '../../mail/mail-account.js';
import type { Mailbox } from './mailbox.entity.js';

export interface MailboxPasswords {
  smtp: string;
  imap: string;
}

type Sealed = Pick<Mailbox, 'id' | 'secrets'>;

/** The only place where a mailbox's passwords are in clear. */
@Injectable()
export class MailboxAccounts {
  constructor(private readonly box: SecretBox) {}

  /** How to send from it. @throws CannotOpen when SECRET_KEY is another one than when the password was typed */
  smtp(mailbox: Sealed & Pick<Mailbox, 'smtp'>): SmtpAccount {
    const { host, port, security, user } = mailbox.smtp;
    return { key: mailbox.id, host, port, security, user, password: this.passwords(mailbox).smtp };
  }

  /** How to read it. @throws CannotOpen */
  imap(mailbox: Sealed & Pick<Mailbox, 'imap'>): ImapAccount {
    const { host, port, security, user, folder } = mailbox.imap;
    return { key: mailbox.id, host, port, security, user, folder, password: this.passwords(mailbox).imap };
  }

  /** What to keep in `secrets`. */
  seal(mailboxId: string, passwords: MailboxPasswords): string {
    return this.box.seal(JSON.stringify(passwords), placeOf(mailboxId));
  }

  /** @throws CannotOpen */
  passwords(mailbox: Sealed): MailboxPasswords {
    return JSON.parse(this.box.open(mailbox.secrets, placeOf(mailbox.id))) as MailboxPasswords;
  }
}

const placeOf = (mailboxId: string): string => `mailbox ${mailboxId}`;
