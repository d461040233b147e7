import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { isUnderWay } from '../../outreach/outgoing/outgoing-mails.queries.js';
import { OutgoingMails } from '../../outreach/outgoing/outgoing-mails.service.js';
import { holdProspect } from '../../prospects/held-prospects.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { MailOutcomes } from './mail-outcomes.service.js';

const MINUTE = 60_000;
/** From claim to server it takes milliseconds: whatever waits longer was left behind by a crash. */
const CLAIM_LEASE = 2 * MINUTE;
/** Longer than any dialogue with a mail server is let run, from the moment it began: a big claim may have waited for it. */
const SENDING_LEASE = 10 * MINUTE;
const AT_ONCE = 100;

/** Takes up what was interrupted: mails a crash left behind, pauses whose day has come. */
@Injectable()
export class EngineRecovery {
  constructor(
    private readonly database: Database,
    private readonly outgoing: OutgoingMails,
    private readonly outcomes: MailOutcomes,
    private readonly ends: EnrolmentEnds,
    private readonly facts: Facts,
  ) {}

  /**
   * A mail that was only claimed never left: it is given up, and due again. One that was being handed over may have
   * left: it is uncertain from now on, and never sent again by itself.
   */
  async takeUpLeftovers(now: Date): Promise<number> {
    const left = await this.database.read((db) =>
      db.rows(
        sql`SELECT id, state, prospect_id, enrolment_id FROM outgoing_mail
            WHERE ${isUnderWay} AND state = 'claimed' AND claimed_at < ${new Date(now.getTime() - CLAIM_LEASE)}
            UNION ALL
            SELECT id, state, prospect_id, enrolment_id FROM outgoing_mail
            WHERE ${isUnderWay} AND state = 'sending' AND started_at < ${new Date(now.getTime() - SENDING_LEASE)}
            LIMIT ${AT_ONCE}`,
        LEFT,
      ),
    );
    for (const mail of left) {
      await this.database.write(async (tx) => {
        await holdProspect(tx, mail.prospectId);
        if (mail.state === 'claimed') await this.giveUp(tx, mail);
        else
          await tx.run(
            sql`UPDATE outgoing_mail SET state = 'uncertain' WHERE id = ${mail.id} AND state = 'sending'`,
          );
      });
    }
    return left.length;
  }

  /** Pauses whose day has come are over: a fact, and the next step is dated again. */
  async wake(now: Date): Promise<number> {
    const due = await this.database.read((db) =>
      db.rows(
        sql`SELECT id, prospect_id FROM enrolment WHERE state = 'paused' AND paused_until <= ${now}
            ORDER BY paused_until LIMIT ${AT_ONCE}`,
        { id: text, prospectId: text },
      ),
    );
    for (const { id, prospectId } of due) {
      await this.database.write(async (tx) => {
        await holdProspect(tx, prospectId);
        const enrolment = await this.outcomes.open(tx, id);
        if (enrolment?.state !== 'paused' || !enrolment.pausedUntil || enrolment.pausedUntil > now) return;
        const { clientId, sequenceId } = enrolment;
        Object.assign(enrolment, { state: 'active', reason: null, pausedUntil: null });
        await this.facts.append(tx, SYSTEM, {
          clientId,
          prospectId,
          kind: 'enrolment.resumed',
          aboutId: id,
          details: { sequenceId },
        });
        await this.ends.goOn(tx, SYSTEM, enrolment);
      });
    }
    return due.length;
  }

  private async giveUp(tx: Tx, mail: Pick<OutgoingMail, 'id' | 'enrolmentId'>): Promise<void> {
    if (await this.outgoing.giveUp(tx, mail.id, 'claimed')) await this.outcomes.forgetTouch(tx, mail);
  }
}

const LEFT = { id: text, state: text, prospectId: text, enrolmentId: maybe(text) };
