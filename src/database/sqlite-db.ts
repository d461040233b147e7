import type Sqlite from 'better-sqlite3';
import type { Sql } from 'sql-template-tag';
import type { EntityManager } from 'typeorm';
import type { Db, News, Tx } from './db.js';
import { sqlite } from './dialect.js';
import { arrayReader, type Shape } from './rows.js';

/** A statement that stays prepared; rows come as arrays, in the order of `columns`: half the price of objects. */
interface Prepared {
  statement: Sqlite.Statement<unknown[], unknown[]>;
  columns: readonly string[];
}

/** Statements kept prepared per connection; raw SQL goes straight to the driver, entities through TypeORM. */
export class Statements {
  private readonly kept = new Map<string, Prepared>();
  /** Rows written so far, to tell how the log grows. */
  changes = 0;
  constructor(readonly connection: Sqlite.Database) {}

  of(query: string): Prepared {
    let prepared = this.kept.get(query);
    if (prepared === undefined) {
      prepared = this.prepare(query);
      // A query built with a list of any length is a new text each time: the oldest half makes room.
      if (this.kept.size >= 500) [...this.kept.keys()].slice(0, 250).forEach((old) => this.kept.delete(old));
      this.kept.set(query, prepared);
    }
    return prepared;
  }

  run(query: string, values: readonly unknown[] = []): number {
    const { changes } = this.of(query).statement.run(...values);
    this.changes += changes;
    return changes;
  }

  private prepare(query: string): Prepared {
    const statement = this.connection.prepare<unknown[], unknown[]>(query);
    if (!statement.reader) return { statement, columns: [] };
    return { statement: statement.raw(true), columns: statement.columns().map(({ name }) => name) };
  }
}

export class SqliteDb implements Db {
  readonly dialect = sqlite;
  constructor(
    protected readonly statements: Statements,
    readonly entities: EntityManager,
  ) {}

  async rows<T>(query: Sql, shape: Shape<T>): Promise<T[]> {
    const { statement, columns } = this.statements.of(query.sql);
    const raw = statement.all(...query.values.map(sqlite.bind));
    return raw.map(arrayReader(shape, columns));
  }

  async row<T>(query: Sql, shape: Shape<T>): Promise<T | null> {
    const { statement, columns } = this.statements.of(query.sql);
    const raw = statement.get(...query.values.map(sqlite.bind));
    return raw === undefined ? null : arrayReader(shape, columns)(raw);
  }
}

export class SqliteTx extends SqliteDb implements Tx {
  readonly news: News[] = [];

  async run(query: Sql): Promise<number> {
    return this.statements.run(query.sql, query.values.map(sqlite.bind));
  }

  announce(news: News): void {
    this.news.push(news);
  }
}
