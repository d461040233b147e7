import sql, { type Sql } from 'sql-template-tag';
import { InvalidInput } from '../shared/errors.js';
import { type Cursor, fromCursor } from '../shared/paging.js';
import { periodOf } from '../shared/period.js';
import type { MeetingFilter, MeetingPile } from './meeting.dto.js';

/** Which client's meetings, and the zone that the days of a filter are in. */
export interface MeetingScope {
  clientId?: string | undefined;
  zone?: string | undefined;
}

/**
 * What a filter asks of a meeting `m`; whose meetings an actor sees is not among it.
 * @throws InvalidInput for days that are none
 */
export function conditionsOf(filter: MeetingFilter, scope: MeetingScope, now: Date): Sql[] {
  const range = rangeOf(filter.from, filter.to, scope.zone ?? 'UTC');
  return [
    ...(scope.clientId ? [sql`m.client_id = ${scope.clientId}`] : []),
    ...(filter.pile ? [pilesAt(now)[filter.pile]] : []),
    ...(filter.state ? [sql`m.state = ${filter.state}`] : []),
    ...(filter.qualification ? [sql`m.qualification = ${filter.qualification}`] : []),
    ...(filter.hostId ? [sql`m.host_id = ${filter.hostId}`] : []),
    ...(filter.prospectId ? [sql`m.prospect_id = ${filter.prospectId}`] : []),
    ...(range.startsAt ? [sql`m.starts_at >= ${range.startsAt}`] : []),
    ...(range.endsAt ? [sql`m.starts_at < ${range.endsAt}`] : []),
  ];
}

/** The piles of work: which meetings lie in each. */
export function pilesAt(now: Date): Record<MeetingPile, Sql> {
  const open = sql`m.state IN ('booked', 'rescheduled')`;
  return {
    upcoming: sql`(${open} AND m.ends_at > ${now})`,
    to_report: sql`(${open} AND m.ends_at <= ${now})`,
    to_claim: sql`(m.state = 'held' AND m.qualification = 'none')`,
    to_confirm: sql`m.qualification = 'claimed'`,
    contested: sql`m.qualification = 'contested'`,
    past: sql`(NOT ${open} OR m.ends_at <= ${now})`,
  };
}

function rangeOf(
  from: string | undefined,
  to: string | undefined,
  zone: string,
): { startsAt?: Date; endsAt?: Date } {
  const start = from === undefined ? undefined : periodOf(from, from, zone);
  const end = to === undefined ? undefined : periodOf(to, to, zone);
  if (typeof start === 'string') throw new InvalidInput({ from: 'isDay' });
  if (typeof end === 'string') throw new InvalidInput({ to: 'isDay' });
  return { ...(start ? { startsAt: start.startsAt } : {}), ...(end ? { endsAt: end.endsAt } : {}) };
}

/** Behind the last meeting of the page before. @throws InvalidInput for a cursor that is not ours */
export function afterCursor(text: string | undefined, isDescending: boolean): Sql[] {
  if (text === undefined) return [];
  const cursor = fromCursor(text);
  const at = startOf(cursor);
  if (cursor === null || at === null) throw new InvalidInput({ cursor: 'isCursor' });
  return isDescending
    ? [sql`(m.starts_at < ${at} OR (m.starts_at = ${at} AND m.id < ${cursor.id}))`]
    : [sql`(m.starts_at > ${at} OR (m.starts_at = ${at} AND m.id > ${cursor.id}))`];
}

function startOf(cursor: Cursor | null): Date | null {
  if (typeof cursor?.key !== 'string') return null;
  const at = new Date(cursor.key);
  return Number.isNaN(at.getTime()) ? null : at;
}
