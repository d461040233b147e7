import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { MailboxRest } from '../../outreach/mailboxes/mailbox-rest.service.js';
import { PERSON_KEYS, personKeys } from '../../outreach/outgoing/outgoing-mails.queries.js';
import { type Delivery, OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { holdProspect } from '../../prospects/held-prospects.queries.js';
import { BadNews } from './bad-news.service.js';
import type { Claimed } from './engine-claims.service.js';
import { MailOutcomes } from './mail-outcomes.service.js';

/** One claimed mail on its way: begun, handed over, written down. Each of the three survives a crash before and after. */
@Injectable()
export class EngineDispatch {
  constructor(
    private readonly database: Database,
    private readonly outgoing: OutgoingMails,
    private readonly outcomes: MailOutcomes,
    private readonly badNews: BadNews,
    private readonly rest: MailboxRest,
  ) {}

  isResting(mailboxId: string, now: Date): boolean {
    return this.rest.isResting(mailboxId, now);
  }

  /**
   * One after the other: a mailbox is one connection. After a failure of its road, and once `stop` is said, the rest is
   * given back. Gives how many were taken up, whatever became of them.
   */
  async sendAll(claimed: readonly Claimed[], stop?: AbortSignal): Promise<number> {
    let takenUp = 0;
    let isRoadOpen = true;
    let isBegun: boolean | null = null;
    for (const [place, one] of claimed.entries()) {
      if (isRoadOpen && (isBegun !== null || !stop?.aborted)) {
        takenUp += 1;
        isBegun ??= await this.database.write((tx) => this.begin(tx, one));
      }
      if (isBegun) {
        const delivery = await this.outgoing.deliver(one.mailbox, one.mail);
        isBegun = await this.recordAndGoOn(one, delivery, stop?.aborted ? undefined : claimed[place + 1]);
        isRoadOpen = await this.tellMailbox(one, delivery);
      } else {
        isBegun = null;
        await this.giveBack(one);
      }
    }
    return takenUp;
  }

  /** What came of one is written down, and after one that left the next is begun: a commit for both. Null: it was not tried. */
  private async recordAndGoOn(one: Claimed, delivery: Delivery, next?: Claimed): Promise<boolean | null> {
    const record = (tx: Tx) => this.record(tx, one, delivery);
    if (next && delivery.kind === 'sent') {
      try {
        return await this.database.writeSoon(async (tx) => {
          await record(tx);
          return this.begin(tx, next);
        });
      } catch (error) {
        // What left is written down, whatever is wrong with the next.
        await this.database.write(record);
        throw error;
      }
    }
    await this.database.write(record);
    return null;
  }

  /** It was claimed and has not left: it is as if it had never been. */
  giveBack({ mail }: Claimed): Promise<void> {
    return this.database.write(async (tx) => {
      await holdProspect(tx, mail.prospectId);
      if (await this.outgoing.giveUp(tx, mail.id, 'claimed')) await this.outcomes.forgetTouch(tx, mail);
    });
  }

  /** Between the claim and this moment somebody may have answered, objected, or stopped the sequence. */
  private async begin(tx: Tx, { mail, enrolment }: Claimed): Promise<boolean> {
    const stillWanted = await tx.row(
      sql`SELECT ${personKeys} FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
            JOIN sequence s ON s.id = e.sequence_id JOIN sequence_version v ON v.id = e.sequence_version_id JOIN client k ON k.id = e.client_id
            JOIN mailbox m ON m.id = e.mailbox_id LEFT JOIN company c ON c.id = p.company_id
          WHERE e.id = ${enrolment.id} AND e.state = 'active' AND p.status IN ('new', 'in_sequence')
            AND s.state IN ('testing', 'live') AND v.state = 'approved' AND k.switched_off_at IS NULL AND m.state = 'active'`,
      PERSON_KEYS,
    );
    if (stillWanted === null || (await this.outgoing.isOpposed(tx, mail, stillWanted))) return false;
    return this.outgoing.begin(tx, mail.id);
  }

  private async record(tx: Tx, { mail, enrolment, ready }: Claimed, delivery: Delivery): Promise<void> {
    await holdProspect(tx, mail.prospectId);
    if (delivery.kind === 'not_sent') {
      if (await this.outgoing.giveUp(tx, mail.id, 'sending')) await this.outcomes.forgetTouch(tx, mail);
      return;
    }
    // A person, or another worker after long silence, has settled it meanwhile.
    if (!(await this.outgoing.settle(tx, mail, delivery))) return;
    if (delivery.kind === 'sent') {
      const { at } = delivery.sent;
      await this.outcomes.endTouch(tx, SYSTEM, mail, 'sent', at);
      const touch = { position: ready.position, attempt: ready.attempt, at, outcome: 'sent' };
      await this.outcomes.goOnFrom(tx, enrolment.id, ready.source, touch);
    }
    if (delivery.kind !== 'refused') return;
    if (delivery.error.kind === 'bounce_hard') return this.badNews.hardBounce(tx, mail);
    if (delivery.error.kind === 'bounce_soft') return this.badNews.softBounce(tx, mail, { isRetried: true });
    // Refused for our sake: the person is as due as before, and waits with the mailbox.
    await this.outcomes.forgetTouch(tx, mail);
  }

  private async tellMailbox({ mail, mailbox }: Claimed, delivery: Delivery): Promise<boolean> {
    if (delivery.kind === 'not_sent') {
      await this.rest.roadFailed(mailbox.id, delivery.response);
      return false;
    }
    if (delivery.kind === 'refused' && delivery.error.kind === 'sender_blocked') {
      await this.rest.blocked(mailbox.id, { response: delivery.error.message, mailId: mail.id });
      return false;
    }
    this.rest.roadIsOpen(mailbox.id);
    return true;
  }
}
