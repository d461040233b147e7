import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { integer, json, text } from '../database/rows.js';
import type { Channel } from '../outreach/outcomes.js';
import { freshPeople } from './fresh-people.queries.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';
import { mostCounted, type QueueGroup, queueLimit, rankQueue } from './queue-rank.js';
import type { Step } from './sequence.entity.js';

/** Whose work is shown: one's own and what nobody owns, or everybody's. */
export type QueueScope = 'mine' | 'team';

const TASK = {
  ...PERSON_IN_QUEUE,
  enrolmentId: text,
  sequenceName: text,
  position: integer,
  attempt: integer,
  steps: json<Step[]>(),
};

export interface QueueItem extends PersonInQueue {
  group: QueueGroup;
  task: {
    enrolmentId: string;
    sequenceName: string;
    channel: Channel;
    position: number;
    attempt: number;
    steps: number;
  } | null;
}

export interface Queue {
  items: QueueItem[];
  /** How many there are in each group, shown or not; `mostCounted` stands for that many or more. */
  counts: Record<QueueGroup, number>;
}

/**
 * The day's work of one person, over all clients they see that are switched on. Read again after every keystroke, so
 * each group is read along an index and no further than it is shown.
 */
@Injectable()
export class TodayQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  queue(actor: Actor, scope: QueueScope): Promise<Queue> {
    const now = this.clock.now();
    return this.database.read(async (db) => {
      const clients = await switchedOn(db, actor);
      if (clients.length === 0) return { items: [], counts: { reply: 0, callback: 0, task: 0, new: 0 } };
      const mine = ownedBy(actor, scope);
      const replies = answersOf(clients, mine);
      const callbacks = callbacksOf(clients, mine, now);
      const fresh = await freshPeople(db, clients, mine);
      const tasks = [
        ...(await dueTasks(db, clients, mine, activeDue(now))),
        ...(await dueTasks(db, clients, mine, resumedDue(now))),
      ];
      const items = rankQueue([
        ...(await people(db, replies, sql`p.status_at, p.id`)).map((row) => item('reply', row)),
        ...(await people(db, callbacks, sql`p.status_until, p.id`)).map((row) => item('callback', row)),
        ...tasks,
        ...fresh.people.map((row) => item('new', row)),
      ]);
      const counts = {
        reply: await count(db, replies),
        callback: await count(db, callbacks),
        task: Math.min(
          mostCounted,
          (await count(db, tasksFrom(clients, mine, activeDue(now)))) +
            (await count(db, tasksFrom(clients, mine, resumedDue(now)))),
        ),
        new: fresh.count,
      };
      return { items, counts };
    });
  }
}

async function switchedOn(db: Db, actor: Actor): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT k.id FROM client k WHERE k.switched_off_at IS NULL AND ${withinSight(actor, sql`k.id`)}`,
    { id: text },
  );
  return rows.map((row) => row.id);
}

function ownedBy(actor: Actor, scope: QueueScope): Sql {
  return scope === 'team' ? sql`1 = 1` : sql`(p.owner_id = ${actor.userId} OR p.owner_id IS NULL)`;
}

/** Somebody answered, and nothing went back to them since; a plain answer also waits for its meaning. */
function answersOf(clients: readonly string[], mine: Sql): Sql {
  return sql`FROM prospect p JOIN client k ON k.id = p.client_id
    WHERE p.client_id IN (${join([...clients])}) AND p.status IN ('replied', 'interested') AND ${mine}
      AND (p.status = 'replied' OR NOT EXISTS
        (SELECT 1 FROM touch t WHERE t.prospect_id = p.id AND t.at > p.status_at))`;
}

/** The day to call back has come (days turn at midnight UTC, an hour or two into the European night). */
function callbacksOf(clients: readonly string[], mine: Sql, now: Date): Sql {
  return sql`FROM prospect p JOIN client k ON k.id = p.client_id
    WHERE p.client_id IN (${join([...clients])}) AND p.status = 'later' AND ${mine}
      AND p.status_until <= ${now.toISOString().slice(0, 10)}`;
}

const activeDue = (now: Date): Sql => sql`e.state = 'active' AND e.due_at <= ${now}`;
const resumedDue = (now: Date): Sql =>
  sql`e.state = 'paused' AND e.due_at <= ${now} AND e.paused_until <= ${now}`;

function tasksFrom(clients: readonly string[], mine: Sql, due: Sql): Sql {
  return sql`FROM enrolment e JOIN sequence s ON s.id = e.sequence_id JOIN prospect p ON p.id = e.prospect_id
    WHERE ${due} AND e.client_id IN (${join([...clients])}) AND s.state IN ('testing', 'live') AND ${mine}`;
}

function people(db: Db, from: Sql, order: Sql): Promise<PersonInQueue[]> {
  return db.rows(
    sql`SELECT ${personColumns}, p.status_at AS at ${from} ORDER BY ${order} LIMIT ${queueLimit}`,
    PERSON_IN_QUEUE,
  );
}

/** Ties of `due_at` are left as the index has them: a bulk enrolment makes thousands, and sorting them all costs the day. */
async function dueTasks(db: Db, clients: readonly string[], mine: Sql, due: Sql): Promise<QueueItem[]> {
  const rows = await db.rows(
    sql`SELECT ${personColumns}, d.due_at AS at, d.id AS enrolment_id, d.sequence_name, d.next_position AS position,
          d.next_attempt AS attempt, v.steps
        FROM (SELECT e.id, e.due_at, e.prospect_id, e.client_id, e.sequence_version_id, e.next_position, e.next_attempt,
            s.name AS sequence_name ${tasksFrom(clients, mine, due)} ORDER BY e.due_at LIMIT ${queueLimit}) d
          JOIN prospect p ON p.id = d.prospect_id JOIN client k ON k.id = d.client_id
          JOIN sequence_version v ON v.id = d.sequence_version_id`,
    TASK,
  );
  return rows.map(({ steps, enrolmentId, sequenceName, position, attempt, ...row }) => ({
    ...item('task', row),
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

async function count(db: Db, from: Sql): Promise<number> {
  const counted = await db.row(
    sql`SELECT COUNT(*) AS n FROM (SELECT 1 ${from} LIMIT ${mostCounted}) counted`,
    {
      n: integer,
    },
  );
  return counted?.n ?? 0;
}

function item(group: QueueGroup, row: PersonInQueue): QueueItem {
  return { group, ...row, task: null };
}
