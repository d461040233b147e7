import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { Facts } from '../../prospects/facts.service.js';
import { Conflict } from '../../shared/errors.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import type { ReleaseAct } from './colleague-release.entity.js';
import type { PauseInput } from './enrolment.dto.js';
import { Enrolment } from './enrolment.entity.js';
import { lockEnrolment } from '../steps/step-outcomes.service.js';
import { VersionHolds } from '../approval/version-holds.service.js';

/** What a person does to one enrolment besides its steps: hold it, let it go on, take it out. */
@Injectable()
export class EnrolmentCare {
  constructor(
    private readonly database: Database,
    private readonly ends: EnrolmentEnds,
    private readonly facts: Facts,
    private readonly holds: VersionHolds,
    private readonly clock: Clock,
  ) {}

  /** Until a day, or until somebody resumes it. */
  pause(actor: Actor, id: string, input: PauseInput): Promise<Enrolment> {
    return this.change(actor, id, async (tx, enrolment) => {
      enrolment.state = 'paused';
      enrolment.reason = input.reason?.trim() ?? null;
      enrolment.pausedUntil = input.until === undefined ? null : new Date(input.until);
      await this.tell(tx, actor, enrolment, 'enrolment.paused');
      await this.ends.goOn(tx, actor, enrolment);
    });
  }

  /** @throws Conflict for words that may not be sent: only another version leads on from there */
  resume(actor: Actor, id: string): Promise<Enrolment> {
    return this.change(actor, id, (tx, enrolment) => this.goOn(tx, actor, enrolment));
  }

  remove(actor: Actor, id: string): Promise<Enrolment> {
    return this.change(actor, id, (tx, enrolment) => this.ends.finish(tx, actor, enrolment, 'removed'));
  }

  /**
   * Whoever waits for a colleague's answer goes on, or is taken out.
   * @throws Conflict `notWaiting` when they do not any more; as `resume`
   */
  release(actor: Actor, id: string, act: ReleaseAct): Promise<Enrolment> {
    return this.change(actor, id, async (tx, enrolment) => {
      if (enrolment.state !== 'paused' || enrolment.reason !== 'colleague_replied')
        throw new Conflict('sequences.notWaiting');
      if (act === 'resume') await this.goOn(tx, actor, enrolment);
      else await this.ends.finish(tx, actor, enrolment, 'removed');
    });
  }

  /** Dates the next step again from the facts as they are, or ends what they have stopped. */
  settle(actor: Actor, id: string): Promise<Enrolment> {
    return this.database.write(async (tx) => {
      const enrolment = await lockEnrolment(tx, actor, id);
      if (enrolment.state !== 'finished') await this.ends.goOn(tx, actor, enrolment);
      return enrolment;
    });
  }

  private async goOn(tx: Tx, actor: Actor, enrolment: Enrolment): Promise<void> {
    await this.holds.requireApproved(tx, enrolment.sequenceVersionId);
    Object.assign(enrolment, { state: 'active', reason: null, pausedUntil: null });
    await this.tell(tx, actor, enrolment, 'enrolment.resumed');
    await this.ends.goOn(tx, actor, enrolment);
  }

  private change(
    actor: Actor,
    id: string,
    act: (tx: Tx, enrolment: Enrolment) => Promise<void>,
  ): Promise<Enrolment> {
    return this.database.write(async (tx) => {
      const enrolment = await lockEnrolment(tx, actor, id);
      if (enrolment.state === 'finished') throw new Conflict('sequences.enrolmentOver');
      await act(tx, enrolment);
      return enrolment;
    });
  }

  private tell(tx: Tx, actor: Actor, enrolment: Enrolment, kind: string): Promise<unknown> {
    const { id, clientId, prospectId, reason, sequenceId, pausedUntil } = enrolment;
    const details = { sequenceId, ...(pausedUntil ? { until: pausedUntil.toISOString() } : {}) };
    return this.facts.append(tx, actor, {
      clientId,
      prospectId,
      kind,
      at: this.clock.now(),
      reason,
      aboutId: id,
      details,
    });
  }
}
