import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Client } from '../../clients/client.entity.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { planEnrolment, type PlanSource } from './enrolment-plan.js';
import { Enrolment } from './enrolment.entity.js';
import { closedChannelsIn } from './closed-channels.queries.js';
import { touchesIn } from './enrolments.queries.js';
import { messageContext } from '../writing/message-context.queries.js';
import type { MessageContext } from '../writing/merge-values.js';
import type { NextStep } from '../engine/next-step.js';
import { type Person, personsOf } from '../writing/person.queries.js';
import { Sequence, SequenceVersion, type Step } from '../sequence.entity.js';
import { stateFor } from '../sequence-states.js';

/** One enrolment with all that decides its next step. */
export interface OpenEnrolment {
  enrolment: Enrolment;
  sequence: Sequence;
  steps: Step[];
  /** Its words may be sent. */
  isApproved: boolean;
  person: Person;
  client: Client;
  /** What its messages say whoever reads them. */
  context: MessageContext;
  source: PlanSource;
}

/** Reads what decides an enrolment's next step, and writes down what was decided. */
@Injectable()
export class EnrolmentPlanner {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly clock: Clock,
  ) {}

  async open(db: Db, enrolment: Enrolment): Promise<OpenEnrolment> {
    const sequence = await db.entities.findOneByOrFail(Sequence, { id: enrolment.sequenceId });
    const version = await db.entities.findOneByOrFail(SequenceVersion, { id: enrolment.sequenceVersionId });
    const client = await db.entities.findOneByOrFail(Client, { id: enrolment.clientId });
    const [person] = await personsOf(db, enrolment.clientId, [enrolment.prospectId]);
    const objected = (await this.suppressions.objectionsOf(db, [person!])).get(person!.id) ?? [];
    const touches = await touchesIn(db, enrolment.id);
    const closedChannels = (await closedChannelsIn(db, [enrolment.id])).get(enrolment.id) ?? [];
    const source = planSource(
      { enrolment, sequence, steps: version.steps, person: person!, client },
      objected,
    );
    return {
      enrolment,
      sequence,
      steps: version.steps,
      isApproved: version.state === 'approved',
      person: person!,
      client,
      context: await messageContext(db, client, { locale: sequence.locale, notice: version.notice }),
      source: { ...source, touches, closedChannels },
    };
  }

  plan(source: PlanSource): NextStep {
    return planEnrolment(source, this.clock.now());
  }

  /** Dates the next step on the enrolment's row; the end of an enrolment is not written here. */
  async write(tx: Tx, enrolment: Enrolment, next: Exclude<NextStep, { kind: 'finish' }>): Promise<void> {
    enrolment.nextPosition = next.step?.position ?? null;
    enrolment.nextChannel = next.step?.channel ?? null;
    enrolment.nextAttempt = next.attempt;
    enrolment.dueAt = next.at;
    await tx.run(sql`UPDATE enrolment
      SET state = ${enrolment.state}, reason = ${enrolment.reason}, paused_until = ${enrolment.pausedUntil},
        next_position = ${enrolment.nextPosition}, next_channel = ${enrolment.nextChannel}, next_attempt = ${enrolment.nextAttempt}, due_at = ${enrolment.dueAt},
        finished_at = ${enrolment.finishedAt}, not_before = ${enrolment.notBefore}, wait_reason = ${enrolment.waitReason}
      WHERE id = ${enrolment.id}`);
  }
}

/** The question "what next?" of an enrolment nobody has touched yet. */
export function planSource(
  open: Omit<OpenEnrolment, 'source' | 'context' | 'isApproved'>,
  objected: PlanSource['objected'],
): PlanSource {
  const { enrolment, steps, person, sequence, client } = open;
  const { timeZone, country } = client;
  return {
    enrolment,
    steps,
    touches: [],
    closedChannels: [],
    person,
    objected,
    sequenceState: stateFor(enrolment, sequence.state),
    client: { isActive: client.switchedOffAt === null, timeZone, country },
  };
}
