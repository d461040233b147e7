import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { flag, instant, integer, text } from '../../database/rows.js';
import type { StepTouch } from '../engine/next-step.js';

/** For each prospect: an open enrolment anywhere at the client, and whether this sequence has had them before. */
export async function enrolmentsHeldBy(
  db: Db,
  sequenceId: string,
  prospectIds: readonly string[],
): Promise<Map<string, { isOpen: boolean; wasHere: boolean }>> {
  if (prospectIds.length === 0) return new Map();
  const rows = await db.rows(
    sql`SELECT prospect_id, MAX(CASE WHEN state <> 'finished' THEN 1 ELSE 0 END) AS is_open,
          MAX(CASE WHEN sequence_id = ${sequenceId} THEN 1 ELSE 0 END) AS was_here
        FROM enrolment WHERE prospect_id IN (${join([...prospectIds])}) GROUP BY prospect_id`,
    { prospectId: text, isOpen: flag, wasHere: flag },
  );
  return new Map(rows.map(({ prospectId, isOpen, wasHere }) => [prospectId, { isOpen, wasHere }]));
}

const TRY = { position: integer, attempt: integer, at: instant, outcome: text };
const TRY_OF = { enrolmentId: text, ...TRY };

/** The tries made in one enrolment, oldest first. */
export function touchesIn(db: Db, enrolmentId: string): Promise<StepTouch[]> {
  return db.rows(
    sql`SELECT step_position AS position, attempt, at, result AS outcome FROM touch
        WHERE enrolment_id = ${enrolmentId} ORDER BY step_position, attempt`,
    TRY,
  );
}

/** The same for many enrolments at once, by their id; one without a try is absent. */
export async function touchesInEach(
  db: Db,
  enrolmentIds: readonly string[],
): Promise<Map<string, StepTouch[]>> {
  const rows = await db.rows(
    sql`SELECT enrolment_id, step_position AS position, attempt, at, result AS outcome FROM touch
        WHERE ${db.dialect.isAmong(sql`enrolment_id`, enrolmentIds)} ORDER BY step_position, attempt`,
    TRY_OF,
  );
  const touches = new Map<string, StepTouch[]>();
  for (const { enrolmentId, ...one } of rows) {
    const known = touches.get(enrolmentId);
    if (known) known.push(one);
    else touches.set(enrolmentId, [one]);
  }
  return touches;
}
