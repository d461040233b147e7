import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Actor } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Clock } from '../clock/clock.service.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { instant, integer, maybe, text, word } from '../database/rows.js';
import type { Channel } from '../outreach/outcomes.js';
import type { ProspectStatus } from '../prospects/status.js';
import { type QueueGroup, queueLimit, rankQueue } from './queue-rank.js';
import type { Step } from './sequence.entity.js';
import { json } from '../database/rows.js';

/** Whose work is shown: one's own and what nobody owns, or everybody's. */
export type QueueScope = 'mine' | 'team';

const PERSON = {
  prospectId: text,
  fullName: text,
  title: maybe(text),
  companyName: maybe(text),
  clientId: text,
  clientName: text,
  timeZone: text,
  status: word<ProspectStatus>(),
  ownerId: maybe(text),
};

const ITEM = {
  ...PERSON,
  /** Instant the item asks for attention: the answer, the callback, the due step, the arrival. */
  at: instant,
  until: maybe(text),
  score: maybe(integer),
};

const TASK = {
  ...ITEM,
  enrolmentId: text,
  sequenceName: text,
  position: integer,
  attempt: integer,
  steps: json<Step[]>(),
};

export interface QueueItem {
  group: QueueGroup;
  prospectId: string;
  fullName: string;
  title: string | null;
  companyName: string | null;
  clientId: string;
  clientName: string;
  timeZone: string;
  status: ProspectStatus;
  at: Date;
  until: string | null;
  score: number | null;
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
  /** How many there are in each group, shown or not. */
  counts: Record<QueueGroup, number>;
}

/** The day's work of one person, over all clients they see that are switched on. */
@Injectable()
export class TodayQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  queue(actor: Actor, scope: QueueScope): Promise<Queue> {
    const now = this.clock.now();
    return this.database.read(async (db) => {
      const replies = await this.people(db, actor, scope, replyWhere, sql`p.status_at`);
      const callbacks = await this.people(db, actor, scope, callbackWhere(now), sql`p.status_until, p.id`);
      const tasks = await this.tasks(db, actor, scope, now);
      const fresh = await this.people(
        db,
        actor,
        scope,
        sql`p.status = 'new'`,
        sql`p.fit_score DESC NULLS LAST, p.id`,
        sql`AND COALESCE(p.fit, 'unknown') <> 'unfit'`,
      );
      const items = rankQueue([
        ...replies.map((row) => item('reply', row)),
        ...callbacks.map((row) => item('callback', row)),
        ...tasks,
        ...fresh.map((row) => item('new', row)),
      ]);
      return { items, counts: await this.counts(db, actor, scope, now) };
    });
  }

  private people(
    db: Db,
    actor: Actor,
    scope: QueueScope,
    where: Sql,
    order: Sql,
    more: Sql = empty,
  ): Promise<Row[]> {
    return db.rows(
      sql`SELECT ${columns}, p.status_at AS at FROM prospect p JOIN client k ON k.id = p.client_id
          WHERE ${within(actor, scope)} AND ${where} ${more} ORDER BY ${order} LIMIT ${queueLimit}`,
      ITEM,
    );
  }

  private async tasks(db: Db, actor: Actor, scope: QueueScope, now: Date): Promise<QueueItem[]> {
    const rows = await db.rows(
      sql`SELECT ${columns}, e.due_at AS at, e.id AS enrolment_id, s.name AS sequence_name, e.next_position AS position,
            e.next_attempt AS attempt, v.steps
          ${dueTasks(now)} AND ${within(actor, scope)} ORDER BY e.due_at, e.id LIMIT ${queueLimit}`,
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

  private async counts(db: Db, actor: Actor, scope: QueueScope, now: Date): Promise<Queue['counts']> {
    const many = async (from: Sql): Promise<number> =>
      (await db.row(sql`SELECT COUNT(*) AS n ${from} AND ${within(actor, scope)}`, { n: integer }))?.n ?? 0;
    const people = sql`FROM prospect p JOIN client k ON k.id = p.client_id WHERE`;
    return {
      reply: await many(sql`${people} ${replyWhere}`),
      callback: await many(sql`${people} ${callbackWhere(now)}`),
      task: await many(dueTasks(now)),
      new: await many(sql`${people} p.status = 'new' AND COALESCE(p.fit, 'unknown') <> 'unfit'`),
    };
  }
}

type Row = { [K in keyof typeof ITEM]: ReturnType<(typeof ITEM)[K]> };

const columns = sql`p.id AS prospect_id, p.full_name, p.title, p.company_name, p.client_id, k.name AS client_name,
  k.time_zone, p.status, p.owner_id, p.status_until AS until, p.fit_score AS score`;

/** Somebody answered, and nothing went back to them since; a plain answer also waits for its meaning. */
const replyWhere = sql`(p.status = 'replied' OR (p.status = 'interested' AND NOT EXISTS
  (SELECT 1 FROM touch t WHERE t.prospect_id = p.id AND t.at > p.status_at)))`;

/** The day to call back has come (days turn at midnight UTC, an hour or two into the European night). */
function callbackWhere(now: Date): Sql {
  return sql`(p.status = 'later' AND p.status_until <= ${now.toISOString().slice(0, 10)})`;
}

function dueTasks(now: Date): Sql {
  return sql`FROM enrolment e JOIN sequence s ON s.id = e.sequence_id JOIN sequence_version v ON v.id = e.sequence_version_id
    JOIN prospect p ON p.id = e.prospect_id JOIN client k ON k.id = e.client_id
    WHERE e.due_at <= ${now} AND (e.state = 'active' OR (e.state = 'paused' AND e.paused_until <= ${now}))
      AND s.state IN ('testing', 'live')`;
}

function within(actor: Actor, scope: QueueScope): Sql {
  const owner = scope === 'team' ? sql`1 = 1` : sql`(p.owner_id = ${actor.userId} OR p.owner_id IS NULL)`;
  return sql`k.switched_off_at IS NULL AND ${withinSight(actor, sql`k.id`)} AND ${owner}`;
}

function item(group: QueueGroup, row: Row): QueueItem {
  const { ownerId: _owner, ...rest } = row;
  return { group, ...rest, task: null };
}
