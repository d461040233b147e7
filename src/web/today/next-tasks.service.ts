import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { EnrolmentCare } from '../../sequences/enrolments/enrolment-care.service.js';
import { type NextTask, TaskQueries } from '../../sequences/steps/tasks.queries.js';

/** The next step of a person, put right before it is shown when an opposition or a lost channel overtook it. */
@Injectable()
export class NextTasks {
  constructor(
    private readonly tasks: TaskQueries,
    private readonly care: EnrolmentCare,
  ) {}

  async of(actor: Actor, prospectId: string): Promise<NextTask | null> {
    const task = await this.tasks.nextFor(actor, prospectId);
    if (!task?.isStale) return task;
    await this.care.settle(actor, task.enrolmentId);
    return this.tasks.nextFor(actor, prospectId);
  }
}
