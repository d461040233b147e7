import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { Client } from '../clients/client.entity.js';
import { requireNewWork } from '../clients/clients.policy.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Tx } from '../database/db.js';
import { Facts } from '../prospects/facts.service.js';
import { Statuses } from '../prospects/status.service.js';
import { Conflict, InvalidInput } from '../shared/errors.js';
import { newId } from '../shared/id.js';
import type { EnrolmentInput, ProspectFilterInput } from './enrolment.dto.js';
import { EnrolmentGate, type Gate, type Skipped } from './enrolment-gate.service.js';
import { planEnrolment } from './enrolment-plan.js';
import { planSource } from './enrolment-planner.service.js';
import { Enrolment } from './enrolment.entity.js';
import type { Person } from './person.queries.js';
import { chosenBy, listsOf } from './prospect-choice.queries.js';
import type { SequenceVersion } from './sequence.entity.js';
import { loadSequence } from './sequences.service.js';

export interface EnrolmentResult {
  enrolled: number;
  skipped: Skipped[];
}

const CHUNK = 200;

/** Puts people into a sequence, some at a time so that others get their turn; nobody is left out without a reason. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly gate: EnrolmentGate,
    private readonly facts: Facts,
    private readonly statuses: Statuses,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a sequence out of sight; Conflict for an archived one, or for a client who is switched off */
  async enrol(actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<EnrolmentResult> {
    const result: EnrolmentResult = { enrolled: 0, skipped: [] };
    const wanted = [...new Set(prospectIds)];
    for (let from = 0; from < wanted.length || from === 0; from += CHUNK) {
      const chunk = wanted.slice(from, from + CHUNK);
      const { enrolled, skipped } = await this.database.write((tx) =>
        this.enrolChunk(tx, actor, sequenceId, chunk),
      );
      result.enrolled += enrolled;
      result.skipped.push(...skipped);
    }
    return result;
  }

  /** Everybody named, or everybody a filter finds. @throws InvalidInput when neither or both are given */
  async enrolChosen(actor: Actor, sequenceId: string, input: EnrolmentInput): Promise<EnrolmentResult> {
    const prospectIds = input.prospectIds ?? null;
    const filter = input.filter ?? null;
    if ((prospectIds === null) === (filter === null))
      throw new InvalidInput({ prospectIds: 'sequences.chooseOne' });
    const ids = prospectIds ?? (await this.found(actor, sequenceId, filter!)).ids;
    return this.enrol(actor, sequenceId, ids);
  }

  /** Whom a filter finds among the prospects of the sequence's client. */
  found(
    actor: Actor,
    sequenceId: string,
    filter: ProspectFilterInput,
  ): Promise<{ ids: string[]; total: number }> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      return chosenBy(db, sequence.clientId, filter);
    });
  }

  /** The lists a filter may name. */
  lists(actor: Actor, sequenceId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      return listsOf(db, sequence.clientId);
    });
  }

  /** The same judgement without enrolling anybody. */
  preview(actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<EnrolmentResult> {
    return this.database.read(async (db) => {
      const { sequence, version } = await loadSequence(db, actor, sequenceId);
      const client = await db.entities.findOneByOrFail(Client, { id: sequence.clientId });
      const gate = { sequence, steps: version.steps, client };
      const { admitted, skipped } = await this.gate.judge(db, actor, gate, prospectIds);
      return { enrolled: admitted.length, skipped };
    });
  }

  private async enrolChunk(
    tx: Tx,
    actor: Actor,
    sequenceId: string,
    ids: string[],
  ): Promise<EnrolmentResult> {
    const { sequence, version } = await loadSequence(tx, actor, sequenceId);
    if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
    const client = await tx.entities.findOneByOrFail(Client, { id: sequence.clientId });
    requireNewWork(client);
    // Two people enrolling the same prospect in two sequences at once: the second waits, and is told.
    if (ids.length > 0) {
      await tx.rows(
        sql`SELECT id FROM prospect WHERE client_id = ${client.id} AND id IN (${join(ids)}) ORDER BY id${tx.dialect.forUpdate}`,
        {},
      );
    }
    const gate = { sequence, steps: version.steps, client };
    const { admitted, objections, skipped } = await this.gate.judge(tx, actor, gate, ids);
    for (const person of admitted) {
      await this.add(tx, actor, { ...gate, version, person }, objections.get(person.id) ?? []);
    }
    return { enrolled: admitted.length, skipped };
  }

  private async add(
    tx: Tx,
    actor: Actor,
    entry: Gate & { version: SequenceVersion; person: Person },
    objected: 'all' | readonly string[],
  ): Promise<void> {
    const { sequence, version, person, client } = entry;
    const now = this.clock.now();
    const enrolment = tx.entities.create(Enrolment, {
      id: newId(),
      clientId: client.id,
      prospectId: person.id,
      sequenceId: sequence.id,
      sequenceVersionId: version.id,
      isTest: false,
      testId: null,
      state: 'active',
      reason: null,
      pausedUntil: null,
      nextPosition: null,
      nextAttempt: 1,
      dueAt: null,
      enrolledBy: actor.userId || null,
      enrolledAt: now,
      finishedAt: null,
      note: null,
    });
    const next = planEnrolment(
      planSource({ enrolment, sequence, steps: version.steps, person, client }, objected),
      now,
    );
    if (next.kind === 'finish') throw new Error(`An enrolment began with its end: ${next.reason}`);
    Object.assign(enrolment, { nextPosition: next.step?.position ?? null, dueAt: next.at });
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
    await this.statuses.follow(tx, actor, prospectId, 'in_sequence');
  }
}
