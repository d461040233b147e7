import { Injectable } from '@nestjs/common';
import sql, { join } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { requireNewWork } from '../../clients/clients.policy.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db, Tx } from '../../database/db.js';
import { Facts } from '../../prospects/facts.service.js';
import { Statuses } from '../../prospects/status/status.service.js';
import { Conflict, InvalidInput } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import type { EnrolmentInput } from './enrolment.dto.js';
import { EnrolmentGate, type Gate, type Skipped } from './enrolment-gate.service.js';
import { planEnrolment } from './enrolment-plan.js';
import { planSource } from './enrolment-planner.service.js';
import { Enrolment } from './enrolment.entity.js';
import { messageContext } from '../writing/message-context.queries.js';
import type { Person } from '../writing/person.queries.js';
import { chosenBy, listsOf } from './prospect-choice.queries.js';
import type { Sequence, SequenceVersion } from '../sequence.entity.js';
import { loadApproved, loadSequence, lockSequence } from '../sequence-loading.queries.js';
import { enrolledIn, openTestOf } from '../sequence-reach.queries.js';

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

  /**
   * With the version approved last.
   * @throws NotFound for a sequence out of sight; Conflict for an archived or unapproved one, or a client switched off
   */
  enrol(actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<EnrolmentResult> {
    return this.enrolUntil(actor, sequenceId, prospectIds, null);
  }

  /** In the order given, until as many as a test wants got past the guard; all of them without a test. */
  async enrolUntil(
    actor: Actor,
    sequenceId: string,
    prospectIds: readonly string[],
    test: { testId: string; wanted: number } | null,
  ): Promise<EnrolmentResult> {
    const result: EnrolmentResult = { enrolled: 0, skipped: [] };
    const waiting = [...new Set(prospectIds)];
    let room = CHUNK;
    do {
      const next = await this.database.write(async (tx) => {
        // Read anew each time: a start that was cut off goes on, two may be at it, and a decision ends it.
        room = test ? Math.min(CHUNK, await roomIn(tx, actor, sequenceId, test)) : CHUNK;
        return this.enrolChunk(tx, actor, sequenceId, waiting.slice(0, room), test?.testId ?? null);
      });
      waiting.splice(0, room);
      result.enrolled += next.enrolled;
      result.skipped.push(...next.skipped);
    } while (waiting.length > 0 && room > 0);
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
  found(actor: Actor, sequenceId: string, filter: ProspectFilter): Promise<{ ids: string[]; total: number }> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      return chosenBy(db, actor, sequence.clientId, filter);
    });
  }

  /** The lists a filter may name. */
  lists(actor: Actor, sequenceId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      return listsOf(db, sequence.clientId);
    });
  }

  /** The lists of a client. @throws NotFound */
  listsOf(actor: Actor, clientId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return listsOf(db, clientId);
    });
  }

  /** The same judgement without enrolling anybody. */
  preview(actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<EnrolmentResult> {
    return this.database.read(async (db) => {
      const { sequence } = await loadSequence(db, actor, sequenceId);
      const gate = await gateOf(db, sequence);
      const { admitted, skipped } = await this.gate.judge(db, actor, gate, prospectIds);
      return { enrolled: admitted.length, skipped };
    });
  }

  /** Everybody with the reason against them when the guard lets nobody in; null as soon as it lets somebody in. */
  async shutOut(actor: Actor, sequenceId: string, prospectIds: readonly string[]): Promise<Skipped[] | null> {
    const shut: Skipped[] = [];
    for (let from = 0; from < prospectIds.length; from += CHUNK) {
      const chunk = prospectIds.slice(from, from + CHUNK);
      const { enrolled, skipped } = await this.preview(actor, sequenceId, chunk);
      if (enrolled > 0) return null;
      shut.push(...skipped);
    }
    return shut;
  }

  private async enrolChunk(
    tx: Tx,
    actor: Actor,
    sequenceId: string,
    ids: string[],
    testId: string | null,
  ): Promise<EnrolmentResult> {
    const { sequence } = await lockSequence(tx, actor, sequenceId);
    if (sequence.state === 'archived') throw new Conflict('sequences.sequenceArchived');
    const gate = await gateOf(tx, sequence);
    const { client } = gate;
    requireNewWork(client);
    // Two people enrolling the same prospect in two sequences at once: the second waits, and is told.
    if (ids.length > 0) {
      await tx.rows(
        sql`SELECT id FROM prospect WHERE ${tx.dialect.unindexed(sql`client_id`)} = ${client.id} AND id IN (${join(ids)})
          ORDER BY id${tx.dialect.forUpdate}`,
        {},
      );
    }
    const { admitted, objections, skipped } = await this.gate.judge(tx, actor, gate, ids);
    for (const person of admitted) {
      await this.add(tx, actor, { ...gate, testId, person }, objections.get(person.id) ?? []);
    }
    return { enrolled: admitted.length, skipped };
  }

  private async add(
    tx: Tx,
    actor: Actor,
    entry: ApprovedGate & { testId: string | null; person: Person },
    objected: 'all' | readonly string[],
  ): Promise<void> {
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
    const next = planEnrolment(
      planSource({ enrolment, sequence, steps: version.steps, person, client }, objected),
      now,
    );
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
    await this.statuses.follow(tx, actor, prospectId, 'in_sequence');
  }
}

/** How many more a test wants, with its sequence held; none once it is decided. */
async function roomIn(
  tx: Tx,
  actor: Actor,
  sequenceId: string,
  { testId, wanted }: { testId: string; wanted: number },
): Promise<number> {
  await lockSequence(tx, actor, sequenceId);
  const isOpen = (await openTestOf(tx, sequenceId))?.id === testId;
  return isOpen ? Math.max(0, wanted - (await enrolledIn(tx, testId))) : 0;
}

/** The gate with the version people are enrolled with. */
interface ApprovedGate extends Gate {
  version: SequenceVersion;
}

/** @throws Conflict while no version is approved */
async function gateOf(db: Db, sequence: Sequence): Promise<ApprovedGate> {
  const client = await db.entities.findOneByOrFail(Client, { id: sequence.clientId });
  const version = await loadApproved(db, sequence);
  const { locale } = sequence;
  const context = await messageContext(db, client, { locale, notice: version.notice });
  return { sequence, version, steps: version.steps, client, context };
}
