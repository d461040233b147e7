import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { ConnectionFailed } from '../../mail/connection-failed.js';
import { Inbox, type InboxWatch as OpenWatch } from '../../mail/inbox.js';
import { InboxReader } from './inbox-reader.service.js';
import { MailboxAccounts } from '../mailboxes/mailbox-accounts.service.js';
import { Mailbox } from '../mailboxes/mailbox.entity.js';
import { MailboxState } from '../mailboxes/mailbox-state.service.js';

/** Keeps a line open to each mailbox (IMAP IDLE), so that an answer is known within seconds; the timetable reads besides. */
@Injectable()
export class InboxWatch implements OnModuleDestroy {
  private readonly logger = new Logger('InboxWatch');
  private readonly open = new Map<string, OpenWatch>();

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly accounts: MailboxAccounts,
    private readonly state: MailboxState,
    private readonly reader: InboxReader,
  ) {}

  /** Opens the lines that are missing, closes those nobody wants any more; each beat of the timetable mends what broke. */
  async keep(stop?: AbortSignal): Promise<void> {
    const wanted = new Set((await this.state.readable()).map(({ id }) => id));
    for (const [id, watch] of this.open) if (!wanted.has(id)) watch.close();
    for (const id of wanted) if (!this.open.has(id) && !stop?.aborted) await this.listen(id, stop);
  }

  onModuleDestroy(): void {
    for (const watch of this.open.values()) watch.close();
  }

  private async listen(id: string, stop: AbortSignal | undefined): Promise<void> {
    const mailbox = await this.database.read((db) => db.entities.findOneBy(Mailbox, { id }));
    if (mailbox === null) return;
    try {
      const onNews = () => void this.reader.read(id, stop);
      const watch = await this.inbox.watch(this.accounts.imap(mailbox), onNews, stop);
      this.open.set(id, watch);
      void watch.ended.finally(() => this.open.delete(id));
    } catch (error) {
      // The reader finds the same closed door, and writes it down.
      if (!(error instanceof ConnectionFailed)) this.logger.warn({ err: error, mailboxId: id });
    }
  }
}
