import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Person } from '../../accounts/people.queries.js';
import { Standing } from '../../accounts/standing.service.js';
import { ClientTeam } from '../../clients/client-team.service.js';
import { Database } from '../../database/database.js';
import type { BulkAct } from '../../prospects/bulk-acts/bulk-act.entity.js';
import { ClientNames } from '../clients/client-names.queries.js';
import { Departures, type LeftBehind, type WorkWanted } from './departures.service.js';

/** The role of a person and the clients they work for, set at one go from the person's own page. */
@Injectable()
export class PersonWork {
  constructor(
    private readonly database: Database,
    private readonly standing: Standing,
    private readonly team: ClientTeam,
    private readonly names: ClientNames,
    private readonly departures: Departures,
  ) {}

  /** How many prospects are theirs, at all clients in sight. */
  ownedBy(actor: Actor, person: Person): Promise<number> {
    return this.departures.total(actor, person);
  }

  /** What the change would leave behind; it is made only with a word on that. */
  leftBehind(actor: Actor, person: Person, wanted: WorkWanted): Promise<LeftBehind> {
    return this.departures.leftBehind(actor, person, wanted);
  }

  clients(actor: Actor): Promise<{ id: string; name: string }[]> {
    return this.names.inSight(actor);
  }

  /**
   * Gives the role, joins the teams that are new, leaves those no longer wanted: all of it, or nothing. What they own at
   * those goes where the word says; gives the acts that carry it there.
   * @throws InvalidInput when they own prospects there and no word is said on whom those go to
   */
  change(actor: Actor, person: Person, wanted: WorkWanted): Promise<BulkAct[]> {
    return this.departures.change(actor, person, wanted, () => this.write(actor, person, wanted));
  }

  private write(actor: Actor, person: Person, { role, clientIds = [] }: WorkWanted): Promise<void> {
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
