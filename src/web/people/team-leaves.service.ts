import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isManager } from '../../accounts/actor.js';
import { ClientTeam } from '../../clients/client-team.service.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import { flag, integer, text } from '../../database/rows.js';
import { Conflict, NotAllowed, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { BulkAct } from '../../prospects/bulk-acts/bulk-act.entity.js';
import { BulkActs } from '../../prospects/bulk-acts/bulk-acts.service.js';
import type { HandOverInput } from '../../prospects/ownership/hand-over.dto.js';
import { HandOvers } from '../../prospects/ownership/hand-overs.service.js';
import { strayOwnersOf, teamOf } from '../../prospects/search/prospect-list.queries.js';
import { OpenTasks } from './open-tasks.queries.js';
import type { Departure } from './team-leave.view.js';

/** How long somebody who takes themselves off waits for their own hand-over: it runs with the rights they give up. */
const OWN_HAND_OVER_SECONDS = 20;

/** Somebody stops working for a client, and what they owned there goes on. */
@Injectable()
export class TeamLeaves {
  constructor(
    private readonly database: Database,
    private readonly team: ClientTeam,
    private readonly handOvers: HandOvers,
    private readonly acts: BulkActs,
    private readonly tasks: OpenTasks,
  ) {}

  /** @throws NotFound for somebody who neither works for the client nor owns a prospect there; NotAllowed */
  async look(actor: Actor, clientId: string, userId: string): Promise<Departure> {
    const found = await this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      if (!isManager(actor)) throw new NotAllowed('managersOnly');
      const person = isId(userId)
        ? await db.row(
            sql`SELECT u.id, u.name, EXISTS (SELECT 1 FROM client_access a
                WHERE a.user_id = u.id AND a.client_id = ${clientId}) AS is_on_team,
              (SELECT COUNT(*) FROM prospect p WHERE p.owner_id = u.id AND p.client_id = ${clientId}) AS prospects
              FROM app_user u WHERE u.id = ${userId} AND u.role <> 'client'`,
            { id: text, name: text, isOnTeam: flag, prospects: integer },
          )
        : null;
      if (person === null || !(person.isOnTeam || person.prospects > 0)) throw new NotFound();
      return { client, person, prospects: person.prospects };
    });
    const heirs = (await this.handOvers.heirs([clientId], userId)).get(clientId)!;
    return { ...found, open: (await this.tasks.of(userId)).get(clientId) ?? 0, heirs };
  }

  /** Whose prospects nobody of the team sees: their owners work for the client no longer. */
  strayOwners(actor: Actor, clientId: string): Promise<{ id: string; name: string; prospects: number }[]> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const team = await teamOf(db, clientId);
      const owners: { id: string; name: string; prospects: number }[] = [];
      for (const { id, name } of await strayOwnersOf(db, clientId, team)) {
        const owned = await db.row(
          sql`SELECT COUNT(*) AS n FROM prospect WHERE owner_id = ${id} AND client_id = ${clientId}`,
          { n: integer },
        );
        owners.push({ id, name, prospects: owned!.n });
      }
      return owners;
    });
  }

  /**
   * Takes somebody off a client; what they own there is given on, which goes on in the background: one's own first, while
   * one still may. Gives the id of that act, null when nothing was owned.
   * @throws as `look`; InvalidInput when they own prospects and no word is said on whom those go to; Conflict when one’s own
   * hand-over takes longer than one can wait for
   */
  async leave(
    actor: Actor,
    clientId: string,
    userId: string,
    wishes: Pick<HandOverInput, 'toIds' | 'isFreed'>,
  ): Promise<string | null> {
    const { prospects } = await this.look(actor, clientId, userId);
    const input = { ...wishes, clientIds: [clientId] };
    const unassign = () => this.team.unassign(actor, clientId, userId);
    const isOwn = userId === actor.userId && prospects > 0;
    const [act] = isOwn
      ? await this.handOvers.hand(actor, userId, input)
      : await this.handOvers.handOn(actor, userId, input, unassign);
    if (isOwn) {
      await this.awaitOwn(act!.id);
      await unassign();
    }
    return act?.id ?? null;
  }

  private async awaitOwn(actId: string): Promise<void> {
    await this.acts.settled(actId, OWN_HAND_OVER_SECONDS);
    const act = await this.database.read((db) => db.entities.findOneBy(BulkAct, { id: actId }));
    if (act?.state !== 'done') throw new Conflict('prospects.handOverRuns');
  }
}
