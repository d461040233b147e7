import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { Db, Tx } from './db.js';
import { Inside } from './inside.js';
import type { Store } from './store.js';

/**
 * The only door to the data. Nothing else holds a repository, an entity manager or a connection.
 *
 * `write` runs its work as one transaction: on SQLite one at a time (`BEGIN IMMEDIATE`, in-process queue), on
 * PostgreSQL on a pooled connection. Keep it short: no network, no rendering. A helper that writes takes the `tx` it
 * is handed; opening a second door inside the first would wait for itself for ever, so it throws instead.
 *
 * `read` sees only what is committed, on a connection of its own.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly inside = new Inside();

  constructor(
    private readonly store: Store,
    private readonly emitter: EventEmitter2,
  ) {}

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    this.refuseInside('read');
    return this.store.read(work);
  }

  /** News announced by the work is published after commit, and awaited, so that a page shown next is up to date. */
  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.refuseInside('write');
    const { result, news } = await this.store.write((tx) => this.inside.run(() => work(tx)));
    for (const one of news) await this.emitter.emitAsync(one.named, one);
    return result;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  private refuseInside(what: string): void {
    if (this.inside.isHere()) throw new Error(`Database.${what} inside Database.write: pass tx on instead`);
  }
}
