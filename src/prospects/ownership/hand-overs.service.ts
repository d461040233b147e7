import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import { integer, text, type RowOf } from '../../database/rows.js';
import { InvalidInput, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import type { BulkAct } from '../bulk-acts/bulk-act.entity.js';
import { BulkActs } from '../bulk-acts/bulk-acts.service.js';
import type { HandOverInput } from './hand-over.dto.js';
import { teamOf } from '../search/prospect-list.queries.js';

const OWNED = { clientId: text, clientName: text, prospects: integer };
export type Owned = RowOf<typeof OWNED>;

/** What a person who leaves owned, given to those who stay. Open tasks go where their prospect goes. */
@Injectable()
export class HandOvers {
  constructor(
    private readonly database: Database,
    private readonly acts: BulkActs,
  ) {}

  /** How many prospects a person owns at each client in sight, those with none left out. @throws NotFound, NotAllowed */
  async owned(actor: Actor, userId: string): Promise<Owned[]> {
    if (!isManager(actor)) throw new NotAllowed('managersOnly');
    return this.database.read(async (db) => {
      const person = isId(userId)
        ? await db.row(sql`SELECT id FROM app_user WHERE id = ${userId} AND role <> 'client'`, { id: text })
        : null;
      if (person === null) throw new NotFound();
      return db.rows(
        sql`SELECT o.client_id, k.name AS client_name, o.prospects
          FROM (SELECT client_id, COUNT(*) AS prospects FROM prospect WHERE owner_id = ${userId} GROUP BY client_id) o
            JOIN client k ON k.id = o.client_id
          WHERE ${withinSight(actor, sql`o.client_id`)} ORDER BY LOWER(k.name), k.id`,
        OWNED,
      );
    });
  }

  /** Who works for each of these clients, apart from the person. */
  async heirs(
    clientIds: readonly string[],
    userId: string,
  ): Promise<Map<string, { id: string; name: string }[]>> {
    return this.database.read(async (db) => {
      const teams = new Map<string, { id: string; name: string }[]>();
      for (const id of clientIds)
        teams.set(
          id,
          (await teamOf(db, id)).filter((one) => one.id !== userId),
        );
      return teams;
    });
  }

  /**
   * One act a client, begun at once; each can be followed, stopped and undone like any act on many.
   * @throws NotFound; NotAllowed; InvalidInput when a client is not among those owned, or somebody works for none of them
   */
  async hand(actor: Actor, userId: string, input: HandOverInput): Promise<BulkAct[]> {
    const wanted = await this.checked(actor, userId, input);
    if (wanted.length === 0) throw new InvalidInput({ clientIds: 'prospects.nothingOwned' });
    return this.begin(actor, userId, wanted, input);
  }

  /**
   * Of clients somebody stops working for: what they own there goes where the word says, once `leave` has taken them off.
   * Without a word, and where anything is owned, nothing changes. Gives the acts begun.
   * @throws as `hand`
   */
  async handOn(
    actor: Actor,
    userId: string,
    input: HandOverInput,
    leave: () => Promise<void>,
  ): Promise<BulkAct[]> {
    const owned = await this.owned(actor, userId);
    const isOwner = owned.some(({ clientId }) => input.clientIds.includes(clientId));
    const wanted = isOwner ? await this.checked(actor, userId, input) : [];
    await leave();
    return this.begin(actor, userId, wanted, input);
  }

  private async checked(
    actor: Actor,
    userId: string,
    { clientIds, toIds = [], isFreed }: HandOverInput,
  ): Promise<Owned[]> {
    if ((toIds.length === 0) !== (isFreed === true)) throw new InvalidInput({ toIds: 'prospects.noHeir' });
    const owned = await this.owned(actor, userId);
    const wanted = owned.filter(({ clientId }) => clientIds.includes(clientId));
    const teams = await this.heirs(clientIds, userId);
    for (const { clientId, clientName } of wanted) {
      if (toIds.some((id) => !teams.get(clientId)!.some((one) => one.id === id)))
        throw new InvalidInput({ toIds: { code: 'prospects.notOnTeamOf', params: { client: clientName } } });
    }
    return wanted;
  }

  private async begin(
    actor: Actor,
    userId: string,
    wanted: readonly Owned[],
    { toIds = [] }: HandOverInput,
  ): Promise<BulkAct[]> {
    const acts: BulkAct[] = [];
    for (const { clientId } of wanted) {
      const order = { kind: 'owner' as const, filter: { owner: userId }, ownerIds: [...toIds] };
      acts.push(await this.acts.open(actor, clientId, order, { isConfirmed: true }));
    }
    return acts;
  }
}
