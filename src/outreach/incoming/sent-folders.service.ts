import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Inbox } from '../../mail/inbox.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../mailboxes/mailbox-accounts.service.js';

/** Asks a mailbox whether a message lies in it. */
@Injectable()
export class SentFolders {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly accounts: MailboxAccounts,
  ) {}

  /** @throws ConnectionFailed; CannotOpen */
  async holds(mailboxId: string, messageId: string, stop?: AbortSignal): Promise<boolean> {
    const mailbox = await this.database.read((db) => db.entities.findOneBy(Mailbox, { id: mailboxId }));
    // Nobody signs in to a retired one: a person says what became of its last mails.
    if (mailbox === null || mailbox.pausedReason === 'retired') return false;
    return this.inbox.holds(this.accounts.imap(mailbox), messageId, stop);
  }
}
