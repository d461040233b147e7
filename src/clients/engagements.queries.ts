import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type Actor, isAgency, seesClient } from '../accounts/actor.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { dayOf } from '../shared/period.js';
import type { Client } from './client.entity.js';
import { loadClient } from './clients.queries.js';
import {
  type EngagementState,
  engagementOn,
  engagementState,
  nearestEngagement,
} from './engagement-period.js';
import { Engagement, EngagementVersion } from './engagement.entity.js';

/** An engagement with the terms of its version in force. */
export interface AgreedEngagement {
  engagement: Engagement;
  terms: EngagementVersion;
  state: EngagementState;
}

/** What of a client its engagements are read with: their days are in its zone. */
type Dated = Pick<Client, 'id' | 'timeZone'>;

@Injectable()
export class EngagementQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The engagements of a client, latest first. @throws NotFound when the client is out of sight */
  list(actor: Actor, clientId: string): Promise<AgreedEngagement[]> {
    return this.database.read(async (db) => {
      const client = await loadClient(db, actor, clientId);
      return agreedEngagements(db, client, this.clock.now());
    });
  }

  /** @throws NotFound */
  get(actor: Actor, id: string): Promise<AgreedEngagement> {
    return this.database.read(async (db) => {
      const engagement = await loadEngagement(db, actor, id);
      const client = await loadClient(db, actor, engagement.clientId);
      const all = await agreedEngagements(db, client, this.clock.now());
      return all.find((one) => one.engagement.id === id)!;
    });
  }

  /** For each of these clients the engagement running today, else the next, else the last; clients without one are absent. */
  nearest(actor: Actor, clients: readonly Dated[]): Promise<Map<string, AgreedEngagement>> {
    const seen = clients.filter(({ id }) => isAgency(actor) && seesClient(actor, id));
    return this.database.read(async (db) => {
      const now = this.clock.now();
      const agreed = await agreedOfClients(db, seen, now);
      return new Map(
        seen.flatMap((client) => {
          const own = agreed.filter(({ engagement }) => engagement.clientId === client.id);
          const spans = own.map(({ engagement }) => engagement);
          const nearest = nearestEngagement(spans, dayOf(now, client.timeZone));
          const found = own.find(({ engagement }) => engagement === nearest);
          return found ? [[client.id, found] as const] : [];
        }),
      );
    });
  }

  /** Every version, latest first. @throws NotFound */
  versions(actor: Actor, id: string): Promise<EngagementVersion[]> {
    return this.database.read(async (db) => {
      await loadEngagement(db, actor, id);
      return db.entities.find(EngagementVersion, { where: { engagementId: id }, order: { version: 'DESC' } });
    });
  }
}

/** @throws NotFound when it is out of the actor's sight */
export async function loadEngagement(db: Db, actor: Actor, id: string): Promise<Engagement> {
  const engagement = isId(id) && isAgency(actor) ? await db.entities.findOneBy(Engagement, { id }) : null;
  if (!engagement || !seesClient(actor, engagement.clientId)) throw new NotFound();
  return engagement;
}

/** The engagements of a client with their terms, latest first. */
export function agreedEngagements(db: Db, client: Dated, now: Date): Promise<AgreedEngagement[]> {
  return agreedOfClients(db, [client], now);
}

async function agreedOfClients(db: Db, clients: readonly Dated[], now: Date): Promise<AgreedEngagement[]> {
  const todayOf = new Map(clients.map(({ id, timeZone }) => [id, dayOf(now, timeZone)]));
  const engagements = await db.entities.find(Engagement, {
    where: { clientId: In([...todayOf.keys()]) },
    order: { startsOn: 'DESC' },
  });
  const ids = engagements.map(({ id }) => id);
  const versions = await db.entities.findBy(EngagementVersion, { engagementId: In(ids) });
  const byKey = new Map(versions.map((one) => [`${one.engagementId} ${one.version}`, one]));
  return engagements.map((engagement) => ({
    engagement,
    terms: byKey.get(`${engagement.id} ${engagement.version}`)!,
    state: engagementState(engagement, todayOf.get(engagement.clientId)!),
  }));
}

/** What holds for a client at an instant: the engagement running that day, with its terms; null when none runs. */
export async function engagementInForce(db: Db, client: Dated, at: Date): Promise<AgreedEngagement | null> {
  const agreed = await agreedEngagements(db, client, at);
  const running = engagementOn(
    agreed.map(({ engagement }) => engagement),
    dayOf(at, client.timeZone),
  );
  return agreed.find(({ engagement }) => engagement === running) ?? null;
}
