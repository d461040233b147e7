import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { softBouncesOf } from '../../outreach/outgoing/mail-facts.queries.js';
import type { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { afterSoftBounce } from '../../outreach/outgoing/soft-bounces.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { MailOutcomes } from './mail-outcomes.service.js';

/** What a refusal means for the person, whether it came inside the dialogue or as a report days later: one table, one act. */
@Injectable()
export class BadNews {
  constructor(
    private readonly outcomes: MailOutcomes,
    private readonly ends: EnrolmentEnds,
    private readonly statuses: Statuses,
    private readonly clock: Clock,
  ) {}

  /** The address does not exist: it is marked, and the person's enrolments end. The person is held. */
  async hardBounce(tx: Tx, mail: OutgoingMail): Promise<void> {
    const now = this.clock.now();
    await tx.run(
      sql`UPDATE outgoing_mail SET bounced_at = COALESCE(bounced_at, ${now}) WHERE id = ${mail.id}`,
    );
    await this.outcomes.endTouch(tx, SYSTEM, mail, 'bounced', now);
    await this.addressIsDead(tx, mail.prospectId, mail.toAddress, mail.id);
  }

  /**
   * Left alone for a while, or given up after too many. @param isRetried the mail was refused in the dialogue and goes
   * again; one that was taken never does: only the step after it waits.
   */
  async softBounce(tx: Tx, mail: OutgoingMail, { isRetried }: { isRetried: boolean }): Promise<void> {
    const now = this.clock.now();
    const known = await softBouncesOf(tx, mail.prospectId, now);
    const verdict = afterSoftBounce(known.length > 0 ? known : [now]);
    if (verdict.isHard) return this.hardBounce(tx, mail);
    if (isRetried) await this.outcomes.endTouch(tx, SYSTEM, mail, 'deferred', now);
    const enrolment = mail.enrolmentId && (await this.outcomes.open(tx, mail.enrolmentId));
    if (enrolment) await this.outcomes.putOff(tx, enrolment, verdict.until, 'soft_bounce');
  }

  private async addressIsDead(tx: Tx, prospectId: string, address: string, mailId: string): Promise<void> {
    const marked = await tx.run(sql`UPDATE prospect SET email_status = 'invalid', version = version + 1
      WHERE id = ${prospectId} AND email = ${address}`);
    // Somebody has corrected the address meanwhile: the one that bounced is no longer theirs.
    if (marked === 0) return;
    await this.statuses.follow(tx, SYSTEM, prospectId, 'invalid', { aboutId: mailId });
    await this.ends.finishAll(tx, prospectId, 'bounced');
  }
}
