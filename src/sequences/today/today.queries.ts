import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { agencyClock } from '../../accounts/agency.queries.js';
import { withinSight } from '../../accounts/sight.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import type { MailClass } from '../../mail/mail-class.js';
import { isUsedUp, type Pace } from '../../outreach/touches/daily-pace.js';
import { paceToday } from '../../outreach/touches/pace.queries.js';
import { freshPeople } from './fresh-people.queries.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';
import { mostCounted, type QueueGroup, queueLimit, rankQueue } from './queue-rank.js';
import { waitingAnswers } from './today-answers.queries.js';
import { waitingAccounts } from './waiting-accounts.queries.js';
import {
  countUpTo,
  dueBy,
  dueUntil,
  machineClients,
  type QueuedTask,
  tasksFrom,
  type TaskSource,
  tasksOf,
} from './today-tasks.queries.js';

/** Whose work is shown: one's own and what nobody owns, or everybody's. */
export type QueueScope = 'mine' | 'team';

const NOTHING: Queue['counts'] = { reply: 0, callback: 0, colleague: 0, task: 0, new: 0, today: 0 };

/** How much of the rest of the day is shown. */
const LATER_SHOWN = 20;

export interface QueueItem extends PersonInQueue {
  group: QueueGroup;
  task: QueuedTask | null;
  /** What the machine takes the answer for; null when there is no mail to read. */
  suggested: MailClass | null;
  isHot: boolean;
  /** How many of their company wait since a colleague answered; 0 for another reason to be here. */
  waiting: number;
}

export interface Queue {
  items: QueueItem[];
  /** How many there are in each group, shown or not; `mostCounted` stands for that many or more. */
  counts: Record<QueueGroup, number>;
  /** What this person has done today of what they may do. */
  paces: Pace[];
  /** IANA zone of the agency: the clock callbacks are agreed on. */
  timeZone: string;
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
      const { timeZone } = await agencyClock(db);
      const paces = await paceToday(db, actor, now);
      const clients = await switchedOn(db, actor);
      if (clients.length === 0) return { items: [], counts: { ...NOTHING }, paces, timeZone };
      const mine = ownedBy(actor, scope);
      const source: TaskSource = {
        clients,
        machineClients: await machineClients(db, clients),
        mine,
        usedUp: paces.filter(isUsedUp).map(({ channel }) => channel),
      };
      const day = DateTime.fromJSDate(now, { zone: timeZone });
      const { items, counts } = await groupsOf(db, source, { now, day });
      return { items: rankQueue(items), counts, paces, timeZone };
    });
  }
}

async function groupsOf(
  db: Db,
  source: TaskSource,
  { now, day }: { now: Date; day: DateTime },
): Promise<Pick<Queue, 'items' | 'counts'>> {
  const { clients, mine } = source;
  const end = day.endOf('day').toJSDate();
  const { answers, count: reply } = await waitingAnswers(db, clients, mine);
  const callbacks = callbacksOf(clients, mine, now, day.toISODate()!);
  const { accounts, count: colleague } = await waitingAccounts(db, clients, mine);
  const fresh = await freshPeople(db, clients, mine);
  const due = dueBy(now).map((when) => tasksFrom(source, when));
  const tasks: Awaited<ReturnType<typeof tasksOf>> = [];
  let task = 0;
  for (const from of due) {
    tasks.push(...(await tasksOf(db, from)));
    task += await countUpTo(db, from);
  }
  const later = tasksFrom(source, dueUntil(now, end));
  const laterCalls = callbacksLater(clients, mine, now, end);
  const items = [
    ...answers.map(({ mailId: _, suggested, ...row }) => ({
      ...plain('reply', row),
      suggested,
      isHot: (suggested ?? row.status) === 'interested',
    })),
    ...(await people(db, callbacks, sql`p.status_until, p.callback_at`)).map((row) => plain('callback', row)),
    ...accounts.map(({ waiting, ...row }) => ({ ...plain('colleague', row), waiting })),
    ...tasks.map(({ task: step, ...row }) => ({ ...plain('task', row), task: step })),
    ...fresh.people.map((row) => plain('new', row)),
    ...(await tasksOf(db, later, LATER_SHOWN)).map(({ task: step, ...row }) => ({
      ...plain('today', row),
      task: step,
    })),
    ...(await people(db, laterCalls, sql`p.callback_at`)).map((row) => ({
      ...plain('today', row),
      at: row.callbackAt ?? row.at,
    })),
  ];
  const counts = {
    reply,
    callback: await countUpTo(db, callbacks),
    colleague,
    task: Math.min(mostCounted, task),
    new: fresh.count,
    today: (await countUpTo(db, later)) + (await countUpTo(db, laterCalls)),
  };
  return { items, counts };
}

export async function switchedOn(db: Db, actor: Actor): Promise<string[]> {
  const rows = await db.rows(
    sql`SELECT k.id FROM client k WHERE k.switched_off_at IS NULL AND ${withinSight(actor, sql`k.id`)}`,
    { id: text },
  );
  return rows.map((row) => row.id);
}

export function ownedBy(actor: Actor, scope: QueueScope): Sql {
  return scope === 'team' ? sql`1 = 1` : sql`(p.owner_id = ${actor.userId} OR p.owner_id IS NULL)`;
}

/** The agreed moment has come; without an hour, the day has, on the agency's clock. */
function callbacksOf(clients: readonly string[], mine: Sql, now: Date, today: string): Sql {
  return sql`FROM prospect p WHERE p.client_id IN (${join([...clients])}) AND p.status = 'later' AND ${mine}
      AND p.status_until <= ${today} AND (p.callback_at IS NULL OR p.callback_at <= ${now})`;
}

/** Their day says where to look; an hour agreed before the agency moved to another zone may lie a day beside it. */
function callbacksLater(clients: readonly string[], mine: Sql, now: Date, end: Date): Sql {
  const [first, last] = [dayBeside(now, -2), dayBeside(end, 2)];
  return sql`FROM prospect p WHERE p.client_id IN (${join([...clients])}) AND p.status = 'later' AND ${mine}
      AND p.status_until BETWEEN ${first} AND ${last} AND p.callback_at > ${now} AND p.callback_at <= ${end}`;
}

function dayBeside(at: Date, days: number): string {
  return DateTime.fromJSDate(at, { zone: 'utc' }).plus({ days }).toISODate()!;
}

/** Only those shown are read whole. */
function people(db: Db, from: Sql, order: Sql): Promise<PersonInQueue[]> {
  return db.rows(
    sql`SELECT ${personColumns}, p.status_at AS at
      FROM (SELECT p.id ${from} ORDER BY ${order}, p.id LIMIT ${queueLimit}) shown
        JOIN prospect p ON p.id = shown.id JOIN client k ON k.id = p.client_id`,
    PERSON_IN_QUEUE,
  );
}

function plain(group: QueueGroup, row: PersonInQueue): QueueItem {
  return { group, ...row, task: null, suggested: null, isHot: false, waiting: 0 };
}
