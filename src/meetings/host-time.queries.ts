import sql from 'sql-template-tag';
import type { Tx } from '../database/db.js';
import { flag, instant, maybe, text } from '../database/rows.js';
import { Conflict, InvalidInput } from '../shared/errors.js';

export interface WantedTime {
  clientId: string;
  hostId: string;
  startsAt: Date;
  endsAt: Date;
  /** The meeting being moved: it does not stand in its own way. */
  exceptMeetingId?: string;
}

/**
 * Makes sure the host is free: nobody sits in two meetings at once. Locks the host until the transaction ends, so that
 * two bookings of one person look one after the other.
 * @throws InvalidInput on `hostId` for somebody who takes no meetings; Conflict when the time is taken
 */
export async function claimHostTime(tx: Tx, wanted: WantedTime): Promise<void> {
  const host = await tx.row(
    sql`SELECT name, is_host, left_at FROM contact
      WHERE id = ${wanted.hostId} AND client_id = ${wanted.clientId}${tx.dialect.forUpdate}`,
    { name: text, isHost: flag, leftAt: maybe(instant) },
  );
  if (host === null || !host.isHost || host.leftAt !== null)
    throw new InvalidInput({ hostId: 'meetings.noHost' });
  const taken = await tx.row(
    sql`SELECT starts_at FROM meeting
      WHERE host_id = ${wanted.hostId} AND state IN ('booked', 'rescheduled', 'held')
        AND starts_at < ${wanted.endsAt} AND ends_at > ${wanted.startsAt} AND id <> ${wanted.exceptMeetingId ?? ''}
      ORDER BY starts_at LIMIT 1`,
    { startsAt: instant },
  );
  if (taken) throw new Conflict('meetings.hostTaken', { host: host.name });
}
