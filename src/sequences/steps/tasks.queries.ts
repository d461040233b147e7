import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { NotFound } from '../../shared/errors.js';
import { EnrolmentPlanner } from '../enrolments/enrolment-planner.service.js';
import { Enrolment } from '../enrolments/enrolment.entity.js';
import { mergeValuesOf } from '../writing/merge-values.js';
import { type Message, readMessage, renderMessage } from '../writing/message.js';
import type { NextStep } from '../engine/next-step.js';
import type { Person } from '../writing/person.queries.js';
import { type Step } from '../sequence.entity.js';
import { chooseVariant } from '../engine/variant-choice.js';

/** The step that is next for one person, with its text as they would read it. */
export interface NextTask {
  enrolmentId: string;
  sequenceId: string;
  sequenceName: string;
  person: Person;
  steps: Step[];
  next: NextStep;
  step: Step | null;
  message: Message | null;
  /** The date on the row is no longer what the facts say: something stopped it, or closed its channel. */
  isStale: boolean;
}

@Injectable()
export class TaskQueries {
  constructor(
    private readonly database: Database,
    private readonly planner: EnrolmentPlanner,
  ) {}

  /** What the open enrolment of a prospect wants next; null without one. @throws NotFound out of sight */
  nextFor(actor: Actor, prospectId: string): Promise<NextTask | null> {
    return this.database.read(async (db) => {
      const enrolment = await db.entities.findOneBy(Enrolment, { prospectId, state: Not('finished') });
      if (!enrolment) return null;
      if (!seesClient(actor, enrolment.clientId)) throw new NotFound();
      const open = await this.planner.open(db, enrolment);
      const next = this.planner.plan(open.source);
      const step = next.kind === 'finish' || !next.step ? null : open.steps[next.step.position - 1]!;
      const { id: enrolmentId, sequenceId } = enrolment;
      const { person, steps, sequence, context } = open;
      const values = mergeValuesOf(person, { ...context, senderName: actor.name });
      const variant = step && step.variants[chooseVariant(enrolmentId, step.id, step.variants.length)]!;
      const message = variant && renderMessage(readMessage(variant), values);
      const isStale =
        next.kind === 'finish' ||
        next.step?.position !== enrolment.nextPosition ||
        next.attempt !== enrolment.nextAttempt;
      return {
        isStale,
        enrolmentId,
        sequenceId,
        sequenceName: sequence.name,
        person,
        steps,
        next,
        step,
        message,
      };
    });
  }
}
