import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { DataSource, type EntityManager, MigrationExecutor, type QueryRunner } from 'typeorm';
import type { Db, News, Tx } from './db.js';
import { postgres, teachInstants } from './dialect.js';
import { rowReader, type Shape } from './rows.js';
import { type Store, type StoreOptions, storeOptions, type Written } from './store.js';

// Counts and cents come as 64-bit integers, which pg gives as text; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** Any constant all our processes agree on: one of them migrates, the others wait. */
const MIGRATION_LOCK = 20261123;

interface Answer {
  records: Record<string, unknown>[];
  affected?: number;
}

class PostgresDb implements Db {
  readonly dialect = postgres;
  constructor(
    readonly entities: EntityManager,
    protected readonly runner: QueryRunner,
  ) {}

  async rows<T>(query: Sql, shape: Shape<T>): Promise<T[]> {
    return (await this.ask(query)).records.map(rowReader(shape));
  }

  async row<T>(query: Sql, shape: Shape<T>): Promise<T | null> {
    const [first] = (await this.ask(query)).records;
    return first === undefined ? null : rowReader(shape)(first);
  }

  protected async ask(query: Sql): Promise<Answer> {
    const values = query.values.map(postgres.bind);
    return (await this.runner.query(query.text, values, true)) as Answer;
  }
}

class PostgresTx extends PostgresDb implements Tx {
  readonly news: News[] = [];

  async run(query: Sql): Promise<number> {
    return (await this.ask(query)).affected ?? 0;
  }

  announce(news: News): void {
    this.news.push(news);
  }
}

/** A pool: each write an ordinary transaction on a connection of its own. */
export class PostgresStore implements Store {
  readonly source: DataSource;

  constructor(options: StoreOptions, url: string) {
    this.source = teachInstants(
      new DataSource({
        ...storeOptions(options),
        type: 'postgres',
        url,
        poolSize: 10,
        extra: {
          statement_timeout: 30_000,
          idle_in_transaction_session_timeout: 60_000,
          // Of a server that vanished without a word, nobody waits for a connection for ever.
          connectionTimeoutMillis: 30_000,
          keepAlive: true,
        },
      }),
    );
  }

  async open(): Promise<void> {
    await this.source.initialize();
    const runner = this.source.createQueryRunner();
    try {
      // Another process may be migrating for long, and so may this one.
      await runner.query('SET statement_timeout = 0');
      await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const migrations = new MigrationExecutor(this.source, runner);
      migrations.transaction = 'each';
      await migrations.executePendingMigrations();
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.query('RESET statement_timeout');
      await runner.release();
    }
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  async read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work(new PostgresDb(runner.manager, runner));
    } finally {
      await runner.release();
    }
  }

  async write<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      const tx = new PostgresTx(runner.manager, runner);
      const result = await work(tx);
      await runner.commitTransaction();
      return { result, news: tx.news };
    } catch (error) {
      // Over a connection that broke nothing can be taken back, nor need it be: what broke it is the error to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  writeSoon<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>> {
    return this.write(work);
  }

  async writePart<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T> & { kept: Promise<void> }> {
    return { ...(await this.write(work)), kept: Promise.resolve() };
  }
}
