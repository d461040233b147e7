import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/db.js';
import type { ProspectStatusChanged } from '../prospect.events.js';

/** What a room above writes down together with a change of status, where a crash after the commit would lose it. */
export interface StatusWitness {
  /** In the transaction of every change: to be left at once where it is no concern of the room's. */
  seeStatus(tx: Tx, news: ProspectStatusChanged): Promise<void>;
}

/** Tells of changes of status: those who write something down now, and after the commit whoever listens. */
@Injectable()
export class StatusNews {
  private readonly witnesses: StatusWitness[] = [];

  /** By a room above, when it starts. */
  register(witness: StatusWitness): void {
    this.witnesses.push(witness);
  }

  async tell(tx: Tx, news: ProspectStatusChanged): Promise<void> {
    tx.announce(news);
    for (const witness of this.witnesses) await witness.seeStatus(tx, news);
  }
}
