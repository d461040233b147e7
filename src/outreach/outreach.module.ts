import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ProspectsModule } from '../prospects/prospects.module.js';
import { Answers } from './outgoing/answers.service.js';
import { InboxReader } from './incoming/inbox-reader.service.js';
import { InboxWatch } from './incoming/inbox-watch.service.js';
import { IncomingMails } from './incoming/incoming-mails.service.js';
import { MailThreads } from './incoming/mail-threads.queries.js';
import { MailThreadsController } from './incoming/mail-threads.controller.js';
import { MailboxState } from './mailboxes/mailbox-state.service.js';
import { MailboxTest } from './mailboxes/mailbox-test.service.js';
import { MailboxesController } from './mailboxes/mailboxes.controller.js';
import { MailboxQueries } from './mailboxes/mailboxes.queries.js';
import { Mailboxes } from './mailboxes/mailboxes.service.js';
import { Courtesy } from './courtesy.queries.js';
import { MailboxAccounts } from './mailboxes/mailbox-accounts.service.js';
import { MailboxRest } from './mailboxes/mailbox-rest.service.js';
import { OutgoingMails } from './outgoing/outgoing-mails.service.js';
import { SentFolders } from './incoming/sent-folders.service.js';
import { OutreachMerge } from './outreach-merge.service.js';
import { TouchGate } from './touches/touch-gate.service.js';
import { TouchLog } from './touches/touch-log.service.js';
import { TouchUndo } from './touches/touch-undo.service.js';
import { TouchesController } from './touches/touches.controller.js';
import { Touches } from './touches/touches.service.js';

@Module({
  imports: [AccountsModule, MailModule, ProspectsModule],
  controllers: [MailboxesController, MailThreadsController, TouchesController],
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
    MailThreads,
    MailboxRest,
    OutgoingMails,
    OutreachMerge,
    SentFolders,
    Touches,
    TouchGate,
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
    MailThreads,
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
