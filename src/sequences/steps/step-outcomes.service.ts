import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/dialect.js';
import type { Db, Tx } from '../../database/db.js';
import { instant, maybe, text } from '../../database/rows.js';
import { type Outcome, outcomes, pickedOutcome } from '../../outreach/touches/outcomes.js';
import { TouchLog } from '../../outreach/touches/touch-log.service.js';
import type { Touch } from '../../outreach/touches/touch.entity.js';
import { Conflict, InvalidInput, NotFound } from '../../shared/errors.js';
import { EnrolmentEnds } from '../enrolments/enrolment-ends.service.js';
import { EnrolmentPlanner, type OpenEnrolment } from '../enrolments/enrolment-planner.service.js';
import type { StepOutcomeInput } from '../enrolments/enrolment.dto.js';
import { Enrolment } from '../enrolments/enrolment.entity.js';
import { mergeValuesOf } from '../writing/merge-values.js';
import { readMessage, renderMessage } from '../writing/message.js';
import { mayWriteSequences } from '../sequences.policy.js';
import { chooseVariant } from '../engine/variant-choice.js';

/** Doing a due step: the touch is the claim, and dates the next step or ends the enrolment. */
@Injectable()
export class StepOutcomes {
  constructor(
    private readonly database: Database,
    private readonly planner: EnrolmentPlanner,
    private readonly ends: EnrolmentEnds,
    private readonly journal: TouchLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Records how the due step ended. What may stop it is read again here, whatever the screen showed.
   * @throws Conflict `stepDone` (who, when) for the second of two; `stepNotDue` when it waits or is over
   */
  async record(actor: Actor, enrolmentId: string, input: StepOutcomeInput): Promise<Touch> {
    const claim = { enrolmentId, position: input.position, attempt: input.attempt };
    try {
      return await this.database.write((tx) => this.recordIn(tx, actor, claim, input));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw (await this.database.read((db) => doneBy(db, claim))) ?? error;
    }
  }

  private async recordIn(tx: Tx, actor: Actor, claim: Claim, input: StepOutcomeInput): Promise<Touch> {
    const enrolment = await lockEnrolment(tx, actor, claim.enrolmentId);
    const done = await doneBy(tx, claim);
    if (done) throw done;
    const open = await this.planner.open(tx, enrolment);
    const next = this.planner.plan(open.source);
    const isDue = enrolment.state !== 'finished' && next.kind === 'due';
    if (!isDue || next.step.position !== claim.position || next.attempt !== claim.attempt) {
      throw new Conflict('sequences.stepNotDue');
    }
    const step = open.steps[claim.position - 1]!;
    const outcome = pickedOutcome(step.channel, input.result);
    if (!outcome) throw new InvalidInput({ result: unknownOutcome(step.channel) });
    const variant = chooseVariant(enrolment.id, step.id, step.variants.length);
    refuseBlanks(actor, open, step.variants[variant]!, outcome);
    const touch = await this.journal.write(tx, actor, {
      clientId: enrolment.clientId,
      prospectId: enrolment.prospectId,
      channel: step.channel,
      kind: 'step',
      at: this.clock.now(),
      outcome,
      note: input.note?.trim() || null,
      step: { ...claim, sequenceId: enrolment.sequenceId, stepId: step.id, variant },
    });
    // A pause whose day has come is over with the first step done after it.
    if (enrolment.state === 'paused')
      Object.assign(enrolment, { state: 'active', reason: null, pausedUntil: null });
    await this.ends.goOn(tx, actor, enrolment);
    return touch;
  }
}

interface Claim {
  enrolmentId: string;
  position: number;
  attempt: number;
}

/**
 * Always the prospect before the enrolment, as whoever changes a status does: what may stop a step is read when nobody
 * can change it any more, and two acts never wait for each other.
 * @throws NotFound when it is none of the actor's clients'
 */
export async function lockEnrolment(tx: Tx, actor: Actor, id: string): Promise<Enrolment> {
  await tx.rows(
    sql`SELECT id FROM prospect WHERE id = (SELECT prospect_id FROM enrolment WHERE id = ${id})${tx.dialect.forUpdate}`,
    {},
  );
  await tx.rows(sql`SELECT id FROM enrolment WHERE id = ${id}${tx.dialect.forUpdate}`, {});
  const enrolment = await tx.entities.findOneBy(Enrolment, { id });
  if (!enrolment || !mayWriteSequences(actor) || !seesClient(actor, enrolment.clientId)) throw new NotFound();
  return enrolment;
}

/** Who did this very step before, told with the client's own clock; null when nobody did. */
async function doneBy(db: Db, { enrolmentId, position, attempt }: Claim): Promise<Conflict | null> {
  const done = await db.row(
    sql`SELECT t.at, u.name, k.time_zone FROM touch t JOIN client k ON k.id = t.client_id
        LEFT JOIN app_user u ON u.id = t.user_id
        WHERE t.enrolment_id = ${enrolmentId} AND t.step_position = ${position} AND t.attempt = ${attempt}`,
    { at: instant, name: maybe(text), timeZone: text },
  );
  if (!done) return null;
  const at = DateTime.fromJSDate(done.at, { zone: done.timeZone }).toFormat('yyyy-MM-dd HH:mm');
  return new Conflict('sequences.stepDone', { name: done.name ?? 'Carnet', at });
}

/** A message with a hole in it was not sent: only a skip, or words of one's own, go on from there. */
function refuseBlanks(
  actor: Actor,
  open: OpenEnrolment,
  text: OpenEnrolment['steps'][number]['variants'][number],
  outcome: Outcome,
): void {
  if (outcome.key !== 'sent') return;
  const values = mergeValuesOf(open.person, { ...open.context, senderName: actor.name });
  const { missing } = renderMessage(readMessage(text), values);
  if (missing.length > 0)
    throw new InvalidInput({
      result: { code: 'sequences.missingMergeFields', params: { fields: missing.join(', ') } },
    });
}

function unknownOutcome(channel: keyof typeof outcomes): { code: string; params: { known: string } } {
  return {
    code: 'sequences.unknownOutcome',
    params: { known: outcomes[channel].map((outcome) => outcome.key).join(', ') },
  };
}
