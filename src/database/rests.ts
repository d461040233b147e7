import { setTimeout as pass } from 'node:timers/promises';

/** SQLite lets another process that finds the file locked ask again every 100 ms, and we give up after five seconds. */
const REST_MS = 110;
const WORK_MS = 2_500;

/** When a long work must leave the file alone for a moment, so that other processes (worker, command line) get their turn. */
export class Rests {
  private restedAt = -Infinity;
  private seenAt = -Infinity;

  /** To be asked before each part of the work. */
  isDue(): boolean {
    const now = performance.now();
    // A pause of the work itself was a rest.
    if (now - this.seenAt >= REST_MS) this.restedAt = now;
    this.seenAt = now;
    return now - this.restedAt >= WORK_MS;
  }

  async take(letGo: () => Promise<void>): Promise<void> {
    await letGo();
    await pass(REST_MS);
    this.restedAt = this.seenAt = performance.now();
  }
}
