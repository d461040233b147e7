import type { DataSource, DataSourceOptions, EntitySchema, MigrationInterface } from 'typeorm';
import type { Db, News, Tx } from './db.js';
import { SnakeCaseNames } from './naming.js';

export type EntityClass = (new (...args: never[]) => object) | EntitySchema;
export type MigrationClass = new () => MigrationInterface;

export interface Written<T> {
  result: T;
  news: News[];
}

/** Another part failed before the commit they were to share: nothing of this one is there. It may be done again. */
export class TakenBack extends Error {
  constructor(cause: unknown) {
    super('Another write of the same batch failed', { cause });
  }
}

export interface StoreOptions {
  entities: EntityClass[];
  migrations: MigrationClass[];
}

/** One of the two databases, behind the door. */
export interface Store {
  readonly source: DataSource;
  /** Connects and migrates. */
  open(): Promise<void>;
  /** Waits for accepted writes, then lets go. */
  close(): Promise<void>;
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>>;
  /** The same, a few milliseconds later where several can then share one commit. */
  writeSoon<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T>>;
  /**
   * Part of a long work: answers when it is done; `kept` when it is committed, a moment later and with others.
   * @throws TakenBack from `kept`, when another part failed before
   */
  writePart<T>(work: (tx: Tx) => Promise<T>): Promise<Written<T> & { kept: Promise<void> }>;
}

export function storeOptions(
  options: StoreOptions,
): Pick<DataSourceOptions, 'entities' | 'migrations' | 'namingStrategy'> {
  return {
    entities: options.entities as DataSourceOptions['entities'],
    migrations: options.migrations,
    namingStrategy: new SnakeCaseNames(),
  };
}
