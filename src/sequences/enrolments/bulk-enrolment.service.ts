import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Db, Tx } from '../../database/db.js';
import type { BulkTerms } from '../../prospects/bulk-acts/bulk-act.js';
import type { BulkActInput } from '../../prospects/bulk-acts/bulk-act.dto.js';
import { type BulkOf, type BulkPart, BulkParts } from '../../prospects/bulk-acts/bulk-parts.service.js';
import { type BulkPlace, type Deed, done, left, type Left } from '../../prospects/bulk-acts/bulk-deed.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { loadSequence } from '../sequence-loading.queries.js';
import { lockEnrolment } from '../steps/step-outcomes.service.js';
import { EnrolmentEntry, openGateOf } from './enrolment-entry.service.js';
import type { Skipped } from './enrolment-gate.service.js';
import { EnrolmentWithdrawal } from './enrolment-withdrawal.service.js';
import { Enrolment } from './enrolment.entity.js';

/** The sequence was archived, its approval withdrawn or its client switched off since the act was opened. */
const CLOSED = left('sequence_closed');

/** Enrolling many from the list of prospects: the guard of sequences judges them, an undo withdraws whom nothing reached. */
@Injectable()
export class BulkEnrolment implements BulkPart, OnModuleInit {
  readonly kind = 'enrol';

  constructor(
    private readonly parts: BulkParts,
    private readonly entry: EnrolmentEntry,
    private readonly withdrawal: EnrolmentWithdrawal,
  ) {}

  onModuleInit(): void {
    this.parts.register(this);
  }

  /** @throws InvalidInput without a sequence of the client; Conflict for one that takes nobody */
  async terms(db: Db, actor: Actor, clientId: string, { sequenceId }: BulkActInput): Promise<BulkTerms> {
    if (sequenceId === undefined) throw new InvalidInput({ sequenceId: 'isNotEmpty' });
    if (!isId(sequenceId)) throw new InvalidInput({ sequenceId: 'sequences.noSuchSequence' });
    const { sequence } = await loadSequence(db, actor, sequenceId);
    if (sequence.clientId !== clientId) throw new InvalidInput({ sequenceId: 'sequences.noSuchSequence' });
    await openGateOf(db, sequence);
    return { sequenceId };
  }

  async refusals(db: Db, actor: Actor, act: BulkOf, ids: readonly string[]): Promise<Map<string, Left>> {
    try {
      const { skipped } = await this.entry.judge(db, actor, act.terms.sequenceId!, ids);
      return new Map(skipped.map((one) => [one.prospectId, leftOf(one)]));
    } catch (error) {
      return allClosed(error, ids);
    }
  }

  async carryOut(tx: Tx, actor: Actor, act: BulkOf, ids: readonly string[]): Promise<Map<string, Deed>> {
    try {
      const { entered, skipped } = await this.entry.enter(tx, actor, act.terms.sequenceId!, ids, null);
      const deeds = new Map<string, Deed>(skipped.map((one) => [one.prospectId, leftOf(one)]));
      for (const [prospectId, enrolmentId] of entered) deeds.set(prospectId, done({ enrolmentId }));
      return deeds;
    } catch (error) {
      return allClosed(error, ids);
    }
  }

  async takeBack(tx: Tx, actor: Actor, _act: BulkOf, { prospectId, before }: BulkPlace): Promise<Deed> {
    const id = before?.enrolmentId ?? '';
    if (!(await tx.entities.existsBy(Enrolment, { id, prospectId }))) return left('changed_since');
    const enrolment = await lockEnrolment(tx, actor, id);
    const isBack = await this.withdrawal.undo(tx, actor, enrolment);
    return isBack ? done(before!) : left('changed_since');
  }
}

function leftOf({ reason, until, fields }: Skipped): Left {
  return left(reason === 'not_found' ? 'gone' : reason, {
    ...(until === undefined ? {} : { until: until.toISOString() }),
    ...(fields === undefined ? {} : { fields }),
  });
}

/** A door that shut is told before anything is written; any other fault stays one. */
function allClosed(error: unknown, ids: readonly string[]): Map<string, Left> {
  if (!(error instanceof Conflict)) throw error;
  return new Map(ids.map((id) => [id, CLOSED]));
}
