import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { instant, json, maybe, text, word } from '../database/rows.js';
import type { Attribution } from '../meetings/attribution.js';
import type { MeetingState, QualificationState } from '../meetings/meeting-moves.js';
import { isWithin } from '../shared/period.js';
import { type CountedMeeting, type MeetingFacet, countsAs, dateOf } from './facts/meeting-facets.js';
import type { Breakdown, ReportScope } from './report-request.js';
import { engagementOf, inCohort, inLine, lineColumn } from './report-where.js';
import { channelFamily } from './facts/touch-result.js';

/** A meeting of a report, and the line it is told in: null = none, or the total. */
export interface ReportMeeting extends CountedMeeting {
  id: string;
  prospectId: string;
  line: string | null;
}

const columns = sql`m.id, m.prospect_id, m.state, m.qualification, m.booked_at, m.starts_at, m.attribution, f.channel row_channel`;
const shape = {
  id: text,
  prospectId: text,
  state: word<MeetingState>(),
  qualification: word<QualificationState>(),
  bookedAt: instant,
  startsAt: instant,
  attribution: maybe(json<Attribution>()),
  rowChannel: maybe(text),
  line: maybe(text),
};

/**
 * The meetings a report looks at, few enough to be counted here: those of the cohort's people, or all of the client
 * in a period. One channel's are those it earned: the channel frozen at booking.
 */
export async function meetingsFor(
  db: Db,
  scope: ReportScope,
  by: Breakdown | null,
): Promise<ReportMeeting[]> {
  const rows = await db.rows(scope.view === 'cohort' ? ofCohort(scope, by) : ofClient(scope, by), shape);
  const meetings = rows.map(({ attribution, rowChannel, ...row }) => {
    const earnedBy = channelFamily(attribution?.channel ?? null);
    return {
      ...row,
      line: by === 'channel' ? earnedBy : row.line,
      isTold: scope.view === 'period' || rowChannel === earnedBy,
    };
  });
  return by === 'channel' ? meetings.filter(({ isTold }) => isTold) : meetings;
}

/** Whether a facet of the report counts this meeting. */
export function isMeetingCounted(scope: ReportScope, facet: MeetingFacet, meeting: ReportMeeting): boolean {
  if (!countsAs(facet, meeting, scope.now)) return false;
  return scope.view === 'cohort' || isWithin(scope.period, dateOf(facet, meeting));
}

/** CROSS JOIN keeps SQLite from walking the people first: meetings are few. */
function ofCohort(scope: ReportScope, by: Breakdown | null): Sql {
  return sql`SELECT ${columns}, ${lineColumn(by)} line FROM meeting m CROSS JOIN prospect_funnel f
    WHERE m.client_id = ${scope.clientId} AND f.prospect_id = m.prospect_id
      AND f.engagement_id = ${engagementOf(scope, sql`m.booked_at`)} AND ${inCohort(scope)} AND ${inLine(by)}`;
}

function ofClient(scope: ReportScope, by: Breakdown | null): Sql {
  const { startsAt, endsAt } = scope.period;
  const within = (column: Sql): Sql => sql`(${column} >= ${startsAt} AND ${column} < ${endsAt})`;
  return sql`SELECT ${columns}, ${lineColumn(by)} line FROM meeting m
    LEFT JOIN prospect_funnel f ON f.prospect_id = m.prospect_id
      AND f.engagement_id = ${engagementOf(scope, sql`m.booked_at`)} AND f.channel = 'all'
    WHERE m.client_id = ${scope.clientId} AND (${within(sql`m.booked_at`)} OR ${within(sql`m.starts_at`)})`;
}
