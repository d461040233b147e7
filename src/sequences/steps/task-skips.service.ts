import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { DomainError, NotFound } from '../../shared/errors.js';
import { isId, newId } from '../../shared/id.js';
import { StepOutcomes } from './step-outcomes.service.js';
import { StepUndo } from './step-undo.service.js';
import { TaskSkip } from './task-skip.entity.js';
import { ownedBy, type QueueScope, switchedOn } from '../today/today.queries.js';
import { countUpTo, dueBy, machineClients, tasksFrom, tasksOf } from '../today/today-tasks.queries.js';

/** Steps passed over in one go: more would not be taken back in time. */
export const MOST_SKIPPED = 100;
const DAY = 86_400_000;

export interface SkipChoice {
  /** Steps due for at least so many days. */
  days: number;
  scope: QueueScope;
}

/** Overdue work that nobody will do any more: passed over with one reason, so that each sequence goes on. */
@Injectable()
export class TaskSkips {
  constructor(
    private readonly database: Database,
    private readonly steps: StepOutcomes,
    private readonly undoing: StepUndo,
    private readonly clock: Clock,
  ) {}

  /** How many steps that would be; counted to 1,000. */
  count(actor: Actor, choice: SkipChoice): Promise<number> {
    return this.database.read(async (db) => {
      let sum = 0;
      for (const from of await this.overdue(db, actor, choice)) sum += await countUpTo(db, from);
      return sum;
    });
  }

  /** The oldest first, at most 100; each is a step skipped, with the reason as its note. */
  async skip(actor: Actor, choice: SkipChoice, reason: string): Promise<{ id: string; skipped: number }> {
    const tasks = await this.database.read(async (db) => {
      const found = [];
      for (const from of await this.overdue(db, actor, choice))
        found.push(...(await tasksOf(db, from, MOST_SKIPPED)));
      return found.slice(0, MOST_SKIPPED);
    });
    const touchIds: string[] = [];
    for (const { task } of tasks) {
      const { position, attempt } = task;
      const touch = await this.steps
        .record(actor, task.enrolmentId, { result: 'skipped', position, attempt, note: reason })
        .catch(overtaken);
      if (touch) touchIds.push(touch.id);
    }
    const id = newId();
    const at = this.clock.now();
    await this.database.write((tx) =>
      tx.entities.insert(TaskSkip, { id, userId: actor.userId, at, reason, touchIds, undoneAt: null }),
    );
    return { id, skipped: touchIds.length };
  }

  /** Within ten seconds; those somebody has gone on with since stay skipped. Gives how many came back. @throws NotFound */
  async undo(actor: Actor, skipId: string): Promise<number> {
    const skip = isId(skipId)
      ? await this.database.read((db) =>
          db.entities.findOneBy(TaskSkip, { id: skipId, userId: actor.userId }),
        )
      : null;
    if (!skip) throw new NotFound();
    let undone = 0;
    for (const touchId of [...skip.touchIds].reverse()) {
      if (await this.undoing.undo(actor, touchId).catch(overtaken)) undone += 1;
    }
    await this.database.write((tx) =>
      tx.run(sql`UPDATE task_skip SET undone_at = ${this.clock.now()} WHERE id = ${skipId}`),
    );
    return undone;
  }

  private async overdue(db: Db, actor: Actor, { days, scope }: SkipChoice) {
    const before = new Date(this.clock.now().getTime() - days * DAY);
    const clients = await switchedOn(db, actor);
    if (clients.length === 0) return [];
    const source = {
      clients,
      machineClients: await machineClients(db, clients),
      mine: ownedBy(actor, scope),
      usedUp: [],
    };
    return dueBy(before).map((due) => tasksFrom(source, due));
  }
}

/** Somebody else was faster with this one: it is simply not among them. */
function overtaken(error: unknown): null {
  if (error instanceof DomainError) return null;
  throw error;
}
