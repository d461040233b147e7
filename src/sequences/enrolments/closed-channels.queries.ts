import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text, word } from '../../database/rows.js';
import type { Channel } from '../../outreach/touches/outcomes.js';
import { type ChannelTouch, closedBy, closingOutcomes } from '../engine/closed-channels.js';

/**
 * Enrolment id → the channels closed in it: by its own steps, or by what somebody logged about the person since they were
 * enrolled. One with all its channels is absent.
 */
export async function closedChannelsIn(
  db: Db,
  enrolmentIds: readonly string[],
): Promise<Map<string, Channel[]>> {
  if (enrolmentIds.length === 0) return new Map();
  const rows = await db.rows(
    sql`SELECT e.id AS enrolment_id, t.channel, t.result AS outcome
        FROM enrolment e JOIN touch t ON t.prospect_id = e.prospect_id
          AND (t.enrolment_id = e.id OR (t.enrolment_id IS NULL AND t.at >= e.enrolled_at))
        WHERE ${db.dialect.isAmong(sql`e.id`, enrolmentIds)} AND t.result IN (${join([...closingOutcomes])})`,
    { enrolmentId: text, channel: word<Channel>(), outcome: text },
  );
  const touches = new Map<string, ChannelTouch[]>();
  for (const { enrolmentId, ...touch } of rows)
    touches.set(enrolmentId, [...(touches.get(enrolmentId) ?? []), touch]);
  return new Map([...touches].map(([id, closing]) => [id, closedBy(closing)]));
}
