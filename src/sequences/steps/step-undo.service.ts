import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { TouchUndo } from '../../outreach/touches/touch-undo.service.js';
import { ClosedChannels } from '../enrolments/closed-channels.service.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { lockEnrolment } from './step-outcomes.service.js';

/** Taking back a step just done: the step is due again, the enrolment is where it was. */
@Injectable()
export class StepUndo {
  constructor(
    private readonly database: Database,
    private readonly touches: TouchUndo,
    private readonly ends: EnrolmentEnds,
    private readonly closed: ClosedChannels,
  ) {}

  /** Within ten seconds, by the person who did it. Gives the prospect. @throws NotFound; Conflict */
  undo(actor: Actor, touchId: string): Promise<{ prospectId: string }> {
    return this.database.write(async (tx) => {
      const { prospectId, enrolmentId } = await this.touches.takeBack(tx, actor, touchId);
      if (enrolmentId === null) {
        await this.closed.dateAnew(tx, actor, prospectId);
        return { prospectId };
      }
      const enrolment = await lockEnrolment(tx, actor, enrolmentId);
      if (enrolment.state === 'finished')
        Object.assign(enrolment, { state: 'active', reason: null, finishedAt: null });
      await this.ends.goOn(tx, actor, enrolment);
      return { prospectId };
    });
  }
}
