import { Injectable, Logger } from '@nestjs/common';
import { CannotOpen } from '../../config/secret-box.js';
import { Database } from '../../database/database.js';
import { ConnectionFailed } from '../../mail/connection-failed.js';
import { Inbox } from '../../mail/inbox.js';
import { IncomingMails } from './incoming-mails.service.js';
import { MailboxAccounts } from '../mailboxes/mailbox-accounts.service.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import { MailboxState } from '../mailboxes/mailbox-state.service.js';

/** Mails taken in one visit; more wait for the next, so that one full mailbox does not keep the others waiting. */
const AT_ONCE = 200;
/** Visits at the same time: a server that never answers holds up few others. */
const SIDE_BY_SIDE = 5;
/** A folder made anew is read again from this long before the last visit. */
const OVERLAP_DAYS = 3;
/** A password refused this often in a row is no accident. */
const REFUSED_IN_A_ROW = 3;

/** Visits mailboxes and takes in what is new. */
@Injectable()
export class InboxReader {
  private readonly logger = new Logger('InboxReader');
  private readonly visits = new Map<string, Promise<void>>();
  private readonly refusals = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly incoming: IncomingMails,
    private readonly accounts: MailboxAccounts,
    private readonly state: MailboxState,
  ) {}

  /** Every mailbox that was ever let in anywhere; one that rests from sending is read all the same. */
  async readAll(stop?: AbortSignal): Promise<void> {
    const waiting = await this.state.readable();
    while (waiting.length > 0 && !stop?.aborted)
      await Promise.all(waiting.splice(0, SIDE_BY_SIDE).map(({ id }) => this.read(id, stop)));
  }

  /**
   * One visit at a time to each; whoever asks during a visit waits for its end. `stop` cuts it short: what was taken in is
   * kept with the place reached, the rest waits for the next.
   */
  read(mailboxId: string, stop?: AbortSignal): Promise<void> {
    const under =
      this.visits.get(mailboxId) ?? this.visit(mailboxId, stop).finally(() => this.visits.delete(mailboxId));
    this.visits.set(mailboxId, under);
    return under;
  }

  private async visit(mailboxId: string, stop: AbortSignal | undefined): Promise<void> {
    const mailbox = await this.database.read((db) => db.entities.findOneBy(Mailbox, { id: mailboxId }));
    if (mailbox === null) return;
    try {
      const reached = await this.inbox.fetchNew(
        this.accounts.imap(mailbox),
        { position: positionOf(mailbox), rereadSince: rereadSince(mailbox), limit: AT_ONCE, stop },
        async (mail) => {
          await this.incoming.take(mailbox, mail);
        },
      );
      this.refusals.delete(mailboxId);
      await this.state.checked(mailboxId, reached);
    } catch (error) {
      // That we hung up is no fault of the mailbox.
      if (!stop?.aborted) await this.failed(mailboxId, error);
    }
  }

  private async failed(mailboxId: string, error: unknown): Promise<void> {
    const isShut =
      error instanceof CannotOpen || (error instanceof ConnectionFailed && error.step === 'signIn');
    if (!isShut && !(error instanceof ConnectionFailed)) this.logger.error({ err: error, mailboxId });
    const step = error instanceof ConnectionFailed ? error.step : isShut ? 'password' : 'talk';
    const inARow = isShut ? (this.refusals.get(mailboxId) ?? 0) + 1 : 0;
    this.refusals.set(mailboxId, inARow);
    await this.state.failed(
      mailboxId,
      `imap.${step}`,
      inARow >= REFUSED_IN_A_ROW || error instanceof CannotOpen,
    );
  }
}

function positionOf({ uidValidity, uid }: Mailbox): { uidValidity: string; uid: number } | null {
  return uidValidity === null || uid === null ? null : { uidValidity, uid };
}

function rereadSince({ lastCheckedAt, createdAt }: Mailbox): Date {
  return new Date((lastCheckedAt ?? createdAt).getTime() - OVERLAP_DAYS * 86_400_000);
}
