import { Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { ImapInbox } from './imap-inbox.service.js';
import { Inbox } from './inbox.js';
import { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox-mailer.service.js';
import { SmtpMailer } from './smtp-mailer.service.js';

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
    { provide: Inbox, useClass: ImapInbox },
  ],
  exports: [Inbox, Mailer],
})
export class MailModule {}
