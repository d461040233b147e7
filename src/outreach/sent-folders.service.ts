import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Inbox } from '../mail/inbox.js';
import { Mailbox } from './mailbox.entity.js';
import { MailboxAccounts } from './mailbox-accounts.service.js';

/** Asks a mailbox whether a message lies in it. */
@Injectable()
export class SentFolders {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly accounts: MailboxAccounts,
  ) {}

  /** @throws ConnectionFailed; CannotOpen */
  async holds(mailboxId: string, messageId: string): Promise<boolean> {
    const mailbox = await this.database.read((db) => db.entities.findOneBy(Mailbox, { id: mailboxId }));
    return mailbox !== null && this.inbox.holds(this.accounts.imap(mailbox), messageId);
  }
}
