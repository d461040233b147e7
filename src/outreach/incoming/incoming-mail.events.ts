import type { News } from '../../database/db.js';
import type { MailClass } from '../../mail/mail-class.js';

/** A mail was stored. Told after commit; whoever sends reads `incoming_mail` again before it does. */
export class MailReceived implements News {
  static readonly named = 'mail.received';
  readonly named = MailReceived.named;

  constructor(
    readonly incomingMailId: string,
    readonly clientId: string,
    readonly prospectId: string | null,
    readonly enrolmentId: string | null,
    readonly mailClass: MailClass,
  ) {}
}
