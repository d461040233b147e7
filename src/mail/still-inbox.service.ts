import { Injectable } from '@nestjs/common';
import { Inbox, type InboxPosition, type InboxWatch } from './inbox.js';
import type { ImapAccount } from './mail-account.js';

const EMPTY: InboxPosition = { uidValidity: '1', uid: 0 };

/** Where no mail leaves, none comes in: connects to nobody. Goes with the outbox mailer. */
@Injectable()
export class StillInbox extends Inbox {
  async fetchNew(
    _account: ImapAccount,
    { position }: { position: InboxPosition | null },
  ): Promise<InboxPosition> {
    return position ?? EMPTY;
  }

  async watch(): Promise<InboxWatch> {
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    return { ended, close: end };
  }

  async holds(): Promise<boolean> {
    return true;
  }

  async check(): Promise<InboxPosition> {
    return EMPTY;
  }
}
