import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { instant, text } from '../../database/rows.js';
import { answeredStatuses } from '../../prospects/status/status.js';
import { colleaguesOf, isWaiting } from './colleagues.queries.js';
import { type CompanyAnswers, isFree, missedAnswer, type Wait } from './colleague-wait.js';

const WAIT = { id: text, prospectId: text, since: instant, factId: text };
const ANSWER = { prospectId: text, at: instant };
const TAKEN_BACK = { factId: text, at: instant };

/** Colleagues of somebody whose answer was taken back, who have no answer to wait for any more. */
export async function freedColleagues(db: Db, prospectId: string): Promise<Wait[]> {
  const found = await colleaguesOf(db, prospectId);
  if (found === null) return [];
  const waiting = await db.rows(
    sql`SELECT ${wait} FROM enrolment e JOIN prospect p ON p.id = e.prospect_id
        WHERE e.client_id = ${found.clientId} AND ${isWaiting(db)} AND ${found.areOfCompany} AND p.id <> ${prospectId}
        ORDER BY e.prospect_id LIMIT 200`,
    WAIT,
  );
  return waiting.length === 0 ? [] : freeAmong(db, prospectId, waiting);
}

/** Whether an enrolment that waited for a colleague's answer when it ended would have none to wait for now. */
export async function isFreed(db: Db, enrolmentId: string): Promise<boolean> {
  const one = await db.row(sql`SELECT ${wait} FROM enrolment e WHERE e.id = ${enrolmentId}`, WAIT);
  return one !== null && (await freeAmong(db, one.prospectId, [one])).length > 0;
}

/** The colleague whose answer an enrolment has missed while it was over: the latest since it went on; null for none. */
export async function missedAnswerOf(db: Db, enrolmentId: string): Promise<string | null> {
  const one = await db.row(sql`SELECT ${wait} FROM enrolment e WHERE e.id = ${enrolmentId}`, WAIT);
  return one && missedAnswer(one, await answersAt(db, one.prospectId));
}

async function freeAmong(db: Db, prospectId: string, waiting: readonly Wait[]): Promise<Wait[]> {
  const answers = await answersAt(db, prospectId);
  return waiting.filter((one) => isFree(one, answers));
}

const isTakenBack = sql`EXISTS (SELECT 1 FROM activity u WHERE u.undoes_id = a.id)`;

/** Since when it has gone on as somebody wanted it to, and the fact that made it wait. */
const wait = sql`e.id, e.prospect_id,
  COALESCE((SELECT MAX(a.recorded_at) FROM activity a WHERE a.prospect_id = e.prospect_id
    AND a.kind = 'enrolment.resumed' AND a.about_id = e.id AND NOT ${isTakenBack}), e.enrolled_at) AS since,
  COALESCE((SELECT MAX(a.id) FROM activity a WHERE a.prospect_id = e.prospect_id
    AND a.kind = 'enrolment.paused' AND a.about_id = e.id), '') AS fact_id`;

/** What somebody's company has said: the first word of each counts, not what it was understood as later. */
async function answersAt(db: Db, prospectId: string): Promise<CompanyAnswers> {
  const found = await colleaguesOf(db, prospectId);
  if (found === null) return { standing: [], takenBack: [] };
  const answered = sql`(${join([...answeredStatuses])})`;
  const saysFirst = sql`a.kind IN ('status', 'merge') AND a.to_status IN ${answered} AND a.from_status NOT IN ${answered}`;
  const said = sql`FROM prospect p JOIN activity a ON a.prospect_id = p.id WHERE ${found.areOfCompany} AND ${saysFirst}`;
  const standing = await db.rows(
    sql`SELECT p.id AS prospect_id, a.recorded_at AS at ${said} AND p.status IN ${answered} AND NOT ${isTakenBack}
        UNION ALL
        SELECT p.id AS prospect_id, m.received_at AS at FROM prospect p JOIN incoming_mail m ON m.prospect_id = p.id
        WHERE ${found.areOfCompany} AND p.status = 'do_not_contact'
          AND COALESCE(m.human_class, m.machine_class) = 'unsubscribe'`,
    ANSWER,
  );
  const takenBack = await db.rows(
    sql`SELECT a.id AS fact_id, a.recorded_at AS at ${said} AND ${isTakenBack}`,
    TAKEN_BACK,
  );
  return { standing, takenBack };
}
