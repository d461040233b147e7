import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Conflict } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import { Enrolment } from './enrolments/enrolment.entity.js';
import { columnsOf } from './writing/custom-columns.queries.js';
import type { SequenceChangeInput, SequenceInput } from './sequence.dto.js';
import { SequenceDiary } from './sequence-diary.service.js';
import { Sequence, SequenceVersion, type Step } from './sequence.entity.js';
import { loadVersion, lockSequence, type WrittenSequence } from './sequence-loading.queries.js';
import { isAtWork } from './sequence-states.js';
import { soundSteps } from './writing/sound-steps.js';
import { sealOfVersion } from './approval/text-seal.js';
import { VersionHolds } from './approval/version-holds.service.js';

/** Writing sequences. What was submitted is never written over: a change to it makes a new version. */
@Injectable()
export class Sequences {
  constructor(
    private readonly database: Database,
    private readonly diary: SequenceDiary,
    private readonly holds: VersionHolds,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a client out of sight, InvalidInput naming each step's fault */
  create(actor: Actor, clientId: string, input: SequenceInput): Promise<WrittenSequence> {
    return this.database.write(async (tx) => {
      const client = await loadClient(tx, actor, clientId);
      const steps = soundSteps(input.steps, { columns: await columnsOf(tx, clientId, input.steps), newId });
      const sequence = tx.entities.create(Sequence, {
        id: newId(),
        clientId,
        name: input.name.trim(),
        state: 'draft',
        locale: input.locale ?? client.locale,
        version: 1,
        approvedVersion: null,
        createdBy: actor.userId || null,
        createdAt: this.clock.now(),
        launchedAt: null,
      });
      await tx.entities.insert(Sequence, sequence);
      const version = await this.addVersion(tx, actor, sequence, steps);
      await this.diary.note(tx, actor, sequence, 'created');
      return { sequence, version };
    });
  }

  /**
   * Changes the steps. A version that was submitted, approved or used stays as it is and a new one is made, which
   * nobody is enrolled with before it is approved.
   * @throws Conflict when somebody saved a newer version meanwhile
   */
  saveSteps(actor: Actor, id: string, input: SequenceChangeInput): Promise<WrittenSequence> {
    return this.database.write(async (tx) => {
      const written = await lockSequence(tx, actor, id);
      const { sequence, version: current } = written;
      if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
      const isOther = input.version !== undefined && input.version !== sequence.version;
      if (isOther || (input.seal !== undefined && input.seal !== sealOfVersion(written)))
        throw new Conflict('sequences.changedMeanwhile');
      const steps = soundSteps(input.steps, {
        columns: await columnsOf(tx, sequence.clientId, input.steps),
        known: new Set(current.steps.map((step) => step.id)),
        newId,
      });
      const locale = input.locale ?? sequence.locale;
      if (locale !== sequence.locale && sequence.approvedVersion !== null && isAtWork(sequence.state))
        throw new Conflict('sequences.languageFixed');
      Object.assign(sequence, { name: input.name?.trim() ?? sequence.name, locale });
      const version = await this.writeSteps(tx, actor, sequence, current, steps);
      if (!isAtWork(sequence.state)) Object.assign(sequence, { state: 'draft', approvedVersion: null });
      await tx.entities.save(Sequence, sequence);
      await this.diary.note(tx, actor, sequence, 'edited');
      return { sequence, version };
    });
  }

  private async writeSteps(
    tx: Tx,
    actor: Actor,
    sequence: Sequence,
    current: SequenceVersion,
    steps: Step[],
  ): Promise<SequenceVersion> {
    const isShown = current.submittedAt !== null || current.approvedAt !== null;
    if (!isShown && !(await tx.entities.existsBy(Enrolment, { sequenceVersionId: current.id }))) {
      current.steps = steps;
      return tx.entities.save(SequenceVersion, current);
    }
    // Texts that waited for their approval wait no more, and those approved but never at work are left: the newer ones will.
    const isLeft = current.state === 'approved' && !isAtWork(sequence.state);
    if (current.state === 'submitted' || isLeft) {
      const left = await loadVersion(tx, sequence, current.version);
      await tx.entities.save(SequenceVersion, Object.assign(left, { state: 'draft' }));
    }
    if (isLeft) await this.holds.hold(tx, current.id, 'not_approved');
    sequence.version += 1;
    return this.addVersion(tx, actor, sequence, steps);
  }

  private async addVersion(
    tx: Tx,
    actor: Actor,
    sequence: Sequence,
    steps: Step[],
  ): Promise<SequenceVersion> {
    const version = tx.entities.create(SequenceVersion, {
      id: newId(),
      sequenceId: sequence.id,
      version: sequence.version,
      state: 'draft',
      steps,
      notice: null,
      createdBy: actor.userId || null,
      createdAt: this.clock.now(),
      submittedBy: null,
      submittedAt: null,
      approvedBy: null,
      approvedAt: null,
      approvedSeal: null,
    });
    await tx.entities.insert(SequenceVersion, version);
    return version;
  }
}
