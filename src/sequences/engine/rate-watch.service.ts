import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, maybe, text, word, type RowOf } from '../../database/rows.js';
import { guardCounts } from '../../outreach/mailboxes/guard-counts.queries.js';
import { MailboxRest } from '../../outreach/mailboxes/mailbox-rest.service.js';
import {
  type GuardReading,
  readGuards,
  stopNote,
  stopOf,
  testBase,
  usualBase,
} from '../../outreach/mailboxes/rate-guards.js';
import { SequenceCourse } from '../sequence-course.service.js';

const WATCHED = {
  id: text,
  clientId: text,
  guardSince: maybe(instant),
  state: word<'testing' | 'live' | 'active'>(),
};
type Watched = RowOf<typeof WATCHED>;

/** Stops a sequence or a mailbox by its rates, with the figures, before it burns the list. A person lets it go on. */
@Injectable()
export class RateWatch {
  constructor(
    private readonly database: Database,
    private readonly course: SequenceCourse,
    private readonly rest: MailboxRest,
    private readonly audit: Audit,
  ) {}

  /** Looks at everything that sends; gives how many were stopped. */
  async look(now: Date): Promise<number> {
    const { sequences, mailboxes } = await this.database.read(async (db) => ({
      sequences: await db.rows(
        sql`SELECT id, client_id, guard_since, state FROM sequence WHERE state IN ('testing', 'live')`,
        WATCHED,
      ),
      mailboxes: await db.rows(
        sql`SELECT id, client_id, guard_since, state FROM mailbox WHERE state = 'active'`,
        WATCHED,
      ),
    }));
    let stopped = 0;
    for (const one of sequences) stopped += Number(await this.lookAtSequence(one, now));
    for (const one of mailboxes) stopped += Number(await this.lookAtMailbox(one, now));
    return stopped;
  }

  /** The rates of a sequence as its guard reads them. */
  async readingsOf(
    db: Db,
    sequence: Pick<Watched, 'id' | 'guardSince'> & { state: string },
    now: Date,
  ): Promise<GuardReading[]> {
    const counts = await guardCounts(db, { sequenceId: sequence.id }, now, sequence.guardSince);
    return readGuards(counts, sequence.state === 'testing' ? testBase : usualBase);
  }

  private async lookAtSequence(sequence: Watched, now: Date): Promise<boolean> {
    const stop = stopOf(await this.database.read((db) => this.readingsOf(db, sequence, now)));
    if (stop === null) return false;
    await this.database.write(async (tx) => {
      const { metric, events, of } = stop;
      const kept = { metric, events, of, at: now.toISOString() };
      await this.course.pauseIn(tx, SYSTEM, sequence.id, { details: { guard: kept } });
      await tx.run(sql`UPDATE sequence SET guard_stop = ${JSON.stringify(kept)} WHERE id = ${sequence.id}`);
      await this.tell(tx, 'sequence', sequence, stop);
    });
    return true;
  }

  private async lookAtMailbox(mailbox: Watched, now: Date): Promise<boolean> {
    const counts = await this.database.read((db) =>
      guardCounts(db, { mailboxId: mailbox.id }, now, mailbox.guardSince),
    );
    const stop = stopOf(readGuards(counts));
    if (stop === null) return false;
    const { metric, events, of } = stop;
    await this.database.write((tx) =>
      this.rest.pause(tx, mailbox.id, 'guard', { note: stopNote(stop), details: { metric, events, of } }),
    );
    return true;
  }

  private tell(
    tx: Tx,
    subjectType: 'sequence',
    { id, clientId }: Watched,
    stop: GuardReading,
  ): Promise<void> {
    const { metric, events, of } = stop;
    return this.audit.record(tx, SYSTEM, {
      act: 'sequence.stopped',
      subjectType,
      subjectId: id,
      clientId,
      details: { reason: 'guard', metric, events, of },
    });
  }
}
