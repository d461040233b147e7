import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { InvalidInput } from '../../shared/errors.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import type { EnrolmentInput } from './enrolment.dto.js';
import { EnrolmentEntry } from './enrolment-entry.service.js';
import type { Skipped } from './enrolment-gate.service.js';
import { chosenBy, listsOf } from './prospect-choice.queries.js';
import { loadSequence, lockSequence } from '../sequence-loading.queries.js';
import { enrolledIn, openTestOf } from '../sequence-reach.queries.js';

export interface EnrolmentResult {
  enrolled: number;
  skipped: Skipped[];
}

/** What became of one person at the door. */
export type OneEnrolled = { enrolmentId: string; skipped: null } | { enrolmentId: null; skipped: Skipped };

const CHUNK = 200;

/** Puts people into a sequence, some at a time so that others get their turn; nobody is left out without a reason. */
@Injectable()
export class Enrolments {
  constructor(
    private readonly database: Database,
    private readonly entry: EnrolmentEntry,
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
        return this.entry.enter(tx, actor, sequenceId, waiting.slice(0, room), test?.testId ?? null);
      });
      waiting.splice(0, room);
      result.enrolled += next.entered.size;
      result.skipped.push(...next.skipped);
    } while (waiting.length > 0 && room > 0);
    return result;
  }

  /** One person: the enrolment, or why there is none. @throws as `enrol` */
  async enrolOne(actor: Actor, sequenceId: string, prospectId: string): Promise<OneEnrolled> {
    const { entered, skipped } = await this.database.write((tx) =>
      this.entry.enter(tx, actor, sequenceId, [prospectId], null),
    );
    const enrolmentId = entered.get(prospectId);
    return enrolmentId === undefined
      ? { enrolmentId: null, skipped: skipped[0]! }
      : { enrolmentId, skipped: null };
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
      const { admitted, skipped } = await this.entry.judge(db, actor, sequenceId, prospectIds);
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
