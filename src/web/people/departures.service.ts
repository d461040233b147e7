import { Injectable } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { Person } from '../../accounts/people.queries.js';
import type { BulkAct } from '../../prospects/bulk-acts/bulk-act.entity.js';
import { HandOvers, type Owned } from '../../prospects/ownership/hand-overs.service.js';
import type { PersonForm } from '../settings/settings.dto.js';
import { OpenTasks } from './open-tasks.queries.js';

export type WorkWanted = Pick<PersonForm, 'role' | 'clientIds' | 'toIds' | 'isFreed'>;

/** What a change of somebody's clients would leave behind, and who could take it on. */
export interface LeftBehind {
  owned: readonly (Owned & { open: number })[];
  heirs: readonly { id: string; name: string }[];
}

/** The prospects of somebody whose clients change. */
@Injectable()
export class Departures {
  constructor(
    private readonly handOvers: HandOvers,
    private readonly tasks: OpenTasks,
  ) {}

  /** How many prospects are theirs, at all clients in sight; nobody of a client owns any. */
  async total(actor: Actor, person: Pick<Person, 'id' | 'role'>): Promise<number> {
    if (person.role === 'client') return 0;
    const owned = await this.handOvers.owned(actor, person.id);
    return owned.reduce((sum, { prospects }) => sum + prospects, 0);
  }

  async leftBehind(actor: Actor, person: Person, wanted: WorkWanted): Promise<LeftBehind> {
    const leaves = await this.leaves(actor, person, wanted);
    const open = await this.tasks.of(person.id);
    const teams = await this.handOvers.heirs(
      leaves.map(({ clientId }) => clientId),
      person.id,
    );
    const heirs = new Map([...teams.values()].flat().map((one) => [one.id, one]));
    return {
      owned: leaves.map((one) => ({ ...one, open: open.get(one.clientId) ?? 0 })),
      heirs: [...heirs.values()],
    };
  }

  /**
   * Makes the change, and gives on what would be left behind; the acts that carry it.
   * @throws InvalidInput when something would be, and no word is said on whom it goes to: then nothing changes
   */
  async change(
    actor: Actor,
    person: Person,
    wanted: WorkWanted,
    make: () => Promise<void>,
  ): Promise<BulkAct[]> {
    const leaves = await this.leaves(actor, person, wanted);
    if (leaves.length > 0) {
      const clientIds = leaves.map(({ clientId }) => clientId);
      return this.handOvers.handOn(actor, person.id, { ...wanted, clientIds }, make);
    }
    await make();
    return [];
  }

  /** What they own at the clients a change takes them off; an admin sees every one. */
  private async leaves(actor: Actor, person: Person, { role, clientIds = [] }: WorkWanted): Promise<Owned[]> {
    if (person.role === 'client' || role === 'admin') return [];
    const owned = await this.handOvers.owned(actor, person.id);
    const wasTheirs = ({ clientId }: Owned) => person.role === 'admin' || person.clientIds.includes(clientId);
    return owned.filter((one) => wasTheirs(one) && !clientIds.includes(one.clientId));
  }
}
