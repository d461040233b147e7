import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Commits after which the log is copied into the file, and how long a quiet database waits for it. */
const COMMITS = 250;
const QUIET_MS = 1000;

/** Text, so that it runs the same from the sources and from a build. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const connection = new (require(workerData.driver))(workerData.file, { timeout: 0 });
  connection.pragma('synchronous = NORMAL');
  parentPort.on('message', (word) => {
    if (word === 'close') return connection.close(), parentPort.close();
    connection.pragma('wal_checkpoint(PASSIVE)');
    parentPort.postMessage('done');
  });`;

/**
 * Copies SQLite's write-ahead log into the file on a thread of its own: the copying and its waiting for the disk cost as
 * much as the writes themselves, and would hold every request up. The log is safe without it; should it grow faster than
 * the thread copies, the writing connection checkpoints by itself (`wal_autocheckpoint`).
 */
export class Checkpoints {
  private thread: Worker | null = null;
  private timer: NodeJS.Timeout | null = null;
  private commits = 0;
  private isBusy = false;

  constructor(private readonly file: string) {}

  noteCommit(): void {
    this.commits += 1;
    if (this.commits >= COMMITS) this.ask();
    else this.timer ??= setTimeout(() => this.ask(), QUIET_MS).unref();
  }

  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    if (this.thread === null) return;
    const gone = once(this.thread, 'exit');
    this.thread.postMessage('close');
    await gone;
  }

  private ask(): void {
    if (this.isBusy) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.commits = 0;
    this.isBusy = true;
    (this.thread ??= this.start()).postMessage('checkpoint');
  }

  private start(): Worker {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const thread = new Worker(THREAD, { eval: true, workerData: { driver, file: this.file } });
    thread.on('message', () => (this.isBusy = false));
    // Without it the writing connection checkpoints by itself: slower, not less safe.
    thread.on('error', () => undefined);
    thread.unref();
    return thread;
  }
}
