import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { flag, instant, integer, maybe, text, word } from '../../database/rows.js';
import type { Channel } from '../../outreach/touches/outcomes.js';
import type { Enrolment } from './enrolment.entity.js';

const ENROLMENT = {
  id: text,
  clientId: text,
  prospectId: text,
  sequenceId: text,
  sequenceVersionId: text,
  isTest: flag,
  testId: maybe(text),
  state: text,
  reason: maybe(text),
  pausedUntil: maybe(instant),
  nextPosition: maybe(integer),
  nextChannel: maybe(word<Channel>()),
  mailboxId: maybe(text),
  nextAttempt: integer,
  dueAt: maybe(instant),
  notBefore: maybe(instant),
  waitReason: maybe(text),
  enrolledBy: maybe(text),
  enrolledAt: instant,
  finishedAt: maybe(instant),
  note: maybe(text),
};

/** Enrolments as they stand, read without the ORM where a hundred are looked at a second. `rest`: what follows FROM enrolment e. */
export function enrolmentRows(db: Db, rest: Sql): Promise<Enrolment[]> {
  return db.rows(
    sql`SELECT e.id, e.client_id, e.prospect_id, e.sequence_id, e.sequence_version_id, e.is_test, e.test_id, e.state,
          e.reason, e.paused_until, e.next_position, e.next_channel, e.mailbox_id, e.next_attempt, e.due_at, e.not_before,
          e.wait_reason, e.enrolled_by, e.enrolled_at, e.finished_at, e.note
        FROM enrolment e ${rest}`,
    ENROLMENT,
  );
}
