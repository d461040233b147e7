import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { withinSight } from '../../accounts/sight.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { type NamedPerson, peopleNamed, peopleWhere } from './named-people.queries.js';
import { Statuses } from '../status/status.service.js';
import type { SuppressionInput } from './suppression.dto.js';
import { Suppression } from './suppression.entity.js';
import { normaliseSuppression } from './suppression-keys.js';
import { mayKeepAgencyList, mayLift } from './suppression.policy.js';
import { Suppressions } from './suppressions.service.js';

/** People moved in one transaction: a domain may be that of thousands. */
const CHUNK = 100;

/**
 * The two lists as people keep them. An entry for every channel moves the prospects it covers to `do_not_contact`; one for
 * some channels is heeded wherever contact is made, and moves nobody.
 */
@Injectable()
export class SuppressionList {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly statuses: Statuses,
    private readonly suppressions: Suppressions,
  ) {}

  /**
   * @param clientId null: for the whole agency
   * Asked for twice, even at the same moment, it is entered once, and both are given the one entry.
   * @throws NotFound; NotAllowed; InvalidInput on `value`; Conflict when an entry for every channel covers it already
   */
  async add(actor: Actor, clientId: string | null, input: SuppressionInput): Promise<Suppression> {
    const { entry, isNew } = await this.enter(actor, clientId, input);
    if (isNew && entry.kind === 'domain') await this.moveThoseAt(actor, entry);
    return entry;
  }

  private enter(
    actor: Actor,
    clientId: string | null,
    input: SuppressionInput,
  ): Promise<{ entry: Suppression; isNew: boolean }> {
    return this.database.write(async (tx) => {
      const client = clientId === null ? null : await loadClient(tx, actor, clientId);
      if (clientId === null && !mayKeepAgencyList(actor)) throw new NotAllowed('managersOnly');
      const value = normaliseSuppression(input.kind, input.value, client?.country);
      if (value === null) throw new InvalidInput({ value: `prospects.suppression.${input.kind}` });
      const channels = input.channels ? [...new Set(input.channels)].sort() : null;
      const wanted = { clientId, kind: input.kind, value, channels };
      await this.refuseCovered(tx, wanted);
      const added = await this.suppressions.insert(tx, actor, {
        ...wanted,
        reason: input.reason,
        source: 'manual',
      });
      const entry = await sameInForce(tx, wanted);
      const isNew = added !== null && channels === null;
      if (isNew && entry.kind !== 'domain') await this.moveThoseBehind(tx, actor, entry);
      return { entry, isNew };
    });
  }

  /**
   * Lifts an entry. Prospects it had moved to `do_not_contact` go back to where they stood, unless another entry covers
   * them; nothing that had been stopped starts again.
   * @throws NotFound; NotAllowed
   */
  async lift(actor: Actor, id: string, reason: string): Promise<void> {
    const entry = await this.database.write(async (tx) => {
      const found = await this.entryOf(tx, actor, id);
      const isAllowed = found.clientId === null ? mayKeepAgencyList(actor) : mayLift(actor);
      if (!isAllowed) throw new NotAllowed('managersOnly');
      await this.strike(tx, actor, found, reason);
      if (found.kind !== 'domain')
        for (const person of await peopleNamed(tx, found.clientId, found.kind, [found.value]))
          await this.releaseIfFree(tx, actor, person, reason);
      return found;
    });
    if (entry.kind === 'domain')
      await this.inChunks(entry, (tx, person) => this.releaseIfFree(tx, actor, person, reason));
  }

  /**
   * Lifts all that a client's list holds against one person, from the person's own page.
   * @throws NotFound; NotAllowed; Conflict when the agency's list or a domain covers the person still
   */
  liftPerson(actor: Actor, prospectId: string, reason: string): Promise<void> {
    return this.database.write(async (tx) => {
      const [person] = isId(prospectId)
        ? await peopleWhere(tx, sql`p.id = ${prospectId} AND ${withinSight(actor, sql`p.client_id`)}`)
        : [];
      if (!person || !isAgency(actor)) throw new NotFound();
      if (!mayLift(actor)) throw new NotAllowed('managersOnly');
      const covering = await this.suppressions.covering(tx, person.clientId, [person]);
      for (const entry of covering.get(person.id) ?? []) {
        if (entry.clientId === null || entry.kind === 'domain') throw new Conflict('prospects.stillCovered');
        await this.strike(tx, actor, entry, reason);
      }
      await this.statuses.release(tx, actor, person.id, { reason });
    });
  }

  /** Somebody turns out to have one more address or profile: whoever objected under it, objects. */
  async heed(tx: Tx, actor: Actor, prospectId: string): Promise<void> {
    const [person] = await peopleWhere(tx, sql`p.id = ${prospectId}`);
    if (!person) return;
    const covering = (await this.suppressions.covering(tx, person.clientId, [person])).get(person.id) ?? [];
    const named = covering.find(({ channels }) => channels === null);
    if (named === undefined) return;
    const reason = named.clientId === null ? null : named.reason;
    await this.statuses.follow(tx, actor, prospectId, 'do_not_contact', { reason, isListed: true });
  }

  /** What the agency's list says may come from another client: its reason stays on the list. */
  private async moveThoseBehind(tx: Tx, actor: Actor, entry: Suppression): Promise<void> {
    const reason = entry.clientId === null ? null : entry.reason;
    for (const { id } of await peopleNamed(tx, entry.clientId, entry.kind, [entry.value]))
      await this.statuses.follow(tx, actor, id, 'do_not_contact', { reason, isListed: true });
  }

  /** The entry is in force before the first is moved: whoever's turn has not come is heeded already. */
  private moveThoseAt(actor: Actor, entry: Suppression): Promise<void> {
    const reason = entry.clientId === null ? null : entry.reason;
    return this.inChunks(entry, async (tx, { id }) => {
      await this.statuses.follow(tx, actor, id, 'do_not_contact', { reason, isListed: true });
    });
  }

  private async inChunks(
    entry: Suppression,
    act: (tx: Tx, person: NamedPerson) => Promise<void>,
  ): Promise<void> {
    const people = await this.database.read((db) =>
      peopleNamed(db, entry.clientId, entry.kind, [entry.value]),
    );
    for (let from = 0; from < people.length; from += CHUNK)
      await this.database.write(async (tx) => {
        for (const person of people.slice(from, from + CHUNK)) await act(tx, person);
      });
  }

  private async entryOf(tx: Tx, actor: Actor, id: string): Promise<Suppression> {
    const entry = isId(id) ? await tx.entities.findOneBy(Suppression, { id }) : null;
    if (entry === null || entry.removedAt !== null || !isAgency(actor)) throw new NotFound();
    if (entry.clientId !== null) await loadClient(tx, actor, entry.clientId);
    return entry;
  }

  private async strike(
    tx: Tx,
    actor: Actor,
    entry: Pick<Suppression, 'id' | 'clientId' | 'kind'>,
    reason: string,
  ): Promise<void> {
    await tx.run(sql`UPDATE suppression SET removed_at = ${this.clock.now()}, removed_by = ${actor.userId || null},
      removed_reason = ${reason} WHERE id = ${entry.id} AND removed_at IS NULL`);
    await this.record(tx, actor, entry, 'suppression.lifted');
  }

  private async releaseIfFree(tx: Tx, actor: Actor, person: NamedPerson, reason: string): Promise<void> {
    const covering = await this.suppressions.covering(tx, person.clientId, [person]);
    const isCovered = (covering.get(person.id) ?? []).some(({ channels }) => channels === null);
    if (!isCovered) await this.statuses.release(tx, actor, person.id, { reason });
  }

  /** An entry for every channel says it all: one for some of them would add nothing. */
  private async refuseCovered(tx: Tx, { channels, ...wanted }: Wanted): Promise<void> {
    if (channels !== null && (await tx.row(inForce({ ...wanted, channels: null }), { id: text })) !== null)
      throw new Conflict('prospects.suppression.twin', { value: wanted.value });
  }

  private record(
    tx: Tx,
    actor: Actor,
    { id, clientId, kind }: Pick<Suppression, 'id' | 'clientId' | 'kind'>,
    act: string,
  ): Promise<void> {
    return this.audit.record(tx, actor, {
      act,
      subjectType: 'suppression',
      subjectId: id,
      clientId,
      details: { kind },
    });
  }
}

type Wanted = Pick<Suppression, 'clientId' | 'kind' | 'value' | 'channels'>;

function inForce({ clientId, kind, value, channels }: Wanted): Sql {
  return sql`SELECT id FROM suppression WHERE kind = ${kind} AND value = ${value} AND removed_at IS NULL
    AND ${clientId === null ? sql`client_id IS NULL` : sql`client_id = ${clientId}`}
    AND ${channels === null ? sql`channels IS NULL` : sql`channels = ${JSON.stringify(channels)}`}`;
}

async function sameInForce(tx: Tx, wanted: Wanted): Promise<Suppression> {
  const found = await tx.row(inForce(wanted), { id: text });
  return tx.entities.findOneByOrFail(Suppression, { id: found!.id });
}
