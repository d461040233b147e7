import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../database/database.js';
import { instant, maybe, text } from '../database/rows.js';
import type { ProspectDetail } from '../prospects/prospects.queries.js';

const ENROLMENT = {
  id: text,
  sequenceId: text,
  sequenceName: text,
  state: text,
  reason: maybe(text),
  enrolledAt: instant,
};
const MEETING = { id: text, startsAt: instant, state: text, hostName: text };

/** What the rooms above know of a prospect. */
export interface ProspectContext {
  enrolments: { [K in keyof typeof ENROLMENT]: ReturnType<(typeof ENROLMENT)[K]> }[];
  meetings: { [K in keyof typeof MEETING]: ReturnType<(typeof MEETING)[K]> }[];
}

@Injectable()
export class ProspectContexts {
  constructor(private readonly database: Database) {}

  /** For a prospect that has been found in the actor's sight; the latest first. */
  of({ id }: ProspectDetail): Promise<ProspectContext> {
    return this.database.read(async (db) => ({
      enrolments: await db.rows(
        sql`SELECT e.id, e.sequence_id, s.name AS sequence_name, e.state, e.reason, e.enrolled_at
          FROM enrolment e JOIN sequence s ON s.id = e.sequence_id WHERE e.prospect_id = ${id}
          ORDER BY e.enrolled_at DESC, e.id DESC LIMIT 10`,
        ENROLMENT,
      ),
      meetings: await db.rows(
        sql`SELECT m.id, m.starts_at, m.state, c.name AS host_name FROM meeting m JOIN contact c ON c.id = m.host_id
          WHERE m.prospect_id = ${id} ORDER BY m.starts_at DESC, m.id DESC LIMIT 10`,
        MEETING,
      ),
    }));
  }
}
