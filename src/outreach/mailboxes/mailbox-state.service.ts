import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { text } from '../../database/rows.js';
import type { InboxPosition } from '../../mail/inbox.js';
import { MailboxRest } from './mailbox-rest.service.js';

/** What visits write down on a mailbox. */
@Injectable()
export class MailboxState {
  constructor(
    private readonly database: Database,
    private readonly rest: MailboxRest,
    private readonly clock: Clock,
  ) {}

  /** The ids of those that were let in once, the one that waited longest first. */
  readable(): Promise<{ id: string }[]> {
    return this.database.read((db) =>
      db.rows(
        sql`SELECT id FROM mailbox WHERE paused_reason IS NULL OR paused_reason NOT IN ('untested', 'signIn', 'retired')
            ORDER BY CASE WHEN last_checked_at IS NULL THEN 0 ELSE 1 END, last_checked_at, id`,
        { id: text },
      ),
    );
  }

  /** Read up to there; the place is never taken back, since another worker may be ahead. */
  async checked(id: string, { uidValidity, uid }: InboxPosition): Promise<void> {
    await this.database.write(async (tx) => {
      await tx.run(sql`UPDATE mailbox SET last_checked_at = ${this.clock.now()},
          last_error = CASE WHEN last_error LIKE 'imap.%' THEN NULL ELSE last_error END WHERE id = ${id}`);
      await tx.run(sql`UPDATE mailbox SET uid_validity = ${uidValidity}, uid = ${uid} WHERE id = ${id}
          AND (uid_validity IS NULL OR uid_validity <> ${uidValidity} OR uid < ${uid})`);
    });
  }

  /** `isShut`: it stops sending too, since answers would go unheard. */
  async failed(id: string, error: string, isShut: boolean): Promise<void> {
    await this.database.write(async (tx) => {
      await tx.run(sql`UPDATE mailbox SET last_error = ${error} WHERE id = ${id}`);
      if (isShut) await this.rest.pause(tx, id, 'signIn', { note: error, details: { error } });
    });
  }
}
