import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { Database } from '../../database/database.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { type ProspectStatusChanged, PROSPECT_STATUS_CHANGED } from '../../prospects/prospect.events.js';
import { impliesHumanReply } from '../../prospects/status/status.js';
import { enrolmentsOfColleagues, enrolmentsWaitingSince, hasSequences } from './colleagues.queries.js';
import { EnrolmentPauses } from './enrolment-pauses.service.js';

/**
 * Once somebody of a company has answered, by whatever channel, their colleagues wait for a person. Here what a person
 * says of an answer (a call, a LinkedIn message, a status); one by mail does it as it comes in (reply-effects).
 */
@Injectable()
export class AccountRule {
  constructor(
    private readonly database: Database,
    private readonly pauses: EnrolmentPauses,
  ) {}

  /** The first word alone: colleagues somebody let go on do not stop again with the next status of an answer. */
  @OnEvent(PROSPECT_STATUS_CHANGED)
  async afterStatusChange({
    prospectId,
    clientId,
    from,
    to,
    undoesId,
  }: ProspectStatusChanged): Promise<void> {
    if (impliesHumanReply(from) === impliesHumanReply(to)) return;
    if (undoesId !== null) await this.takeBack(prospectId, undoesId);
    else if (impliesHumanReply(to)) await this.stop(clientId, prospectId);
  }

  private async stop(clientId: string, prospectId: string): Promise<void> {
    const found = await this.database.read(async (db) =>
      (await hasSequences(db, clientId)) ? enrolmentsOfColleagues(db, prospectId) : [],
    );
    if (found.length === 0) return;
    await this.database.write(async (tx) => {
      await holdProspects(tx, peopleOf(found));
      await this.pauses.colleaguesOf(tx, prospectId);
    });
  }

  private async takeBack(prospectId: string, factId: string): Promise<void> {
    const found = await this.database.read((db) => enrolmentsWaitingSince(db, prospectId, factId));
    if (found.length === 0) return;
    await this.database.write(async (tx) => {
      await holdProspects(tx, peopleOf(found));
      await this.pauses.letGoOn(
        tx,
        found.map(({ id }) => id),
      );
    });
  }
}

const peopleOf = (enrolments: readonly { prospectId: string }[]): string[] => [
  ...new Set(enrolments.map(({ prospectId }) => prospectId)),
];
