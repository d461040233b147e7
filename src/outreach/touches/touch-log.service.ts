import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { Facts } from '../../prospects/facts.service.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { newId } from '../../shared/id.js';
import type { Channel, Outcome } from './outcomes.js';
import { Touch } from './touch.entity.js';

/** What was done to whom; the step's fields are null for an action logged by hand. */
export interface TouchEntry {
  clientId: string;
  prospectId: string;
  channel: Channel;
  kind: Touch['kind'];
  at: Date;
  outcome: Outcome;
  note: string | null;
  step: TouchedStep | null;
  /** Of an action logged by hand: the click that logged it. */
  clickKey?: string | undefined;
}

export interface TouchedStep {
  enrolmentId: string;
  sequenceId: string;
  stepId: string;
  position: number;
  attempt: number;
  variant: number | null;
}

/** Writes a touch with its fact, and carries the prospect's status along: all in the caller's transaction. */
@Injectable()
export class TouchLog {
  constructor(
    private readonly facts: Facts,
    private readonly statuses: Statuses,
    private readonly clock: Clock,
  ) {}

  /** A unique violation means that somebody else has done this very step and attempt. */
  async write(tx: Tx, actor: Actor, entry: TouchEntry): Promise<Touch> {
    const { clientId, prospectId, channel, kind, at, outcome, note, step, clickKey } = entry;
    const touch = tx.entities.create(Touch, {
      id: newId(),
      clientId,
      prospectId,
      channel,
      kind,
      at,
      result: outcome.key,
      note,
      userId: actor.userId || null,
      enrolmentId: step?.enrolmentId ?? null,
      sequenceId: step?.sequenceId ?? null,
      stepId: step?.stepId ?? null,
      stepPosition: step?.position ?? null,
      attempt: step?.attempt ?? 1,
      variant: step?.variant ?? null,
    });
    await tx.entities.insert(Touch, touch);
    const details = step
      ? {
          sequenceId: step.sequenceId,
          stepId: step.stepId,
          position: step.position,
          attempt: step.attempt,
        }
      : clickKey
        ? { clickKey }
        : null;
    await this.facts.append(tx, actor, {
      clientId,
      prospectId,
      kind: 'touch',
      at,
      channel,
      result: outcome.key,
      note,
      aboutId: touch.id,
      details,
    });
    if (outcome.status)
      await this.statuses.follow(tx, actor, prospectId, outcome.status, { at, aboutId: touch.id });
    return touch;
  }
}
