import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { DomainError, NotFound } from '../shared/errors.js';
import { Lists } from './lists.service.js';
import { Ownership } from './ownership.service.js';
import type { ProspectStatus } from './status.js';
import { Statuses } from './status.service.js';

/** How many of those chosen an act changed, and how many it could not. */
export interface BulkResult {
  done: number;
  left: number;
}

/** Acts on many prospects of one client at once. */
@Injectable()
export class BulkActs {
  constructor(
    private readonly statuses: Statuses,
    private readonly ownership: Ownership,
    private readonly lists: Lists,
  ) {}

  /** Each prospect by itself: those whose move is not legal stay where they are, and others are answered in between. */
  async move(actor: Actor, prospectIds: readonly string[], to: ProspectStatus): Promise<BulkResult> {
    const result: BulkResult = { done: 0, left: 0 };
    for (const id of new Set(prospectIds)) {
      try {
        const { factId } = await this.statuses.change(actor, id, { to });
        if (factId === null) result.left += 1;
        else result.done += 1;
      } catch (error) {
        if (!(error instanceof DomainError) || error instanceof NotFound) throw error;
        result.left += 1;
      }
      await new Promise(setImmediate);
    }
    return result;
  }

  /** `ownerId` null frees them. */
  async assign(
    actor: Actor,
    clientId: string,
    prospectIds: readonly string[],
    ownerId: string | null,
  ): Promise<BulkResult> {
    const done = await this.ownership.assign(actor, clientId, prospectIds, ownerId);
    return { done, left: prospectIds.length - done };
  }

  /** Onto a list of the client, made first when it is given by name. */
  async enlist(
    actor: Actor,
    clientId: string,
    prospectIds: readonly string[],
    list: { id: string } | { name: string },
  ): Promise<BulkResult> {
    const listId = 'id' in list ? list.id : (await this.lists.create(actor, clientId, list.name)).id;
    const done = await this.lists.enlist(actor, listId, prospectIds);
    return { done, left: prospectIds.length - done };
  }

  async delist(actor: Actor, listId: string, prospectIds: readonly string[]): Promise<BulkResult> {
    const done = await this.lists.delist(actor, listId, prospectIds);
    return { done, left: prospectIds.length - done };
  }
}
