import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { type ProspectStatusChanged, PROSPECT_STATUS_CHANGED } from '../../prospects/prospect.events.js';
import { StatusNews, type StatusWitness } from '../../prospects/status/status-news.service.js';
import { impliesHumanReply } from '../../prospects/status/status.js';
import { freedColleagues } from './colleague-answers.queries.js';
import { ColleaguesToStop } from './colleagues.events.js';
import { enrolmentsOfColleagues, hasSequences } from './colleagues.queries.js';
import { EnrolmentPauses } from './enrolment-pauses.service.js';

const AT_ONCE = 200;

/**
 * Once somebody of a company has answered, by whatever channel, their colleagues wait for a person. Here what a person
 * says of an answer (a call, a LinkedIn message, a status); one by mail does it as it comes in (reply-effects).
 *
 * Whoever changes a status holds that person alone, and must not wait for others meanwhile. So their colleagues are marked
 * in that transaction, which stops their mail from its commit on (engine-claims), and wait in one of their own.
 */
@Injectable()
export class AccountRule implements StatusWitness, OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly news: StatusNews,
    private readonly pauses: EnrolmentPauses,
  ) {}

  onModuleInit(): void {
    this.news.register(this);
  }

  /** The first word alone: colleagues somebody let go on do not stop again with the next status of an answer. */
  async seeStatus(tx: Tx, news: ProspectStatusChanged): Promise<void> {
    const { prospectId, clientId, from, to, factId, undoesId } = news;
    if (impliesHumanReply(from) === impliesHumanReply(to)) return;
    if (undoesId !== null) {
      await tx.run(sql`DELETE FROM colleague_stop WHERE fact_id = ${undoesId}`);
    } else if (impliesHumanReply(to) && (await hasSequences(tx, clientId))) {
      const ids = (await enrolmentsOfColleagues(tx, prospectId)).map(({ id }) => id);
      if (ids.length === 0) return;
      const rows = ids.map((id) => [id, factId]);
      await insertRows(tx, 'colleague_stop', ['enrolment_id', 'fact_id'], rows);
      tx.announce(new ColleaguesToStop(ids));
    }
  }

  @OnEvent(ColleaguesToStop.named)
  async stop({ enrolmentIds }: Pick<ColleaguesToStop, 'enrolmentIds'>): Promise<void> {
    await this.database.write(async (tx) => {
      const { isAmong } = tx.dialect;
      const people = await tx.rows(
        sql`SELECT prospect_id FROM enrolment WHERE ${isAmong(sql`id`, enrolmentIds)}`,
        { prospectId: text },
      );
      await holdProspects(
        tx,
        people.map(({ prospectId }) => prospectId),
      );
      // Somebody may have been faster, and let them go on since.
      const marked = await tx.rows(
        sql`DELETE FROM colleague_stop WHERE ${isAmong(sql`enrolment_id`, enrolmentIds)}
            RETURNING enrolment_id AS id, (SELECT a.prospect_id FROM activity a WHERE a.id = fact_id) AS answered_by`,
        { id: text, answeredBy: maybe(text) },
      );
      for (const { id, answeredBy } of marked) await this.pauses.stopForColleague(tx, id, answeredBy);
    });
  }

  /** Those a crash left marked. */
  async takeUp(): Promise<void> {
    const left = await this.database.read((db) =>
      db.rows(sql`SELECT DISTINCT enrolment_id AS id FROM colleague_stop LIMIT ${AT_ONCE}`, { id: text }),
    );
    if (left.length > 0) await this.stop({ enrolmentIds: left.map(({ id }) => id) });
  }

  /** The answer was none after all: those who waited for its sake go on. */
  @OnEvent(PROSPECT_STATUS_CHANGED)
  async afterStatusChange({ prospectId, from, to, undoesId }: ProspectStatusChanged): Promise<void> {
    if (undoesId === null || !impliesHumanReply(from) || impliesHumanReply(to)) return;
    const found = await this.database.read((db) => freedColleagues(db, prospectId));
    if (found.length === 0) return;
    await this.database.write(async (tx) => {
      await holdProspects(
        tx,
        found.map((one) => one.prospectId),
      );
      await this.pauses.letGoOn(
        tx,
        found.map(({ id }) => id),
      );
    });
  }
}
