import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, json, text } from '../../database/rows.js';
import type { Channel } from '../../outreach/touches/outcomes.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';
import { mostCounted, queueLimit } from './queue-rank.js';
import type { Step } from '../sequence.entity.js';

const TASK = {
  ...PERSON_IN_QUEUE,
  enrolmentId: text,
  sequenceName: text,
  position: integer,
  attempt: integer,
  steps: json<Step[]>(),
};

export interface QueuedTask {
  enrolmentId: string;
  sequenceName: string;
  channel: Channel;
  position: number;
  attempt: number;
  steps: number;
}

/** Whose work, and what of it is a person's. */
export interface TaskSource {
  clients: readonly string[];
  /** Clients whose mail the engine sends. */
  machineClients: readonly string[];
  mine: Sql;
  /** Channels on which the day's limit is reached. */
  usedUp: readonly Channel[];
}

export const dueBy = (now: Date): Sql[] => [
  sql`e.state = 'active' AND e.due_at <= ${now}`,
  sql`e.state = 'paused' AND e.due_at <= ${now} AND e.paused_until <= ${now}`,
];

/** Due between now and the end of the day. */
export const dueUntil = (now: Date, end: Date): Sql =>
  sql`e.state = 'active' AND e.due_at > ${now} AND e.due_at < ${end}`;

/** The steps that are people's: not the mail of a client whose mailbox the engine sends from. */
export function tasksFrom({ clients, machineClients, mine, usedUp }: TaskSource, due: Sql): Sql {
  const byHand =
    machineClients.length === 0
      ? empty
      : sql` AND (e.next_channel IS NULL OR e.next_channel <> 'email' OR e.client_id NOT IN (${join([...machineClients])}))`;
  const within =
    usedUp.length === 0 ? empty : sql` AND COALESCE(e.next_channel, '') NOT IN (${join([...usedUp])})`;
  return sql`FROM enrolment e JOIN sequence s ON s.id = e.sequence_id JOIN prospect p ON p.id = e.prospect_id
    WHERE ${due} AND e.client_id IN (${join([...clients])})
      AND (s.state = 'live' OR (s.state = 'testing' AND e.is_test = ${true})) AND ${mine}${byHand}${within}`;
}

/** Ties of `due_at` are left as the index has them: a bulk enrolment makes thousands, and sorting them all costs the day. */
export async function tasksOf(
  db: Db,
  from: Sql,
  limit = queueLimit,
): Promise<(PersonInQueue & { task: QueuedTask })[]> {
  const rows = await db.rows(
    sql`SELECT ${personColumns}, d.due_at AS at, d.id AS enrolment_id, d.sequence_name, d.next_position AS position,
          d.next_attempt AS attempt, v.steps
        FROM (SELECT e.id, e.due_at, e.prospect_id, e.client_id, e.sequence_version_id, e.next_position, e.next_attempt,
            s.name AS sequence_name ${from} ORDER BY e.due_at LIMIT ${limit}) d
          JOIN prospect p ON p.id = d.prospect_id JOIN client k ON k.id = d.client_id
          JOIN sequence_version v ON v.id = d.sequence_version_id`,
    TASK,
  );
  return rows.map(({ steps, enrolmentId, sequenceName, position, attempt, ...row }) => ({
    ...row,
    task: {
      enrolmentId,
      sequenceName,
      position,
      attempt,
      channel: steps[position - 1]!.channel,
      steps: steps.length,
    },
  }));
}

/** How many, up to `mostCounted`. */
export async function countUpTo(db: Db, from: Sql): Promise<number> {
  const counted = await db.row(
    sql`SELECT COUNT(*) AS n FROM (SELECT 1 ${from} LIMIT ${mostCounted}) counted`,
    { n: integer },
  );
  return counted?.n ?? 0;
}

/** The clients among these whose mail leaves by machine: they have a mailbox that was tested. */
export async function machineClients(db: Db, clients: readonly string[]): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT DISTINCT client_id FROM mailbox WHERE client_id IN (${join([...clients])})
      AND (paused_reason IS NULL OR paused_reason NOT IN ('untested', 'retired'))`,
    { clientId: text },
  );
  return rows.map(({ clientId }) => clientId);
}
