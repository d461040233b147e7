import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, seesClient } from '../accounts/actor.js';
import { Audit } from '../accounts/audit.service.js';
import { loadClient } from '../clients/clients.queries.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db, Tx } from '../database/db.js';
import type { Channel } from '../outreach/outcomes.js';
import { Conflict, IllegalMove, InvalidInput, NotAllowed, NotFound } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import type { SequenceChangeInput, SequenceInput, StepInput } from './sequence.dto.js';
import { Enrolment } from './enrolment.entity.js';
import { Sequence, SequenceVersion, type Step } from './sequence.entity.js';
import { sequenceActs, sequenceMoves, stateAfterEdit, type SequenceAct } from './sequence-states.js';
import { mayMoveSequence, mayWriteSequences } from './sequences.policy.js';
import { checkSteps } from './step-check.js';

/** A sequence together with the steps of its version in force. */
export interface WrittenSequence {
  sequence: Sequence;
  version: SequenceVersion;
}

/** Writing sequences and moving them through their states. */
@Injectable()
export class Sequences {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a client out of sight, InvalidInput naming each step's fault */
  create(actor: Actor, clientId: string, input: SequenceInput): Promise<WrittenSequence> {
    const steps = soundSteps(input.steps);
    return this.database.write(async (tx) => {
      const client = await loadClient(tx, actor, clientId);
      const now = this.clock.now();
      const createdBy = actor.userId || null;
      const sequence = tx.entities.create(Sequence, {
        id: newId(),
        clientId,
        name: input.name.trim(),
        state: 'draft',
        locale: client.locale,
        version: 1,
        approvedVersion: null,
        createdBy,
        createdAt: now,
        launchedAt: null,
      });
      await tx.entities.insert(Sequence, sequence);
      const version = await this.addVersion(tx, actor, sequence, steps);
      await this.record(tx, actor, sequence, 'sequence.created');
      return { sequence, version };
    });
  }

  /**
   * Changes the steps. Enrolments keep the version they began with: once a version is in use or was approved, the
   * change makes a new one.
   * @throws Conflict when somebody saved a newer version meanwhile
   */
  saveSteps(actor: Actor, id: string, input: SequenceChangeInput): Promise<WrittenSequence> {
    const wanted = input.steps;
    return this.database.write(async (tx) => {
      const { sequence, version: current } = await this.lock(tx, actor, id);
      if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
      if (input.version !== undefined && input.version !== sequence.version)
        throw new Conflict('sequences.changedMeanwhile');
      const steps = soundSteps(wanted, new Set(current.steps.map((step) => step.id)));
      sequence.name = input.name?.trim() ?? sequence.name;
      sequence.state = stateAfterEdit(sequence.state);
      const version = await this.writeSteps(tx, actor, sequence, current, steps);
      await tx.entities.save(Sequence, sequence);
      await this.record(tx, actor, sequence, 'sequence.edited');
      return { sequence, version };
    });
  }

  /** @throws IllegalMove naming the states that are legal, NotAllowed when it takes a manager's word */
  move(actor: Actor, id: string, act: SequenceAct): Promise<Sequence> {
    return this.database.write(async (tx) => {
      const { sequence, version } = await this.lock(tx, actor, id);
      if (!mayMoveSequence(actor, act)) throw new NotAllowed('sequences.managersOnly');
      const to = sequenceActs[act];
      if (!sequenceMoves.allows(sequence.state, to)) {
        throw new IllegalMove(sequence.state, to, sequenceMoves.from(sequence.state));
      }
      const now = this.clock.now();
      if (act === 'approve') Object.assign(version, { approvedBy: actor.userId || null, approvedAt: now });
      if (act === 'revise') Object.assign(version, { approvedBy: null, approvedAt: null });
      if (act === 'launch') sequence.launchedAt ??= now;
      sequence.state = to;
      await tx.entities.save(SequenceVersion, version);
      await tx.entities.save(Sequence, sequence);
      await this.record(tx, actor, sequence, `sequence.${act}`);
      return sequence;
    });
  }

  private async writeSteps(
    tx: Tx,
    actor: Actor,
    sequence: Sequence,
    current: SequenceVersion,
    steps: Step[],
  ): Promise<SequenceVersion> {
    const isUsed =
      current.approvedAt !== null ||
      (await tx.entities.existsBy(Enrolment, { sequenceVersionId: current.id }));
    if (!isUsed) {
      current.steps = steps;
      return tx.entities.save(SequenceVersion, current);
    }
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

  /** The sequence and its version in force; others who want to change it wait. */
  private async lock(tx: Tx, actor: Actor, id: string): Promise<WrittenSequence> {
    if (!mayWriteSequences(actor)) throw new NotFound();
    await tx.rows(sql`SELECT id FROM sequence WHERE id = ${id}${tx.dialect.forUpdate}`, {});
    return loadSequence(tx, actor, id);
  }

  private record(tx: Tx, actor: Actor, sequence: Sequence, act: string): Promise<void> {
    return this.audit.record(tx, actor, {
      act,
      subjectType: 'sequence',
      subjectId: sequence.id,
      clientId: sequence.clientId,
      details: { state: sequence.state, version: sequence.version },
    });
  }
}

/** @throws NotFound when it is none of the actor's clients' */
export async function loadSequence(db: Db, actor: Actor, id: string): Promise<WrittenSequence> {
  const sequence = await db.entities.findOneBy(Sequence, { id });
  if (!sequence || !mayWriteSequences(actor) || !seesClient(actor, sequence.clientId)) throw new NotFound();
  const version = await db.entities.findOneByOrFail(SequenceVersion, {
    sequenceId: id,
    version: sequence.version,
  });
  return { sequence, version };
}

/** The steps as they are kept: known ids stay, new steps get theirs. @throws InvalidInput */
function soundSteps(inputs: readonly StepInput[], known: ReadonlySet<string> = new Set()): Step[] {
  refuseLists(inputs, 'steps');
  inputs.forEach((step, index) => refuseLists(step.variants, `steps.${index}.variants`));
  const steps = inputs.map(({ id, day, channel, variants }) => ({
    id,
    day,
    channel,
    variants: variants.map(plainText(channel)),
  }));
  const problems = checkSteps(steps);
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
  const taken = new Set<string>();
  return steps.map(({ id, day, channel, variants }) => {
    const keeps = id !== undefined && known.has(id) && !taken.has(id);
    if (keeps) taken.add(id);
    return { id: keeps ? id : newId(), day, channel, variants };
  });
}

/** Only mail has a subject; line ends are kept as one sign. */
function plainText(
  channel: Channel,
): (variant: { subject?: string; body?: string }) => { subject?: string; body: string } {
  return ({ subject, body }) => ({
    ...(channel === 'email' ? { subject: (subject ?? '').trim() } : {}),
    body: (body ?? '').replaceAll('\r\n', '\n').trimEnd(),
  });
}

/** Validators look into a list inside a list and find its members sound; here each member must be one thing. */
function refuseLists(members: readonly unknown[], path: string): void {
  const at = members.findIndex((member) => Array.isArray(member));
  if (at >= 0) throw new InvalidInput({ [`${path}.${at}`]: 'nestedValidation' });
}
