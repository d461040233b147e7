import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import type { SmtpAccount } from './mail-account.js';
import { Mailer, type Sent } from './mailer.js';
import type { OutgoingMessage } from './outgoing-message.js';

/** Takes every message and lets none leave: what was "sent" is read in the on-screen outbox. */
@Injectable()
export class OutboxMailer extends Mailer {
  readonly isLive = false;

  constructor(private readonly clock: Clock) {
    super();
  }

  async send(_account: SmtpAccount, mail: OutgoingMessage): Promise<Sent> {
    return { messageId: mail.messageId, response: '250 kept in the outbox', at: this.clock.now() };
  }

  async check(): Promise<void> {}
}
