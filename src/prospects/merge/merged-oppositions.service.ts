import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import type { Db, Tx } from '../../database/db.js';
import { newId } from '../../shared/id.js';
import type { Prospect } from '../prospect.entity.js';
import { StatusMoves } from '../status/status-moves.service.js';
import { SuppressionList } from '../suppression/suppression-list.service.js';
import { objectionOf, personalKeys, type Objection } from '../suppression/suppression-keys.js';
import { Suppression } from '../suppression/suppression.entity.js';
import { Suppressions } from '../suppression/suppressions.service.js';
import { domainOf } from './stored-prospects.queries.js';

/** What one person objects to whom two prospects stood for: the stricter of the two, and of both together. */
@Injectable()
export class MergedOppositions {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly clock: Clock,
    private readonly moves: StatusMoves,
    private readonly list: SuppressionList,
  ) {}

  /** `all` when either objects to every channel, or has said so by status. */
  async of(db: Db, people: readonly Prospect[]): Promise<Objection> {
    if (people.some(({ status }) => status === 'do_not_contact')) return 'all';
    const asked = [];
    for (const person of people) {
      asked.push(Object.assign({}, person, { companyDomain: await domainOf(db, person.companyId) }));
    }
    const covered = await this.suppressions.covering(db, people[0]!.clientId, asked);
    return objectionOf([...covered.values()].flat());
  }

  /**
   * Enters every address, number and profile of both on the client's list for what the person objects to; what stands
   * there already stays as it is. Gives the ids of the new entries.
   */
  async enter(tx: Tx, actor: Actor, people: readonly Prospect[], objection: Objection): Promise<string[]> {
    const { clientId } = people[0]!;
    const keys = people.flatMap(personalKeys);
    const distinct = [...new Map(keys.map((key) => [`${key.kind} ${key.value}`, key])).values()];
    const entry = { clientId, keys: distinct, reason: 'merge', source: 'merge' };
    if (objection === 'all') return this.suppressions.enter(tx, actor, entry);
    if (objection.length === 0) return [];
    return this.enterChannels(tx, actor, entry, objection);
  }

  /**
   * Lifts what a merge entered for the survivor, when it is undone. Whoever is covered by another entry by now is not to be
   * contacted, whatever stood before. Gives whether the survivor is.
   */
  async lift(tx: Tx, actor: Actor, survivorId: string, absorbedId: string, ids: string[]): Promise<boolean> {
    const standing = await this.moves.standingOf(tx, null, survivorId);
    await this.moves.liftEntries(tx, actor, standing, ids);
    for (const id of [survivorId, absorbedId]) await this.list.heed(tx, actor, id);
    const now = await this.moves.standingOf(tx, null, survivorId);
    return now.status === 'do_not_contact';
  }

  private async enterChannels(
    tx: Tx,
    actor: Actor,
    { clientId, keys, reason, source }: Parameters<Suppressions['enter']>[2],
    objection: readonly string[],
  ): Promise<string[]> {
    const channels = [...objection].sort();
    const ids: string[] = [];
    for (const { kind, value } of keys) {
      const twin = await tx.entities.findBy(Suppression, { kind, value, clientId: clientId! });
      const isCovered = twin.some(
        (one) =>
          one.removedAt === null &&
          (one.channels === null || channels.every((channel) => one.channels!.includes(channel))),
      );
      if (isCovered) continue;
      const id = newId();
      await tx.entities.insert(Suppression, {
        ...{ id, clientId, kind, value, channels, reason, source },
        createdBy: actor.userId || null,
        createdAt: this.clock.now(),
      });
      ids.push(id);
    }
    return ids;
  }
}
