import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import { holdProspects } from '../../prospects/held-prospects.queries.js';
import { Facts } from '../../prospects/facts.service.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { Conflict } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { EnrolmentGate, type Gate, type Skipped, type Verdicts } from './enrolment-gate.service.js';
import { planEnrolment } from './enrolment-plan.js';
import { planSource } from './enrolment-planner.service.js';
import { Enrolment } from './enrolment.entity.js';
import { messageContext } from '../writing/message-context.queries.js';
import type { Person } from '../writing/person.queries.js';
import type { Sequence, SequenceVersion } from '../sequence.entity.js';
import { loadApproved, loadSequence, lockSequence } from '../sequence-loading.queries.js';

/** Who came past the guard, and who was left out. */
export interface Entered {
  /** Prospect id → enrolment id. */
  entered: ReadonlyMap<string, string>;
  skipped: Skipped[];
}

/** Some people at the door of a sequence, each judged and let in within the caller's transaction. */
@Injectable()
export class EnrolmentEntry {
  constructor(
    private readonly gate: EnrolmentGate,
    private readonly facts: Facts,
    private readonly statuses: Statuses,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a sequence out of sight; Conflict while none of its versions is approved */
  async judge(db: Db, actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<Verdicts> {
    const { sequence } = await loadSequence(db, actor, sequenceId);
    return this.gate.judge(db, actor, await gateOf(db, sequence), prospectIds);
  }

  /** @throws NotFound for a sequence out of sight; Conflict for one that takes nobody, or a client switched off */
  async enter(
    tx: Tx,
    actor: Actor,
    sequenceId: string,
    ids: readonly string[],
    testId: string | null,
  ): Promise<Entered> {
    const { sequence } = await lockSequence(tx, actor, sequenceId);
    const gate = await openGateOf(tx, sequence);
    const { client } = gate;
    // Two people enrolling the same prospect in two sequences at once: the second waits, and is told.
    await holdProspects(tx, ids, client.id);
    const { admitted, objections, skipped } = await this.gate.judge(tx, actor, gate, ids);
    const entered = new Map<string, string>();
    for (const person of admitted) {
      const entry = { ...gate, testId, person };
      entered.set(person.id, await this.add(tx, actor, entry, objections.get(person.id) ?? []));
    }
    return { entered, skipped };
  }

  private async add(
    tx: Tx,
    actor: Actor,
    entry: ApprovedGate & { testId: string | null; person: Person },
    objected: 'all' | readonly string[],
  ): Promise<string> {
    const { sequence, version, person, client, testId } = entry;
    const now = this.clock.now();
    const enrolment = tx.entities.create(Enrolment, {
      id: newId(),
      clientId: client.id,
      prospectId: person.id,
      sequenceId: sequence.id,
      sequenceVersionId: version.id,
      isTest: testId !== null,
      testId,
      state: 'active',
      reason: null,
      pausedUntil: null,
      nextPosition: null,
      nextChannel: null,
      mailboxId: null,
      nextAttempt: 1,
      dueAt: null,
      notBefore: null,
      waitReason: null,
      enrolledBy: actor.userId || null,
      enrolledAt: now,
      finishedAt: null,
      note: null,
    });
    // Whoever answered before, or was out of reach, begins anew: their present status would be the end of it.
    const starting = { ...person, status: 'in_sequence' as const };
    const source = planSource(
      { enrolment, sequence, steps: version.steps, person: starting, client },
      objected,
    );
    const next = planEnrolment(source, now);
    if (next.kind === 'finish') throw new Error(`An enrolment began with its end: ${next.reason}`);
    Object.assign(enrolment, {
      nextPosition: next.step?.position ?? null,
      nextChannel: next.step?.channel ?? null,
      dueAt: next.at,
    });
    await tx.entities.insert(Enrolment, enrolment);
    const { id: prospectId, clientId } = person;
    const details = { sequenceId: sequence.id, version: version.version };
    await this.facts.append(tx, actor, {
      prospectId,
      clientId,
      kind: 'enrolment.started',
      at: now,
      aboutId: enrolment.id,
      details,
    });
    await this.statuses.follow(tx, actor, prospectId, 'in_sequence', { aboutId: enrolment.id });
    return enrolment.id;
  }
}

/** The gate with the version people are enrolled with. */
interface ApprovedGate extends Gate {
  version: SequenceVersion;
}

/** @throws Conflict for an archived or unapproved sequence, or a client switched off */
export async function openGateOf(db: Db, sequence: Sequence): Promise<ApprovedGate> {
  if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
  const gate = await gateOf(db, sequence);
  requireNewWork(gate.client);
  return gate;
}

/** @throws Conflict while no version is approved */
async function gateOf(db: Db, sequence: Sequence): Promise<ApprovedGate> {
  const client = await db.entities.findOneByOrFail(Client, { id: sequence.clientId });
  const version = await loadApproved(db, sequence);
  const { locale } = sequence;
  const context = await messageContext(db, client, { locale, notice: version.notice });
  return { sequence, version, steps: version.steps, client, context };
}
