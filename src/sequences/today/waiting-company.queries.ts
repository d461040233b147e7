import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { json, maybe, text, word, type RowOf } from '../../database/rows.js';
import type { ProspectStatus } from '../../prospects/status/status.js';
import { colleaguesOf, isWaiting } from '../enrolments/colleagues.queries.js';
import type { VersionState } from '../sequence-states.js';

const WAITING = {
  enrolmentId: text,
  prospectId: text,
  fullName: text,
  title: maybe(text),
  sequenceName: text,
  /** Words that may not be sent lead nowhere: another version does. */
  versionState: word<VersionState>(),
  pause: maybe(json<{ answeredBy?: string }>()),
};
const ANSWERED = { id: text, fullName: text, status: word<ProspectStatus>() };

/** Who waits at somebody's company, and whose answers they wait for as far as that was written down. */
export interface WaitingCompany {
  people: Omit<RowOf<typeof WAITING>, 'pause'>[];
  answered: RowOf<typeof ANSWERED>[];
}

/** Null when nobody waits there, which a client's own few who do tell at once. */
export async function waitingCompanyOf(
  db: Db,
  { id, clientId }: { id: string; clientId: string },
): Promise<WaitingCompany | null> {
  const ofClient = sql`e.client_id = ${clientId} AND ${isWaiting(db)}`;
  const one = await db.row(sql`SELECT e.id FROM enrolment e WHERE ${ofClient} LIMIT 1`, { id: text });
  const found = one && (await colleaguesOf(db, id));
  if (!found) return null;
  const rows = await db.rows(
    sql`SELECT e.id AS enrolment_id, p.id AS prospect_id, p.full_name, p.title, s.name AS sequence_name,
          v.state AS version_state, (SELECT a.details FROM activity a WHERE a.prospect_id = p.id
            AND a.kind = 'enrolment.paused' AND a.about_id = e.id ORDER BY a.id DESC LIMIT 1) AS pause
        FROM enrolment e JOIN prospect p ON p.id = e.prospect_id JOIN sequence s ON s.id = e.sequence_id
          JOIN sequence_version v ON v.id = e.sequence_version_id
        WHERE ${ofClient} AND ${found.areOfCompany} ORDER BY p.sort_name, p.id LIMIT 200`,
    WAITING,
  );
  if (rows.length === 0) return null;
  const answeredBy = new Set(rows.flatMap(({ pause }) => pause?.answeredBy ?? []));
  const answered = await db.rows(
    sql`SELECT p.id, p.full_name, p.status FROM prospect p
        WHERE ${db.dialect.isAmong(sql`p.id`, [...answeredBy])} ORDER BY p.status_at DESC, p.id`,
    ANSWERED,
  );
  return { people: rows.map(({ pause: _, ...person }) => person), answered };
}
