import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { integer, maybe, text } from '../../database/rows.js';
import type { OutgoingMail } from '../../outreach/outgoing/outgoing-mail.entity.js';
import { Facts } from '../../prospects/facts.service.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { EnrolmentPlanner } from '../enrolments/enrolment-planner.service.js';
import { planEnrolment, type PlanSource } from '../enrolments/enrolment-plan.js';
import { enrolmentRows } from '../enrolments/enrolment-row.queries.js';
import type { Enrolment } from '../enrolments/enrolment.entity.js';

/** How a mail's touch ends: the server took it, put it off, refused the address; or it never left. */
export type TouchEnd = 'sent' | 'deferred' | 'bounced' | 'not_sent';

const STEP = { sequenceId: maybe(text), stepId: maybe(text), stepPosition: maybe(integer), attempt: integer };

/** Carries what became of a mail to its touch, the facts, and the date of the next step: in the caller's transaction. */
@Injectable()
export class MailOutcomes {
  constructor(
    private readonly facts: Facts,
    private readonly planner: EnrolmentPlanner,
    private readonly ends: EnrolmentEnds,
    private readonly clock: Clock,
  ) {}

  /** The touch gets its result, and the history its fact; `not_sent` leaves none, since nothing happened. */
  async endTouch(tx: Tx, actor: Actor, mail: OutgoingMail, end: TouchEnd, at: Date): Promise<void> {
    const [step] = await tx.rows(
      sql`UPDATE touch SET result = ${end}, at = ${at} WHERE id = ${mail.id}
          RETURNING sequence_id, step_id, step_position, attempt`,
      STEP,
    );
    if (!step || end === 'not_sent') return;
    const { sequenceId, stepId, stepPosition: position, attempt } = step;
    await this.facts.append(tx, actor, {
      clientId: mail.clientId,
      prospectId: mail.prospectId,
      kind: 'touch',
      at,
      channel: 'email',
      result: end,
      aboutId: mail.id,
      details: { sequenceId, stepId, position, attempt },
    });
  }

  /** A mail that never left, leaves no touch: the step is as due as it was. */
  async forgetTouch(tx: Tx, mail: Pick<OutgoingMail, 'id' | 'enrolmentId'>): Promise<void> {
    await tx.run(sql`DELETE FROM touch WHERE id = ${mail.id} AND result = 'sending'`);
    await this.goOn(tx, mail.enrolmentId);
  }

  /** Dates what comes next from the facts as they are, unless the enrolment is over. */
  async goOn(tx: Tx, enrolmentId: string | null): Promise<void> {
    const enrolment = enrolmentId && (await this.open(tx, enrolmentId));
    if (enrolment) await this.ends.goOn(tx, SYSTEM, enrolment);
  }

  /** The same after a mail was taken, from what its claim had read: the next claim reads it all again anyway. */
  async goOnFrom(
    tx: Tx,
    enrolmentId: string,
    source: PlanSource,
    touch: PlanSource['touches'][number],
  ): Promise<void> {
    const next = planEnrolment({ ...source, touches: [...source.touches, touch] }, this.clock.now());
    if (next.kind === 'finish') return this.goOn(tx, enrolmentId);
    await tx.run(sql`UPDATE enrolment SET next_position = ${next.step?.position ?? null},
        next_channel = ${next.step?.channel ?? null}, next_attempt = ${next.attempt}, due_at = ${next.at}
      WHERE id = ${enrolmentId} AND state <> 'finished'`);
  }

  /** An open enrolment, held; null when it is over. The person must be held before. */
  async open(tx: Tx, enrolmentId: string): Promise<Enrolment | null> {
    const [enrolment] = await enrolmentRows(tx, sql`WHERE e.id = ${enrolmentId}${tx.dialect.forUpdate}`);
    return enrolment && enrolment.state !== 'finished' ? enrolment : null;
  }

  /** Puts the next step off, whatever its date. */
  async putOff(tx: Tx, enrolment: Enrolment, until: Date, reason: string): Promise<void> {
    Object.assign(enrolment, { notBefore: until, waitReason: reason });
    await this.ends.goOn(tx, SYSTEM, enrolment);
  }
}
