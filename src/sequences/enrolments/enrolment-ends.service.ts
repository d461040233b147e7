import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import { type Actor, SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { integer, text, word } from '../../database/rows.js';
import { holdProspect } from '../../prospects/held-prospects.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { type ProspectStatusChanged, PROSPECT_STATUS_CHANGED } from '../../prospects/prospect.events.js';
import { enrolmentStopFor, type ProspectStatus } from '../../prospects/status/status.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { missedAnswerOf } from './colleague-answers.queries.js';
import { standingBeforeEnd } from './enrolment-before-end.queries.js';
import { EnrolmentPlanner } from './enrolment-planner.service.js';
import { Enrolment } from './enrolment.entity.js';
import type { FinishReason } from '../engine/next-step.js';
import type { VersionHold } from '../approval/version-hold.js';

/** An undo of a step comes within seconds; anything older that ended before the fact was meant to end. */
const REOPENED_WITHIN = 60_000;

/** The ends of enrolments: by their last step, or because the prospect's status says that outreach is over. */
@Injectable()
export class EnrolmentEnds {
  constructor(
    private readonly database: Database,
    private readonly facts: Facts,
    private readonly statuses: Statuses,
    private readonly planner: EnrolmentPlanner,
    private readonly clock: Clock,
  ) {}

  /** Ends an open enrolment, in the caller's transaction. `finished` is a fact of its own. */
  async finish(tx: Tx, actor: Actor, enrolment: Enrolment, reason: FinishReason): Promise<void> {
    const now = this.clock.now();
    Object.assign(enrolment, {
      state: 'finished',
      reason,
      nextPosition: null,
      nextChannel: null,
      dueAt: null,
      finishedAt: now,
    });
    await tx.run(sql`UPDATE enrolment SET state = 'finished', reason = ${reason}, paused_until = NULL,
      next_position = NULL, next_channel = NULL, due_at = NULL, wait_reason = NULL, finished_at = ${now} WHERE id = ${enrolment.id}`);
    await this.facts.append(tx, actor, {
      prospectId: enrolment.prospectId,
      clientId: enrolment.clientId,
      kind: 'enrolment.finished',
      at: now,
      reason,
      aboutId: enrolment.id,
      details: { sequenceId: enrolment.sequenceId },
    });
    await this.leaveSequence(tx, actor, enrolment.prospectId, reason, enrolment.id);
  }

  /** Opposed, out of reach, or still to be contacted when nothing was tried: the status follows. */
  private async leaveSequence(
    tx: Tx,
    actor: Actor,
    prospectId: string,
    reason: FinishReason,
    aboutId: string | null,
  ): Promise<void> {
    const left = await tx.row(
      sql`SELECT p.status, (SELECT COUNT(*) FROM touch t WHERE t.prospect_id = p.id) AS touches
          FROM prospect p WHERE p.id = ${prospectId}`,
      { status: word<ProspectStatus>(), touches: integer },
    );
    if (left?.status !== 'in_sequence') return;
    const unanswered = left.touches > 0 ? 'unreachable' : 'new';
    const to = reason === 'opted_out' ? 'do_not_contact' : unanswered;
    await this.statuses.follow(tx, actor, prospectId, to, { aboutId });
  }

  /** Heard after commit; every due step reads the status again, so a missed piece of news stops nothing from stopping. */
  @OnEvent(PROSPECT_STATUS_CHANGED)
  async afterStatusChange(news: ProspectStatusChanged): Promise<void> {
    if (news.undoesId !== null && news.to === 'in_sequence')
      return this.reopenFor(news.prospectId, news.undoesId);
    const reason = enrolmentStopFor(news.to);
    if (!reason || !(await this.database.read((db) => hasOpen(db, news.prospectId)))) return;
    await this.database.write(async (tx) => {
      await holdProspect(tx, news.prospectId);
      await this.finishAll(tx, news.prospectId, reason);
    });
  }

  /** Every open enrolment of a person ends. The person is held, and their status says already what happened. */
  async finishAll(tx: Tx, prospectId: string, reason: FinishReason): Promise<void> {
    for (const enrolment of await tx.entities.findBy(Enrolment, { prospectId })) {
      if (enrolment.state !== 'finished') await this.finish(tx, SYSTEM, enrolment, reason);
    }
  }

  /**
   * A change of status was taken back: the enrolment it ended goes on where it was, with the next step dated anew. However
   * late, as an act on many may be taken back: nothing has happened to the person since. One that is no more leaves them
   * in no sequence.
   */
  private async reopenFor(prospectId: string, undoesId: string): Promise<void> {
    await this.database.write(async (tx) => {
      await holdProspect(tx, prospectId);
      if (await hasOpen(tx, prospectId)) return;
      const ended = await this.endedBy(tx, prospectId, undoesId);
      if (ended) await this.reopen(tx, ended);
      else await this.leaveSequence(tx, SYSTEM, prospectId, 'removed', null);
    });
  }

  /**
   * An end that was none: the enrolment stands as it stood before, on its way or waiting. A colleague who answered while
   * it was over makes it wait as well.
   */
  async reopen(tx: Tx, enrolment: Enrolment): Promise<void> {
    const before = await standingBeforeEnd(tx, enrolment, this.clock.now());
    Object.assign(enrolment, before, { finishedAt: null });
    const answeredBy = before.state === 'active' ? await missedAnswerOf(tx, enrolment.id) : null;
    if (answeredBy !== null) {
      const { id: aboutId, clientId, prospectId, sequenceId } = enrolment;
      const reason = 'colleague_replied';
      Object.assign(enrolment, { state: 'paused', reason });
      const paused = { kind: 'enrolment.paused', reason, aboutId, details: { sequenceId, answeredBy } };
      await this.facts.append(tx, SYSTEM, { clientId, prospectId, ...paused });
    }
    await this.goOn(tx, SYSTEM, enrolment);
  }

  /** The enrolment whose end followed a fact; it may have ended a moment before, with the step that made the fact. */
  private async endedBy(tx: Tx, prospectId: string, factId: string): Promise<Enrolment | null> {
    const since = new Date(this.clock.now().getTime() - REOPENED_WITHIN);
    const ended = await tx.row(
      sql`SELECT e.id FROM enrolment e WHERE e.prospect_id = ${prospectId} AND e.state = 'finished'
          AND (e.finished_at >= ${since} OR EXISTS (SELECT 1 FROM activity a WHERE a.prospect_id = ${prospectId}
            AND a.id > ${factId} AND a.kind = 'enrolment.finished' AND a.about_id = e.id))
          ORDER BY e.finished_at DESC LIMIT 1`,
      { id: text },
    );
    return ended && tx.entities.findOneBy(Enrolment, { id: ended.id });
  }

  /** Dates what comes next, from the facts as they are now, or ends what has no next. */
  async goOn(tx: Tx, actor: Actor, enrolment: Enrolment): Promise<void> {
    const { source, isApproved } = await this.planner.open(tx, enrolment);
    // Whatever woke it: words without an approval wait for one.
    if (!isApproved && enrolment.state === 'active')
      Object.assign(enrolment, { state: 'paused', reason: 'not_approved' satisfies VersionHold });
    const next = this.planner.plan(source);
    if (next.kind === 'finish') await this.finish(tx, actor, enrolment, next.reason);
    else await this.planner.write(tx, enrolment, next);
  }
}

/** Most changes concern people in no sequence: they must not cost a transaction. */
async function hasOpen(db: Db, prospectId: string): Promise<boolean> {
  const open = await db.row(
    sql`SELECT id FROM enrolment WHERE prospect_id = ${prospectId} AND state <> 'finished' LIMIT 1`,
    { id: text },
  );
  return open !== null;
}
