import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '../../accounts/actor.js';
import type { Person } from '../../accounts/people.queries.js';
import { Standing } from '../../accounts/standing.service.js';
import { ClientTeam } from '../../clients/client-team.service.js';
import { Database } from '../../database/database.js';
import { HandOvers } from '../../prospects/ownership/hand-overs.service.js';
import { ClientNames } from '../clients/client-names.queries.js';

/** The role of a person and the clients they work for, set at one go from the person's own page. */
@Injectable()
export class PersonWork {
  constructor(
    private readonly database: Database,
    private readonly standing: Standing,
    private readonly team: ClientTeam,
    private readonly names: ClientNames,
    private readonly handOvers: HandOvers,
  ) {}

  /** How many prospects are theirs, at all clients in sight; nobody of a client owns any. */
  async ownedBy(actor: Actor, person: Pick<Person, 'id' | 'role'>): Promise<number> {
    if (person.role === 'client') return 0;
    const owned = await this.handOvers.owned(actor, person.id);
    return owned.reduce((sum, { prospects }) => sum + prospects, 0);
  }

  /** Whether they own prospects at a client they have just been taken off. */
  async strands(actor: Actor, before: Person, clientIds: readonly string[]): Promise<boolean> {
    if (before.role === 'client') return false;
    const owned = await this.handOvers.owned(actor, before.id);
    return owned.some(({ clientId }) => before.clientIds.includes(clientId) && !clientIds.includes(clientId));
  }

  clients(actor: Actor): Promise<{ id: string; name: string }[]> {
    return this.names.inSight(actor);
  }

  /** Gives the role, joins the teams that are new, leaves those no longer wanted: all of it, or nothing. */
  change(actor: Actor, person: Person, role: Role, clientIds: readonly string[]): Promise<void> {
    return this.database.write(async (tx) => {
      await this.standing.giveRoleIn(tx, actor, person.id, role);
      if (person.role === 'client') return;
      for (const id of clientIds)
        if (!person.clientIds.includes(id)) await this.team.assignIn(tx, actor, id, person.id);
      for (const id of person.clientIds)
        if (!clientIds.includes(id)) await this.team.unassignIn(tx, actor, id, person.id);
    });
  }
}
