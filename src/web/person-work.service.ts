import { Injectable } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import type { Person } from '../accounts/people.queries.js';
import { ClientTeam } from '../clients/client-team.service.js';
import { ClientNames } from './client-names.queries.js';

/** The clients a person works for, set at one go from the person's own page. */
@Injectable()
export class PersonWork {
  constructor(
    private readonly team: ClientTeam,
    private readonly names: ClientNames,
  ) {}

  clients(actor: Actor): Promise<{ id: string; name: string }[]> {
    return this.names.inSight(actor);
  }

  /** Joins the teams that are new, leaves those that are no longer wanted. */
  async assign(actor: Actor, person: Person, clientIds: readonly string[]): Promise<void> {
    for (const id of clientIds) {
      if (!person.clientIds.includes(id)) await this.team.assign(actor, id, person.id);
    }
    for (const id of person.clientIds) {
      if (!clientIds.includes(id)) await this.team.unassign(actor, id, person.id);
    }
  }
}
