import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import sql, { empty, join } from 'sql-template-tag';
import { In } from 'typeorm';
import { AccessQueries } from '../../accounts/access.queries.js';
import { type Actor, isAgency, seesClient, SYSTEM } from '../../accounts/actor.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { Outage } from '../../database/outage.js';
import { integer, text } from '../../database/rows.js';
import { throughOutages } from '../../database/through-outages.js';
import { type BulkState, MOVING_STATES } from './bulk-act.js';
import { BulkAct } from './bulk-act.entity.js';
import { BulkChunks, type BulkFailure } from './bulk-chunks.service.js';
import { BulkCount } from './bulk-count.service.js';

/** A run that has not moved for this long was cut off, and another process may take it up. */
const STALE_SECONDS = 60;

/** How long an act can be looked at and taken back. */
const KEPT_DAYS = 90;
/** Rows forgotten in one transaction. */
const FORGOTTEN = 1000;
const OLD = { id: text, total: integer };

/** Carries acts on many through in the background, some people at a time, each chunk whole or not at all. */
@Injectable()
export class BulkRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('BulkActs');
  private readonly running = new Map<string, Promise<void>>();
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: AccessQueries,
    private readonly count: BulkCount,
    private readonly chunks: BulkChunks,
  ) {}

  /** What an earlier process left when it was killed is gone on with at once; of two who do so, one stops at its next chunk. */
  async onApplicationBootstrap(): Promise<void> {
    (await this.cutOff(null)).forEach((id) => this.start(id));
  }

  /** Goes on with an act that is counting, running or undoing, from where it stands. */
  start(id: string): void {
    if (this.isClosing) return;
    const before = this.running.get(id) ?? Promise.resolve();
    const run = before
      .then(() =>
        throughOutages(
          () => this.carryThrough(id),
          () => this.isClosing,
          (outage) => this.logger.warn({ err: outage, bulkActId: id }),
        ),
      )
      .catch((error: unknown) => this.logger.error({ err: error, bulkActId: id }))
      .finally(() => this.running.get(id) === run && this.running.delete(id));
    this.running.set(id, run);
  }

  /** Resolves when the act rests; at once if it does not run here. */
  async finished(id: string): Promise<void> {
    await this.running.get(id);
  }

  /** For the timetable: takes up what a crash or a restart cut off. */
  async resume(now: Date): Promise<void> {
    const before = new Date(now.getTime() - STALE_SECONDS * 1000);
    const idle = (await this.cutOff(before)).filter((id) => !this.running.has(id));
    idle.forEach((id) => this.start(id));
    await Promise.all(idle.map((id) => this.finished(id)));
  }

  /** Those that should move; `before`: and have not since then. */
  private async cutOff(before: Date | null): Promise<string[]> {
    const rows = await this.database.read((db) =>
      db.rows(
        sql`SELECT id FROM bulk_act WHERE state IN (${join(MOVING_STATES)})
          ${before === null ? empty : sql`AND progress_at < ${before}`} ORDER BY id LIMIT 20`,
        { id: text },
      ),
    );
    return rows.map(({ id }) => id);
  }

  /** Acts nobody will take back any more, some rows at a time: the audit trail keeps what they did. */
  async forget(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
    const old = await this.database.read((db) =>
      db.rows(sql`SELECT id, total FROM bulk_act WHERE created_at < ${before} ORDER BY id LIMIT 20`, OLD),
    );
    for (const { id, total } of old) {
      for (let upTo = FORGOTTEN; upTo < total + FORGOTTEN; upTo += FORGOTTEN) {
        await this.database.write((tx) =>
          tx.run(sql`DELETE FROM bulk_act_row WHERE act_id = ${id} AND position <= ${upTo}`),
        );
        await breath();
      }
      await this.database.write((tx) => tx.run(sql`DELETE FROM bulk_act WHERE id = ${id}`));
    }
  }

  /** The chunk under way is finished; the rest waits for the next start. */
  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    await Promise.all(this.running.values());
  }

  private async carryThrough(id: string, among: readonly BulkState[] = MOVING_STATES): Promise<void> {
    const act = await this.database.read((db) => db.entities.findOneBy(BulkAct, { id, state: In(among) }));
    if (act === null) return;
    try {
      if (act.state !== 'counting') {
        await this.goThrough(act);
        return;
      }
      const actor = await this.actorOf(act);
      if (actor === null) {
        await this.fail(act, 'left_client');
        return;
      }
      await this.count.found(actor, act, () => this.isClosing);
      // Confirmed before it was counted: the same run carries it out.
      if (act.terms.isConfirmed === true && !this.isClosing) await this.carryThrough(id, ['running']);
    } catch (error) {
      if (!(error instanceof Outage)) await this.fail(act, 'error');
      throw error;
    }
  }

  private async fail(act: BulkAct, cause: BulkFailure): Promise<void> {
    if (cause === 'left_client') this.logger.warn(`Whoever asked for ${act.id} has left the client`);
    await this.database.write((tx) => this.chunks.fail(tx, act, this.clock.now(), cause));
  }

  /**
   * A chunk that failed (two writers can wait for each other) is tried again from where the act then stands. Who asked is
   * looked up before each chunk: taken off the client meanwhile, they change nobody more.
   */
  private async goThrough(act: BulkAct, tries = 3): Promise<void> {
    try {
      while (!this.isClosing) {
        const actor = await this.actorOf(act);
        if (actor === null) {
          await this.fail(act, 'left_client');
          return;
        }
        if (!(await this.database.write((tx) => this.chunks.next(tx, actor, act, this.clock.now())))) return;
        await breath();
      }
    } catch (error) {
      const { id } = act;
      const now = await this.database.read((db) => db.entities.findOneBy(BulkAct, { id, state: act.state }));
      if (tries === 1 || now === null) throw error;
      await this.goThrough(now, tries - 1);
    }
  }

  /** Whoever asked for it, with the rights they have now; null when they have left: then nothing more is done. */
  private async actorOf({ createdBy, clientId, terms }: BulkAct): Promise<Actor | null> {
    const userId = terms.by ?? createdBy;
    if (userId === null) return SYSTEM;
    const actor = await this.access.actorOfUser(userId);
    return actor !== null && isAgency(actor) && seesClient(actor, clientId) ? actor : null;
  }
}
