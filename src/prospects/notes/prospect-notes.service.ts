import { Injectable } from '@nestjs/common';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { Database } from '../../database/database.js';
import { Facts } from '../facts.service.js';
import { StatusMoves } from '../status/status-moves.service.js';
import { InvalidInput, NotAllowed } from '../../shared/errors.js';

/** Remarks on a prospect that change nothing else. */
@Injectable()
export class ProspectNotes {
  constructor(
    private readonly database: Database,
    private readonly facts: Facts,
    private readonly moves: StatusMoves,
  ) {}

  /** Gives the id of the fact. @throws NotFound; InvalidInput for a blank note */
  add(actor: Actor, prospectId: string, note: string | undefined): Promise<string> {
    if (!note?.trim()) throw new InvalidInput({ note: 'isNotEmpty' });
    return this.database.write(async (tx) => {
      const { clientId } = await this.moves.standingOf(tx, actor, prospectId);
      if (!isAgency(actor)) throw new NotAllowed();
      return this.facts.append(tx, actor, { prospectId, clientId, kind: 'note', note: note.trim() });
    });
  }
}
