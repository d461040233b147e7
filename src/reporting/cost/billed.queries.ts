import sql from 'sql-template-tag';
import { In } from 'typeorm';
import type { Client } from '../../clients/client.entity.js';
import { NO_PRICE, type PriceTerms } from '../../clients/engagement-terms.js';
import { Engagement, EngagementVersion } from '../../clients/engagement.entity.js';
import type { Db } from '../../database/db.js';
import { instant, json, maybe, word } from '../../database/rows.js';
import type { MeetingState, QualificationState } from '../../meetings/meeting-moves.js';
import type { BilledEngagement, BilledMeeting } from './actual-cost.js';

/** The engagements of a client with every version of their terms. */
export async function billedEngagements(db: Db, client: Client): Promise<BilledEngagement[]> {
  const engagements = await db.entities.findBy(Engagement, { clientId: client.id });
  const versions = await db.entities.findBy(EngagementVersion, {
    engagementId: In(engagements.map(({ id }) => id)),
  });
  return engagements.map(({ id, startsOn, endsOn }) => ({
    startsOn,
    endsOn,
    versions: versions
      .filter(({ engagementId }) => engagementId === id)
      .map(({ version, appliesFromOn, price }) => ({
        version,
        appliesFromOn,
        price: { ...NO_PRICE, ...price },
      })),
  }));
}

/** The meetings booked or taking place from an instant on, before another. */
export async function billedMeetings(
  db: Db,
  client: Client,
  from: Date,
  before: Date,
): Promise<BilledMeeting[]> {
  const rows = await db.rows(
    sql`SELECT state, qualification, booked_at, starts_at, price FROM meeting
        WHERE client_id = ${client.id} AND ((booked_at >= ${from} AND booked_at < ${before})
          OR (starts_at >= ${from} AND starts_at < ${before}))`,
    {
      state: word<MeetingState>(),
      qualification: word<QualificationState>(),
      bookedAt: instant,
      startsAt: instant,
      price: maybe(json<Partial<PriceTerms>>()),
    },
  );
  return rows.map(({ price, ...meeting }) => ({ ...meeting, price: price && { ...NO_PRICE, ...price } }));
}
