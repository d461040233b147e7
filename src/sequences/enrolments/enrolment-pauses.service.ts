import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { canWait, enrolmentsOfColleagues } from './colleagues.queries.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import { EnrolmentPlanner } from './enrolment-planner.service.js';
import { placeOf } from './enrolment-plan.js';
import { enrolmentRows } from './enrolment-row.queries.js';
import type { Enrolment } from './enrolment.entity.js';
import type { FinishReason } from '../engine/next-step.js';
import { resumeAt } from '../replies/resume-day.js';

/** Enrolments that stop or wait because of what came in the mail. The person the mail is from is held. */
@Injectable()
export class EnrolmentPauses {
  constructor(
    private readonly ends: EnrolmentEnds,
    private readonly planner: EnrolmentPlanner,
    private readonly facts: Facts,
    private readonly clock: Clock,
  ) {}

  end(tx: Tx, prospectId: string, reason: FinishReason): Promise<void> {
    return this.ends.finishAll(tx, prospectId, reason);
  }

  /** Open ones end; one that had come to its end unanswered was answered after all. */
  async answered(tx: Tx, prospectId: string, enrolmentId: string | null): Promise<void> {
    await this.ends.finishAll(tx, prospectId, 'replied');
    if (enrolmentId === null) return;
    const late = await tx.run(
      sql`UPDATE enrolment SET reason = 'replied' WHERE id = ${enrolmentId} AND state = 'finished' AND reason = 'completed'`,
    );
    if (late > 0) await this.tellEnd(tx, enrolmentId);
  }

  /** Away: the open enrolments wait until some days after the return. A pause somebody made by hand is left alone. */
  async whileAway(tx: Tx, prospectId: string, backOn: string | null): Promise<void> {
    const now = this.clock.now();
    for (const enrolment of await openOf(tx, prospectId)) {
      if (enrolment.state === 'paused' && enrolment.pausedUntil === null) continue;
      const { person, client } = await this.planner.open(tx, enrolment);
      const until = resumeAt(backOn, now, placeOf(person, client), enrolment.id);
      await this.pause(tx, enrolment, { reason: 'out_of_office', until });
    }
  }

  /** Somebody at this company answered: the others wait for a person to say whether to go on. */
  async colleaguesOf(tx: Tx, prospectId: string): Promise<void> {
    const found = await enrolmentsOfColleagues(tx, prospectId);
    await holdProspects(
      tx,
      found.map((one) => one.prospectId),
    );
    for (const { id } of found) await this.stopForColleague(tx, id, prospectId);
  }

  /** The person is held. What was to go on by itself on a day does not go on before it. */
  async stopForColleague(tx: Tx, id: string, answeredBy: string | null): Promise<void> {
    const [enrolment] = await enrolmentRows(
      tx,
      sql`WHERE e.id = ${id} AND ${canWait(tx)}${tx.dialect.forUpdate}`,
    );
    if (!enrolment) return;
    const { notBefore, pausedUntil } = enrolment;
    if (pausedUntil && (!notBefore || notBefore < pausedUntil)) enrolment.notBefore = pausedUntil;
    await this.pause(tx, enrolment, { reason: 'colleague_replied', ...(answeredBy ? { answeredBy } : {}) });
  }

  /** The answer was none after all: those that have waited for its sake go on. Their people are held. */
  async letGoOn(tx: Tx, enrolmentIds: readonly string[]): Promise<void> {
    for (const id of enrolmentIds) {
      const [enrolment] = await enrolmentRows(
        tx,
        sql`WHERE e.id = ${id} AND e.state = 'paused' AND e.reason = 'colleague_replied'${tx.dialect.forUpdate}`,
      );
      if (!enrolment) continue;
      Object.assign(enrolment, { state: 'active', reason: null, pausedUntil: null });
      const { clientId, prospectId, sequenceId } = enrolment;
      await this.facts.append(tx, SYSTEM, {
        clientId,
        prospectId,
        kind: 'enrolment.resumed',
        aboutId: id,
        details: { sequenceId },
      });
      await this.ends.goOn(tx, SYSTEM, enrolment);
    }
  }

  /** An answer that was none had ended it: it goes on where it was. */
  async reopen(tx: Tx, enrolmentId: string): Promise<void> {
    const [enrolment] = await enrolmentRows(
      tx,
      sql`WHERE e.id = ${enrolmentId} AND e.state = 'finished' AND e.reason = 'replied'${tx.dialect.forUpdate}`,
    );
    if (!enrolment) return;
    await this.ends.reopen(tx, enrolment);
  }

  private async pause(
    tx: Tx,
    enrolment: Enrolment,
    { reason, until, ...more }: { reason: string; until?: Date; answeredBy?: string },
  ): Promise<void> {
    Object.assign(enrolment, { state: 'paused', reason, pausedUntil: until ?? null });
    const { id, clientId, prospectId, sequenceId } = enrolment;
    await this.facts.append(tx, SYSTEM, {
      clientId,
      prospectId,
      kind: 'enrolment.paused',
      reason,
      aboutId: id,
      details: { sequenceId, ...more, ...(until ? { until: until.toISOString() } : {}) },
    });
    await this.ends.goOn(tx, SYSTEM, enrolment);
  }

  private async tellEnd(tx: Tx, enrolmentId: string): Promise<void> {
    const [enrolment] = await enrolmentRows(tx, sql`WHERE e.id = ${enrolmentId}`);
    const { clientId, prospectId, sequenceId } = enrolment!;
    await this.facts.append(tx, SYSTEM, {
      clientId,
      prospectId,
      kind: 'enrolment.finished',
      reason: 'replied',
      aboutId: enrolmentId,
      details: { sequenceId },
    });
  }
}

function openOf(tx: Tx, prospectId: string): Promise<Enrolment[]> {
  return enrolmentRows(
    tx,
    sql`WHERE e.prospect_id = ${prospectId} AND e.state <> 'finished'${tx.dialect.forUpdate}`,
  );
}
