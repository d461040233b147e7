import type { EntityManager } from 'typeorm';
import type { Sql } from 'sql-template-tag';
import type { Dialect } from './dialect.js';
import type { Shape } from './rows.js';

/**
 * News for the floors above, told once the transaction is safe. The name is what listeners subscribe to
 * (`@OnEvent('meeting.booked')`).
 */
export interface News {
  readonly named: string;
}

/** What a reader may use. `entities` for whole objects, `rows` for everything that is read often or in bulk. */
export interface Db {
  readonly dialect: Dialect;
  readonly entities: EntityManager;
  /** All rows of a query, read by a shape (rows.ts). */
  rows<T>(query: Sql, shape: Shape<T>): Promise<T[]>;
  /** The first row, or null. */
  row<T>(query: Sql, shape: Shape<T>): Promise<T | null>;
}

/** What a writer may use besides: everything in it stands or falls together. */
export interface Tx extends Db {
  /** Runs a statement; gives the number of rows it changed. */
  run(query: Sql): Promise<number>;
  /** Published after commit; never when the transaction rolls back. */
  announce(news: News): void;
}
