import sql from 'sql-template-tag';
import type { Client } from '../clients/client.entity.js';
import { engagementInForce } from '../clients/engagements.queries.js';
import type { Tx } from '../database/db.js';
import { instant, json, maybe, text } from '../database/rows.js';
import { attribute, attributionDays } from './attribution.js';
import { contactsFrom } from './contacts.js';
import type { Meeting } from './meeting.entity.js';

type Frozen = Pick<
  Meeting,
  'engagementId' | 'engagementVersion' | 'price' | 'qualificationCriteria' | 'acceptanceDays' | 'attribution'
>;

const usualAcceptanceDays = 5;

/**
 * What a booking freezes: the terms in force that day (else those of the meeting's own day), and what earned it. Later
 * changes leave it alone.
 */
export async function freezeTerms(
  tx: Tx,
  client: Client,
  meeting: { prospectId: string; startsAt: Date; bookedAt: Date },
): Promise<Frozen> {
  const agreed =
    (await engagementInForce(tx, client, meeting.bookedAt)) ??
    (await engagementInForce(tx, client, meeting.startsAt));
  return {
    engagementId: agreed?.engagement.id ?? null,
    engagementVersion: agreed?.terms.version ?? null,
    price: agreed?.terms.price ?? null,
    qualificationCriteria: agreed?.terms.qualificationCriteria ?? null,
    acceptanceDays: agreed?.terms.acceptanceDays ?? usualAcceptanceDays,
    attribution: await attributionOf(tx, meeting.prospectId, meeting.bookedAt),
  };
}

async function attributionOf(tx: Tx, prospectId: string, bookedAt: Date) {
  const earliest = new Date(bookedAt.getTime() - attributionDays * 86_400_000);
  const facts = await tx.rows(
    sql`SELECT a.id, a.at, a.kind, a.channel, a.result, a.user_id, a.about_id, a.details FROM activity a
      WHERE a.prospect_id = ${prospectId} AND a.at >= ${earliest} AND a.kind IN ('touch', 'reply')
        AND NOT EXISTS (SELECT 1 FROM activity u WHERE u.prospect_id = a.prospect_id AND u.undoes_id = a.id)
      ORDER BY a.at`,
    {
      id: text,
      at: instant,
      kind: text,
      channel: maybe(text),
      result: maybe(text),
      userId: maybe(text),
      aboutId: maybe(text),
      details: maybe(json<Record<string, unknown>>()),
    },
  );
  return attribute(contactsFrom(facts), bookedAt);
}
