import { Injectable } from '@nestjs/common';
import { type Actor, seesClient } from '../../accounts/actor.js';
import { Client } from '../../clients/client.entity.js';
import { engagementInForce } from '../../clients/engagements.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { NotFound } from '../../shared/errors.js';

/** The client whose portal it is, and since when it is worked for. */
export interface PortalClient {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
  isOff: boolean;
  /** First day of the engagement in force; null when none runs today. */
  startsOn: string | null;
}

@Injectable()
export class PortalQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The one client of a client's person. @throws NotFound when there is none */
  own(actor: Actor): Promise<PortalClient> {
    const [id] = actor.clients === 'all' ? [] : actor.clients;
    return this.database.read(async (db) => {
      const client =
        id !== undefined && seesClient(actor, id) ? await db.entities.findOneBy(Client, { id }) : null;
      if (!client) throw new NotFound();
      const agreed = await engagementInForce(db, client, this.clock.now());
      return {
        id: client.id,
        name: client.name,
        timeZone: client.timeZone,
        currency: client.currency,
        isOff: client.switchedOffAt !== null,
        startsOn: agreed?.engagement.startsOn ?? null,
      };
    });
  }
}
