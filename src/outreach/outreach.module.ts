import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { Answers } from './answers.service.js';
import { InboxReader } from './inbox-reader.service.js';
import { InboxWatch } from './inbox-watch.service.js';
import { IncomingMails } from './incoming-mails.service.js';
import { MailboxState } from './mailbox-state.service.js';
import { MailboxTest } from './mailbox-test.service.js';
import { MailboxesController } from './mailboxes.controller.js';
import { MailboxQueries } from './mailboxes.queries.js';
import { Mailboxes } from './mailboxes.service.js';
import { Courtesy } from './courtesy.queries.js';
import { MailboxAccounts } from './mailbox-accounts.service.js';
import { MailboxRest } from './mailbox-rest.service.js';
import { OutgoingMails } from './outgoing-mails.service.js';
import { SentFolders } from './sent-folders.service.js';
import { OutreachMerge } from './outreach-merge.service.js';
import { TouchLog } from './touch-log.service.js';
import { TouchUndo } from './touch-undo.service.js';
import { TouchesController } from './touches.controller.js';
import { Touches } from './touches.service.js';

@Module({
  imports: [AccountsModule, MailModule, ProspectsModule],
  controllers: [MailboxesController, TouchesController],
  providers: [
    Answers,
    InboxReader,
    InboxWatch,
    IncomingMails,
    MailboxState,
    MailboxTest,
    MailboxQueries,
    Mailboxes,
    Courtesy,
    MailboxAccounts,
    MailboxRest,
    OutgoingMails,
    OutreachMerge,
    SentFolders,
    Touches,
    TouchLog,
    TouchUndo,
  ],
  exports: [
    Answers,
    InboxReader,
    InboxWatch,
    IncomingMails,
    MailboxQueries,
    Mailboxes,
    Courtesy,
    MailboxAccounts,
    MailboxRest,
    MailModule,
    OutgoingMails,
    SentFolders,
    Touches,
    TouchLog,
    TouchUndo,
  ],
})
export class OutreachModule {}
