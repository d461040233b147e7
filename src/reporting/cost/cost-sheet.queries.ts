import type { Client } from '../../clients/client.entity.js';
import { nearestEngagement } from '../../clients/engagement-period.js';
import { NO_PRICE } from '../../clients/engagement-terms.js';
import { type AgreedEngagement, agreedEngagements } from '../../clients/engagements.queries.js';
import type { Db } from '../../database/db.js';
import { dayOf } from '../../shared/period.js';
import { type Assumption, assumptionSheet } from './assumption-sheet.js';
import { CostAssumption } from './cost-assumption.entity.js';

/** The assumptions of a client in force: the caller has checked that the client is in sight. */
export async function sheetOf(db: Db, client: Client, now: Date): Promise<Assumption[]> {
  const agreed = await engagementFor(db, client, now);
  const entered = await db.entities.find(CostAssumption, {
    where: { clientId: client.id },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
  const terms = agreed && {
    price: { ...NO_PRICE, ...agreed.terms.price },
    agreedAt: agreed.terms.createdAt,
  };
  return assumptionSheet(entered, terms);
}

/** The engagement a plan is about: the one running, else the next, else the last. */
export async function engagementFor(db: Db, client: Client, now: Date): Promise<AgreedEngagement | null> {
  const agreed = await agreedEngagements(db, client, now);
  const engagements = agreed.map(({ engagement }) => engagement);
  const nearest = nearestEngagement(engagements, dayOf(now, client.timeZone));
  return agreed.find(({ engagement }) => engagement === nearest) ?? null;
}
