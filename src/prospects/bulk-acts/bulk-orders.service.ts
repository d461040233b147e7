import { Injectable } from '@nestjs/common';
import { type Actor, isManager } from '../../accounts/actor.js';
import { Audit } from '../../accounts/audit.service.js';
import { Clock } from '../../clock/clock.service.js';
import type { Tx } from '../../database/db.js';
import { Conflict, InvalidInput, NotAllowed } from '../../shared/errors.js';
import { newId } from '../../shared/id.js';
import { type BulkTerms, isOwnKind } from './bulk-act.js';
import type { BulkActInput } from './bulk-act.dto.js';
import { BulkAct } from './bulk-act.entity.js';
import { BulkCount } from './bulk-count.service.js';
import { BulkParts } from './bulk-parts.service.js';
import { insertList, isListOf } from '../lists/lists.service.js';
import { teamOf } from '../search/prospect-list.queries.js';

/** What is asked for, found possible and written down as an act. */
@Injectable()
export class BulkOrders {
  constructor(
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly count: BulkCount,
    private readonly parts: BulkParts,
  ) {}

  /** Those named are counted at once. @throws NotAllowed; InvalidInput; Conflict */
  async write(
    tx: Tx,
    actor: Actor,
    clientId: string,
    input: BulkActInput,
    isConfirmed: boolean,
  ): Promise<BulkAct> {
    const { prospectIds } = input;
    const terms = await this.termsOf(tx, actor, clientId, input);
    const act = await this.insert(tx, actor, clientId, input, {
      ...terms,
      ...(isConfirmed ? { isConfirmed } : {}),
      ...(prospectIds === undefined ? {} : { isNamed: true }),
    });
    if (prospectIds !== undefined) await this.count.named(tx, actor, act, prospectIds);
    return act;
  }

  private async termsOf(tx: Tx, actor: Actor, clientId: string, input: BulkActInput): Promise<BulkTerms> {
    const { kind, to, ownerIds = [], listId, newList, reason } = input;
    if (!isOwnKind(kind)) return this.parts.of(kind).terms(tx, actor, clientId, input);
    switch (kind) {
      case 'status':
        if (to === undefined) throw new InvalidInput({ to: 'isNotEmpty' });
        return { to };
      case 'suppress':
        if (reason === undefined) throw new InvalidInput({ reason: 'isNotEmpty' });
        return { reason };
      case 'owner':
        await requireTeam(tx, actor, clientId, ownerIds);
        return { ownerIds };
      case 'enlist':
      case 'delist':
        if (kind === 'enlist' && newList !== undefined) return this.newList(tx, actor, clientId, newList);
        if (listId === undefined) throw new InvalidInput({ listId: 'isNotEmpty' });
        if (!(await isListOf(tx, clientId, listId)))
          throw new InvalidInput({ listId: 'prospects.noSuchList' });
        return { listId };
    }
  }

  private async newList(tx: Tx, actor: Actor, clientId: string, name: string): Promise<BulkTerms> {
    const list = await insertList(tx, actor, { clientId, name, now: this.clock.now() }, this.audit);
    if (list === null) throw new Conflict('prospects.listExists', { name });
    return { listId: list.id };
  }

  private async insert(
    tx: Tx,
    actor: Actor,
    clientId: string,
    { kind, filter, clickKey }: BulkActInput,
    terms: BulkTerms,
  ): Promise<BulkAct> {
    const now = this.clock.now();
    const act = tx.entities.create(BulkAct, {
      ...{ id: newId(), clientId, kind, terms, filter: filter ?? {}, clickKey: clickKey ?? null },
      ...{ state: 'counting' as const, total: 0, able: 0, position: 0, changed: 0, undone: 0 },
      ...{ reasons: null, keptReasons: null, createdBy: actor.userId || null },
      ...{ createdAt: now, progressAt: now, finishedAt: null },
    });
    await tx.entities.insert(BulkAct, act);
    return act;
  }
}

async function requireTeam(
  tx: Tx,
  actor: Actor,
  clientId: string,
  ownerIds: readonly string[],
): Promise<void> {
  const team = await teamOf(tx, clientId);
  if (!ownerIds.every((owner) => team.some(({ id }) => id === owner)))
    throw new InvalidInput({ ownerIds: 'prospects.notOnTeam' });
  if (!isManager(actor) && ownerIds.some((owner) => owner !== actor.userId)) throw new NotAllowed();
}
