import type { BounceKind } from './bounce-status.js';
import type { SmtpAccount } from './mail-account.js';
import type { OutgoingMessage } from './outgoing-message.js';

/** What the server said when it took the message. */
export interface Sent {
  /** As really sent; a relay may have rewritten it. */
  messageId: string;
  response: string;
  at: Date;
}

/**
 * The message was not taken. `kind` is what it means for the person and the mailbox, by the one table of
 * bounce-status.ts. `isUncertain`: the connection broke after the text was handed over, so it may have gone all the
 * same; never send it again without looking. `isTransient`: our side or the road failed before the server judged the
 * message (no connection, wrong password): it is neither the person's fault nor a bounce.
 */
export class MailRefused extends Error {
  constructor(
    message: string,
    readonly refusal: {
      status: string | null;
      kind: BounceKind;
      isUncertain: boolean;
      isTransient: boolean;
    },
  ) {
    super(message);
    this.name = 'MailRefused';
  }

  get status(): string | null {
    return this.refusal.status;
  }

  get kind(): BounceKind {
    return this.refusal.kind;
  }

  get isUncertain(): boolean {
    return this.refusal.isUncertain;
  }

  get isTransient(): boolean {
    return this.refusal.isTransient;
  }
}

/** The port through which mail leaves. Bound in mail.module.ts; tests and the demo bind another. */
export abstract class Mailer {
  /** False: what is "sent" is kept on screen and reaches nobody. */
  abstract readonly isLive: boolean;
  /** @throws MailRefused */
  abstract send(account: SmtpAccount, mail: OutgoingMessage): Promise<Sent>;
  /** Signs in and out again, sending nothing. @throws ConnectionFailed */
  abstract check(account: SmtpAccount): Promise<void>;
}
