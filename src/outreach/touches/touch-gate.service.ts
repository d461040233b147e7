import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import type { Tx } from '../../database/db.js';
import { type Standing, StatusMoves } from '../../prospects/status/status-moves.service.js';
import { peopleWhere } from '../../prospects/suppression/named-people.queries.js';
import { Suppressions } from '../../prospects/suppression/suppressions.service.js';
import { Conflict, NotAllowed } from '../../shared/errors.js';
import type { Channel } from './outcomes.js';
import { objectsTo } from './usable-channels.js';

/** Who may log an action outside any sequence, and on whom. */
@Injectable()
export class TouchGate {
  constructor(
    private readonly moves: StatusMoves,
    private readonly suppressions: Suppressions,
  ) {}

  /** The prospect, held until the transaction ends. @throws NotFound out of sight; NotAllowed for others than the agency's */
  async open(tx: Tx, actor: Actor, prospectId: string): Promise<Standing> {
    const standing = await this.moves.standingOf(tx, actor, prospectId);
    if (!isAgency(actor)) throw new NotAllowed();
    return standing;
  }

  /** Who objected is reached out to no more, by hand no more than by a step. @throws Conflict */
  async refuseOpposed(tx: Tx, { id, status }: Standing, channel: Channel): Promise<void> {
    const people = await peopleWhere(tx, sql`p.id = ${id}`);
    const objected = (await this.suppressions.objectionsOf(tx, people)).get(id) ?? [];
    if (status === 'do_not_contact' || objectsTo(objected, channel))
      throw new Conflict('prospects.touchOpposed');
  }
}
