import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Rows written after which the log is copied into the file, and how long a quiet database waits for it. */
const CHANGES = 10_000;
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
  private copiedAt = 0;
  private isBusy = false;

  constructor(private readonly file: string) {}

  /** @param changes rows written since the database was opened */
  noteCommit(changes: number): void {
    if (changes - this.copiedAt >= CHANGES) this.ask(changes);
    else this.timer ??= setTimeout(() => this.ask(changes), QUIET_MS).unref();
  }

  /** Once it has finished what it is at. */
  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    const { thread } = this;
    if (thread === null) return;
    thread.ref();
    const gone = new Promise((resolve) => thread.once('exit', resolve));
    thread.postMessage('close');
    await gone;
  }

  private ask(changes: number): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.isBusy) return;
    this.copiedAt = changes;
    this.isBusy = true;
    (this.thread ??= this.start()).postMessage('checkpoint');
  }

  private start(): Worker {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const thread = new Worker(THREAD, { eval: true, workerData: { driver, file: this.file } });
    thread.on('message', () => (this.isBusy = false));
    // Left busy, it is not asked again: the writing connection checkpoints by itself, which is slower, not less safe.
    thread.on('error', () => undefined);
    thread.on('exit', () => (this.thread = null));
    thread.unref();
    return thread;
  }
}
