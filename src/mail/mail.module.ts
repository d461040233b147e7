import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { ImapInbox } from './imap-inbox.service.js';
import { Inbox } from './inbox.js';
import { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox-mailer.service.js';
import { SmtpMailer } from './smtp-mailer.service.js';
import { StillInbox } from './still-inbox.service.js';

@Module({
  providers: [
    OutboxMailer,
    SmtpMailer,
    {
      provide: Mailer,
      useFactory: (config: Config, smtp: SmtpMailer, outbox: OutboxMailer) =>
        config.mail === 'outbox' ? outbox : smtp,
      inject: [Config, SmtpMailer, OutboxMailer],
    },
    ImapInbox,
    StillInbox,
    {
      provide: Inbox,
      useFactory: (config: Config, imap: ImapInbox, still: StillInbox) =>
        config.mail === 'outbox' ? still : imap,
      inject: [Config, ImapInbox, StillInbox],
    },
  ],
  exports: [Inbox, Mailer],
})
export class MailModule {}
