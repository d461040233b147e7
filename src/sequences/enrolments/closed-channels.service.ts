import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { Not } from 'typeorm';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { ChannelClosed } from '../../outreach/touches/touch.events.js';
import { holdProspect } from '../../prospects/held-prospects.queries.js';
import { EnrolmentEnds } from './enrolment-ends.service.js';
import { Enrolment } from './enrolment.entity.js';

/** Steps by a channel found useless outside the sequence are passed over, as they are when a step found it out. */
@Injectable()
export class ClosedChannels {
  constructor(
    private readonly database: Database,
    private readonly ends: EnrolmentEnds,
  ) {}

  /** Heard after commit; every due step reads the touches again, so a missed piece of news calls no wrong number. */
  @OnEvent(ChannelClosed.named)
  afterLogged({ prospectId }: ChannelClosed): Promise<void> {
    return this.database.write(async (tx) => {
      await holdProspect(tx, prospectId);
      await this.dateAnew(tx, SYSTEM, prospectId);
    });
  }

  /** The next step of the person's open enrolment, from the touches as they are. One with a mail under way has no date yet. */
  async dateAnew(tx: Tx, actor: Actor, prospectId: string): Promise<void> {
    const enrolment = await tx.entities.findOneBy(Enrolment, { prospectId, state: Not('finished') });
    if (enrolment && enrolment.dueAt !== null) await this.ends.goOn(tx, actor, enrolment);
  }
}
