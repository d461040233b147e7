import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { IsNull } from 'typeorm';
import type { Db } from '../database/db.js';
import { integer, maybe, snakeCase, text } from '../database/rows.js';
import { HUMAN_CLASSES } from '../mail/mail-class.js';
import { outcomes } from '../outreach/touches/outcomes.js';
import { prospectStatuses, enrolmentStopFor } from '../prospects/status/status.js';
import { SequenceTest } from './test-segment/sequence-test.entity.js';
import { NOBODY, type ReachFigures, type TestFigures } from './test-segment/test-figures.js';

/** Whose steps are counted: a whole sequence, one version of it, or one test. */
export interface ReachScope {
  sequenceId: string;
  version?: number | undefined;
  testId?: string | undefined;
}

/** The figures a person may stand behind. */
export const reachFigures = [
  'attempted',
  'delivered',
  'bounced',
  'replied',
  'interested',
  'booked',
  'optedOut',
] as const satisfies readonly (keyof ReachFigures)[];

const columns: Readonly<Record<keyof ReachFigures, Sql>> = {
  attempted: sql`1 = 1`,
  delivered: sql`r.is_delivered = 1`,
  bounced: sql`r.is_delivered = 0`,
  replied: sql`r.is_replied = 1`,
  interested: sql`r.is_interested = 1`,
  booked: sql`r.is_booked = 1`,
  optedOut: sql`r.is_opted_out = 1`,
};

const COUNTS = {
  attempted: integer,
  delivered: integer,
  bounced: integer,
  replied: integer,
  interested: integer,
  booked: integer,
  optedOut: integer,
};

const tried = [
  ...new Set(
    Object.values(outcomes).flatMap((list) => list.filter((one) => one.isAttempt).map((one) => one.key)),
  ),
];
const answered = prospectStatuses.filter((status) =>
  ['replied', 'meeting'].includes(enrolmentStopFor(status) ?? ''),
);
const keen = ['interested', 'meeting_booked', 'meeting_held', 'qualified'];
const met = ['meeting_booked', 'meeting_held', 'qualified'];

/**
 * One row for each person and step that reached out to them (`r`): an answer, a booking or an objection belongs to the
 * step whose mail was answered, else to the last step before it; a bounce to the mail it came back from. Whatever was said was delivered. What was undone is left
 * out.
 */
export function reach({ sequenceId, version, testId }: ReachScope): Sql {
  const ofVersion =
    version === undefined
      ? empty
      : sql`AND e.sequence_version_id IN
          (SELECT v.id FROM sequence_version v WHERE v.sequence_id = ${sequenceId} AND v.version = ${version})`;
  const first = (statuses: readonly string[]): Sql =>
    sql`MIN(CASE WHEN a.to_status IN (${join([...statuses])}) THEN a.at END)`;
  const here = (at: Sql): Sql =>
    sql`CASE WHEN ${at} >= d.first_at AND (d.next_at IS NULL OR ${at} < d.next_at) THEN 1 ELSE 0 END`;
  const answeredTo = (at: Sql): Sql =>
    sql`CASE WHEN w.step_id IS NULL THEN ${here(at)} WHEN w.step_id = d.step_id AND ${at} IS NOT NULL THEN 1 ELSE 0 END`;
  return sql`
    WITH people AS (
      SELECT e.id AS enrolment_id, e.prospect_id, e.enrolled_at FROM enrolment e
      WHERE e.sequence_id = ${sequenceId} ${ofVersion} ${testId === undefined ? empty : sql`AND e.test_id = ${testId}`}),
    said AS (
      SELECT p.enrolment_id, ${first(answered)} AS replied_at, ${first(keen)} AS keen_at, ${first(met)} AS met_at,
        ${first(['do_not_contact'])} AS opposed_at, ${first(['invalid'])} AS invalid_at
      FROM people p JOIN activity a ON a.prospect_id = p.prospect_id AND a.kind = 'status' AND a.at >= p.enrolled_at
      WHERE NOT EXISTS (SELECT 1 FROM activity x WHERE x.undoes_id = a.id)
      GROUP BY p.enrolment_id),
    done AS (
      SELECT p.enrolment_id, p.prospect_id, t.step_id, MAX(t.variant) AS variant, MAX(t.channel) AS channel,
        MIN(t.at) AS first_at,
        MAX(CASE WHEN t.result = 'bounced' OR o.bounced_at IS NOT NULL THEN 1 ELSE 0 END) AS is_bounced
      FROM people p JOIN touch t ON t.enrolment_id = p.enrolment_id AND t.step_id IS NOT NULL
        AND t.result IN (${join(tried)}) LEFT JOIN outgoing_mail o ON o.id = t.id
      GROUP BY p.enrolment_id, p.prospect_id, t.step_id),
    placed AS (
      SELECT d.*, LEAD(d.first_at) OVER (PARTITION BY d.enrolment_id ORDER BY d.first_at, d.step_id) AS next_at,
        MAX(d.is_bounced) OVER (PARTITION BY d.enrolment_id) AS is_bounce_known
      FROM done d),
    mails AS (
      SELECT p.enrolment_id, t.step_id, MIN(m.received_at) AS at FROM people p
        JOIN incoming_mail m ON m.prospect_id = p.prospect_id AND m.received_at >= p.enrolled_at
        JOIN touch t ON t.id = m.touch_id AND t.enrolment_id = p.enrolment_id
      WHERE COALESCE(m.human_class, m.machine_class) IN (${join([...HUMAN_CLASSES])})
      GROUP BY p.enrolment_id, t.step_id),
    answers AS (
      SELECT m.enrolment_id, MIN(m.step_id) AS step_id FROM mails m
      WHERE m.at = (SELECT MIN(x.at) FROM mails x WHERE x.enrolment_id = m.enrolment_id) GROUP BY m.enrolment_id),
    told AS (
      SELECT d.enrolment_id, d.prospect_id, d.step_id, d.variant, ${answeredTo(sql`s.replied_at`)} AS is_replied,
        ${answeredTo(sql`s.keen_at`)} AS is_interested, ${answeredTo(sql`s.met_at`)} AS is_booked,
        ${answeredTo(sql`s.opposed_at`)} AS is_opted_out,
        CASE WHEN d.channel = 'email' AND (d.is_bounced = 1 OR (d.is_bounce_known = 0 AND ${here(sql`s.invalid_at`)} = 1))
          THEN 1 ELSE 0 END AS came_back
      FROM placed d LEFT JOIN said s ON s.enrolment_id = d.enrolment_id
        LEFT JOIN answers w ON w.enrolment_id = d.enrolment_id),
    r AS (
      SELECT told.*, CASE WHEN came_back = 0 OR is_replied + is_interested + is_booked + is_opted_out > 0
        THEN 1 ELSE 0 END AS is_delivered FROM told)`;
}

const counted = join(
  reachFigures.map(
    (figure) =>
      sql`COUNT(DISTINCT CASE WHEN ${columns[figure]} THEN r.prospect_id END) AS ${raw(snakeCase(figure))}`,
  ),
);

/** The condition of a figure on `r`. */
export function isCounted(figure: keyof ReachFigures): Sql {
  return columns[figure];
}

/** Everybody reached, each counted once. */
export async function reachTotals(db: Db, scope: ReachScope): Promise<ReachFigures> {
  const row = await db.row(sql`${reach(scope)} SELECT ${counted} FROM r`, COUNTS);
  return row ?? NOBODY;
}

/** The same for each step and variant (0-based; null where a step had none). */
export function reachBySteps(
  db: Db,
  scope: ReachScope,
): Promise<(ReachFigures & { stepId: string; variant: number | null })[]> {
  return db.rows(
    sql`${reach(scope)} SELECT r.step_id, r.variant, ${counted} FROM r GROUP BY r.step_id, r.variant`,
    {
      stepId: text,
      variant: maybe(integer),
      ...COUNTS,
    },
  );
}

/** The test that waits for its GO or NO-GO; null when none does. */
export function openTestOf(db: Db, sequenceId: string): Promise<SequenceTest | null> {
  return db.entities.findOneBy(SequenceTest, { sequenceId, decidedAt: IsNull() });
}

/** The GO a version was given; null without one. */
export function goOf(db: Db, sequenceId: string, version: number): Promise<SequenceTest | null> {
  return db.entities.findOneBy(SequenceTest, { sequenceId, version, decision: 'go' });
}

/** How many people are in a test. */
export async function enrolledIn(db: Db, testId: string): Promise<number> {
  const row = await db.row(sql`SELECT COUNT(*) AS people FROM enrolment WHERE test_id = ${testId}`, {
    people: integer,
  });
  return row?.people ?? 0;
}

/** How a test stands now. */
export async function testFigures(db: Db, test: SequenceTest): Promise<TestFigures> {
  const totals = await reachTotals(db, { sequenceId: test.sequenceId, testId: test.id });
  const enrolled = await db.row(
    sql`SELECT COUNT(*) AS enrolled, COALESCE(SUM(CASE WHEN state = 'finished' THEN 1 ELSE 0 END), 0) AS finished
        FROM enrolment WHERE test_id = ${test.id}`,
    { enrolled: integer, finished: integer },
  );
  return { ...totals, enrolled: enrolled?.enrolled ?? 0, finished: enrolled?.finished ?? 0 };
}
