import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { DataSource, type QueryRunner } from 'typeorm';
import { Checkpoints } from './checkpoints.js';
import type { Db, Tx } from './db.js';
import { Rests } from './rests.js';
import { SqliteDb, SqliteTx, Statements } from './sqlite-db.js';
import { type Store, type StoreOptions, storeOptions, TakenBack, type Written } from './store.js';
import { WriteQueue } from './write-queue.js';

/** How long parts of a long work may wait for their common commit, in milliseconds: what a crash may take back of it. */
const HOLD_MS = 1000;
/** How long a write that can wait stays open for others. */
const SOON_MS = 5;

/**
 * One file, two connections. Writers stand in a queue on the first: TypeORM shares that connection with everybody,
 * and without the queue one request's rollback would take others' acknowledged rows with it. Readers use the second,
 * read-only one, and see only what is committed.
 */
export class SqliteStore implements Store {
  readonly source: DataSource;
  private readonly reading: DataSource;
  private readonly queue = new WriteQueue();
  private writer!: { runner: QueryRunner; statements: Statements };
  private reader!: SqliteDb;
  private readonly checkpoints: Checkpoints;
  private readonly rests = new Rests();
  private batch: Batch | null = null;

  constructor(options: StoreOptions, dataDir: string) {
    const database = join(dataDir, 'carnet.sqlite');
    const file = { type: 'better-sqlite3' as const, database, timeout: 5000 };
    this.checkpoints = new Checkpoints(database);
    this.source = new DataSource({
      ...storeOptions(options),
      ...file,
      enableWAL: true,
      prepareDatabase: prepare,
    });
    this.reading = new DataSource({
      ...storeOptions(options),
      ...file,
      readonly: true,
      prepareDatabase: prepareReader,
    });
  }

  async open(): Promise<void> {
    await this.source.initialize();
    const runner = this.source.createQueryRunner();
    this.writer = { runner, statements: new Statements(connectionOf(this.source)) };
    await this.source.runMigrations({ transaction: 'each' });
    await this.reading.initialize();
    this.reader = new SqliteDb(new Statements(connectionOf(this.reading)), this.reading.manager);
  }

  async close(): Promise<void> {
    // Behind the last write that was accepted.
    await this.queue.run(async () => {
      this.commit();
      await this.checkpoints.close();
      if (this.reading.isInitialized) await this.reading.destroy();
      if (this.source.isInitialized) await this.source.destroy();
    });
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return work(this.reader);
  }

  /** Answers once the write is committed, together with the others of its batch. */
  async write<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>> {
    const { done, batch } = await this.queue.run(() => this.join(work, 'now'));
    await batch.committed;
    return done;
  }

  async writeSoon<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>> {
    const { done, batch } = await this.queue.run(() => this.join(work, 'soon'));
    await batch.committed;
    return done;
  }

  async writePart<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T> & { kept: Promise<void> }> {
    if (this.rests.isDue()) await this.rests.take(() => this.queue.run(async () => this.commit()));
    const { done, batch } = await this.queue.run(() => this.join(work, 'at leisure'));
    // In the time of the one who writes so much; the timer is for the last part, which none follows.
    if (performance.now() - batch.begunAt >= HOLD_MS) await this.queue.run(async () => this.commit());
    else batch.timer ??= setTimeout(() => this.commitSoon(batch), HOLD_MS + 200);
    return { ...done, kept: batch.committed };
  }

  /** A commit costs more than most writes, so those that come in the same turn of the event loop share one. */
  private async join<T>(work: (tx: Tx) => Promise<T>, wanted: Wanted) {
    const { runner, statements } = this.writer;
    const isFirst = this.batch === null;
    const batch = (this.batch ??= this.begin());
    if (wanted !== 'at leisure') this.closeFor(batch, wanted);
    // Parts nobody waits for stand and fall together: to be able to take one back by itself costs a sixth of them all.
    const isApart = !isFirst && batch.isAwaited;
    if (isApart) statements.run('SAVEPOINT one_write');
    try {
      const tx = new SqliteTx(statements, runner.manager);
      const done = { result: await work(tx), news: tx.news };
      if (isApart) statements.run('RELEASE one_write');
      return { done, batch };
    } catch (error) {
      this.takeBack(batch, isApart, error);
      throw error;
    }
  }

  private begin(): Batch {
    this.writer.statements.run('BEGIN IMMEDIATE');
    this.setActive(true);
    return newBatch();
  }

  private closeFor(batch: Batch, wanted: 'now' | 'soon'): void {
    batch.isAwaited = true;
    if (wanted === 'now') this.commitSoon(batch);
    else batch.soonTimer ??= setTimeout(() => this.commitSoon(batch), SOON_MS);
  }

  /** Behind the writes that wait by then: they belong to this batch. */
  private commitSoon(batch: Batch): void {
    if (batch.isClosing) return;
    batch.isClosing = true;
    setImmediate(() => void this.queue.run(async () => this.commit()));
  }

  private commit(): void {
    const { batch } = this;
    if (batch === null) return;
    try {
      this.writer.statements.run('COMMIT');
      this.end();
      this.checkpoints.noteCommit(this.writer.statements.changes);
      batch.succeed();
    } catch (error) {
      this.abandon(batch, error);
    }
  }

  /** One write failed: it alone goes, unless it was a part, or SQLite has given up the whole transaction by itself. */
  private takeBack(batch: Batch, isApart: boolean, error: unknown): void {
    const { statements } = this.writer;
    if (!isApart || !statements.connection.inTransaction) {
      this.abandon(batch, new TakenBack(error));
      return;
    }
    statements.run('ROLLBACK TO one_write');
    statements.run('RELEASE one_write');
  }

  private abandon(batch: Batch, error: unknown): void {
    const { statements } = this.writer;
    if (statements.connection.inTransaction) statements.run('ROLLBACK');
    this.end();
    batch.fail(error);
  }

  private end(): void {
    clearTimeout(this.batch?.timer);
    clearTimeout(this.batch?.soonTimer);
    this.batch = null;
    this.setActive(false);
  }

  /** TypeORM opens no transaction of its own inside ours. */
  private setActive(isActive: boolean): void {
    (this.writer.runner as { isTransactionActive: boolean }).isTransactionActive = isActive;
  }
}

/** When the commit of a write is wanted. */
type Wanted = 'now' | 'soon' | 'at leisure';

/** Writes that share one commit. */
interface Batch {
  committed: Promise<void>;
  begunAt: number;
  isClosing: boolean;
  /** Somebody waits for the commit: each write of it can be taken back by itself. */
  isAwaited: boolean;
  soonTimer?: NodeJS.Timeout;
  /** Set when the batch holds parts of a long work. */
  timer?: NodeJS.Timeout;
  succeed: () => void;
  fail: (error: unknown) => void;
}

function newBatch(): Batch {
  const batch = { begunAt: performance.now(), isClosing: false, isAwaited: false } as Batch;
  batch.committed = new Promise((resolve, reject) => {
    batch.succeed = resolve;
    batch.fail = reject;
  });
  // Those who wait for it are told; when nobody does, nothing is lost.
  batch.committed.catch(() => undefined);
  return batch;
}

function prepare(connection: Sqlite.Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  // What an import writes between two commits: rows fall all over the indices of names and addresses.
  connection.pragma('cache_size = -64000');
  // Checkpoints are made beside (checkpoints.ts), until the log is 64 MB ahead of them.
  connection.pragma('wal_autocheckpoint = 16000');
  // Savepoints keep the pages they may have to put back: in memory, not in a file.
  connection.pragma('temp_store = MEMORY');
  connection.pragma('journal_size_limit = 67108864');
}

/** A page of a long list reads rows from all over the file: 16 MB hold the upper levels of its indices. */
function prepareReader(connection: Sqlite.Database): void {
  connection.pragma('cache_size = -16000');
}

function connectionOf(source: DataSource): Sqlite.Database {
  return (source.driver as unknown as { databaseConnection: Sqlite.Database }).databaseConnection;
}
