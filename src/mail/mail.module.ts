import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { OutboxMailer } from './outbox-mailer.service.js';

@Module({
  providers: [{ provide: Mailer, useClass: OutboxMailer }],
  exports: [Mailer],
})
export class MailModule {}
