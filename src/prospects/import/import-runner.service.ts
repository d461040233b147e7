import { setImmediate as breath, setTimeout as pass } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { OpenRequests } from '../../accounts/open-requests.service.js';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.js';
import { isWorthAnotherTry } from '../../database/dialect.js';
import { Outage } from '../../database/outage.js';
import { TakenBack } from '../../database/store.js';
import { throughOutages } from '../../database/through-outages.js';
import { ImportChunks } from './import-chunks.service.js';
import type { Import } from './import.entity.js';
import { type Counts, type ImportRun, noCounts, withChunk } from './import-run.js';
import { ImportReverts } from './import-reverts.service.js';
import { type Aside, Pace } from './pace.js';
import type { DraftedRow } from './packed-rows.js';
import { FileRefused } from './refusal.js';
import { regrouped } from './regroup.js';

/** A run of another machine that has not moved for this long was cut off, and any process may take it up. */
const STALE_SECONDS = 60;

/** Turns of the event loop between two pieces of work, in which a request may arrive. */
const TURNS = 10;
/** How long those who have arrived may keep a piece of work waiting, in milliseconds: somebody may be sending a file. */
const PATIENCE_MS = 25;

/** Carries imports through in the background, chunk by chunk, each chunk whole or not at all. */
@Injectable()
export class ImportRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Imports');
  private readonly running = new Map<string, Promise<void>>();
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly chunks: ImportChunks,
    private readonly reverts: ImportReverts,
    private readonly requests: OpenRequests,
  ) {}

  /** What an earlier process of this machine left when it was killed is gone on with at once. */
  async onApplicationBootstrap(): Promise<void> {
    const ids = await this.database.read((db) => this.chunks.cutOff(db, null));
    ids.forEach((id) => this.start(id));
  }

  /** Goes on with an import that is under way, from where it stands; after the run it has here, if any. */
  start(id: string): void {
    if (this.isClosing) return;
    const run = (this.running.get(id) ?? Promise.resolve())
      .then(() =>
        throughOutages(
          () => this.carryThrough(id),
          () => this.isClosing,
          (outage) => this.logger.warn({ err: outage, importId: id }),
        ),
      )
      .catch((error: unknown) => this.logger.error({ err: error, importId: id }))
      .finally(() => {
        if (this.running.get(id) === run) this.running.delete(id);
      });
    this.running.set(id, run);
  }

  /** Resolves when the import rests; at once if it does not run here. */
  async finished(id: string): Promise<void> {
    await this.running.get(id);
  }

  /** For an import that will read it no more. */
  forgetFile(job: Import): Promise<void> {
    return this.chunks.forgetFile(job);
  }

  /** For the timetable: takes up what a crash or a restart cut off. */
  async resume(now: Date): Promise<void> {
    const before = new Date(now.getTime() - STALE_SECONDS * 1000);
    const ids = await this.database.read((db) => this.chunks.cutOff(db, before));
    const idle = ids.filter((id) => !this.running.has(id));
    idle.forEach((id) => this.start(id));
    await Promise.all(idle.map((id) => this.finished(id)));
  }

  /** The chunk under way is finished; the rest waits for the next start. */
  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    await Promise.all(this.running.values());
  }

  private async carryThrough(id: string): Promise<void> {
    const { job, run } = await this.database.write((tx) => this.chunks.begin(tx, id));
    if (job === null) return;
    try {
      if (job.status === 'reverting') await this.reverts.carryThrough(job, () => this.isClosing);
      else await (job.status === 'checking' ? this.check(job, run) : this.bring(job, run));
    } catch (error) {
      // Another import's failure took back what this one had not kept yet: on from where it stands now.
      if (error instanceof TakenBack) return this.carryThrough(id);
      if (error instanceof Outage) throw error;
      const refused = error instanceof FileRefused ? error : null;
      await this.database.write((tx) => this.chunks.fail(tx, job, refused));
      if (refused === null) throw error;
    }
  }

  /** A dry run: reads everything, writes only the counts. */
  private async check(job: Import, run: ImportRun): Promise<void> {
    let counts: Counts = noCounts();
    let kept = Promise.resolve();
    const pace = new Pace();
    for await (const { rows, bytesRead } of regrouped(this.chunks.rowsOf(job, run), () => pace.rows)) {
      if (this.isClosing) return;
      const since = this.clock.busyTicks();
      const planned = await this.database.read((db) => this.chunks.imagine(db, run, rows));
      counts = withChunk(counts, planned);
      const at = { bytesRead, now: this.clock.now() };
      const noted = await this.database.writePart((tx) => this.chunks.note(tx, job, counts, at));
      if (!noted.result) return kept;
      kept = noted.kept;
      this.chunks.advance(job, run, counts);
      pace.took(rows.length, this.clock.busyTicks() - since, await this.standAside(pace.pause));
    }
    await this.database.write((tx) => this.chunks.finish(tx, job, 'checked', this.clock.now()));
    await kept;
  }

  /** Lets everybody else go first, for so many milliseconds at least. */
  private async standAside(ms: number): Promise<Aside> {
    const [since, askedBefore] = [this.clock.ticks(), this.database.asked];
    for (let turn = 0; turn < TURNS; turn += 1) await breath();
    if (ms > 0) await pass(ms);
    await this.requests.answered(PATIENCE_MS);
    return { ms: this.clock.ticks() - since, asked: this.database.asked - askedBefore };
  }

  private async bring(job: Import, run: ImportRun): Promise<void> {
    let done = 0;
    let kept = Promise.resolve();
    const already = job.position;
    const pace = new Pace();
    for await (const { rows, bytesRead } of regrouped(this.chunks.rowsOf(job, run), () => pace.rows)) {
      if (this.isClosing) return;
      const past = rows.slice(0, Math.max(0, already - done));
      const ahead = rows.slice(past.length);
      done += rows.length;
      const since = this.clock.busyTicks();
      // Rows dealt with before a crash are only met again, so that a later duplicate of them is known as one.
      if (past.length > 0) await this.database.read((db) => this.chunks.meet(db, run, past));
      if (ahead.length > 0) {
        const brought = await this.bringChunk(job, run, ahead, bytesRead);
        // Somebody else has moved it on; or what went before could not be kept, and `kept` says why.
        if (brought.result === null) return kept;
        kept = brought.kept;
        this.chunks.advance(job, run, brought.result);
      }
      pace.took(rows.length, this.clock.busyTicks() - since, await this.standAside(pace.pause));
    }
    await this.database.write((tx) => this.chunks.finish(tx, job, 'done', this.clock.now()));
    await kept;
    await this.chunks.forgetFile(job);
  }

  /** Somebody else may write the same person meanwhile: the chunk is then decided anew. */
  private async bringChunk(
    job: Import,
    run: ImportRun,
    rows: DraftedRow[],
    bytesRead: number,
    tries = 3,
  ): Promise<{ result: Counts | null; kept: Promise<void> }> {
    try {
      const at = { bytesRead, now: this.clock.now() };
      return await this.database.writePart((tx) => this.chunks.bring(tx, job, run, rows, at));
    } catch (error) {
      if (tries === 1 || !isWorthAnotherTry(error)) throw error;
      return this.bringChunk(job, run, rows, bytesRead, tries - 1);
    }
  }
}
