import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import type { MailboxPause } from './mailbox.entity.js';

const MINUTE = 60_000;
/** A server that cannot be reached is tried again after one minute, two, four … an hour at most. */
const LONGEST_REST = 60 * MINUTE;

/** When a mailbox must not send: for a while when the road to its server is closed, until somebody says so when it was stopped. */
@Injectable()
export class MailboxRest {
  /** In this process alone: another worker finds out for itself. */
  private readonly resting = new Map<string, { until: number; minutes: number }>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  isResting(mailboxId: string, now: Date): boolean {
    return (this.resting.get(mailboxId)?.until ?? 0) > now.getTime();
  }

  roadIsOpen(mailboxId: string): void {
    this.resting.delete(mailboxId);
  }

  async roadFailed(mailboxId: string, why: string): Promise<void> {
    const minutes = Math.min((this.resting.get(mailboxId)?.minutes ?? 0.5) * 2, LONGEST_REST / MINUTE);
    this.resting.set(mailboxId, { until: this.clock.now().getTime() + minutes * MINUTE, minutes });
    await this.database.write((tx) =>
      tx.run(sql`UPDATE mailbox SET last_error = ${why.slice(0, 500)} WHERE id = ${mailboxId}`),
    );
  }

  /** A server refused us for our own sake: policy, reputation, a block list. The people stay valid. */
  blocked(
    mailboxId: string,
    { response, mailId }: { response: string; mailId: string | null },
  ): Promise<void> {
    return this.database.write((tx) =>
      this.pause(tx, mailboxId, 'senderBlocked', { note: response.slice(0, 500), details: { mailId } }),
    );
  }

  /** Stops an active mailbox until a person lets it go on. False: it rests already. */
  async pause(
    tx: Tx,
    mailboxId: string,
    reason: MailboxPause,
    { note, details }: { note: string; details: Record<string, unknown> },
  ): Promise<void> {
    const [stopped] = await tx.rows(
      sql`UPDATE mailbox SET state = 'paused', paused_reason = ${reason}, paused_note = ${note},
            paused_at = ${this.clock.now()}, version = version + 1
          WHERE id = ${mailboxId} AND state = 'active' RETURNING client_id`,
      { clientId: text },
    );
    if (!stopped) return;
    await this.audit.record(tx, SYSTEM, {
      act: 'mailbox.stopped',
      subjectType: 'mailbox',
      subjectId: mailboxId,
      clientId: stopped.clientId,
      details: { reason, ...details },
    });
  }
}
