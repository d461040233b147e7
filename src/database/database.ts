import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import type { Db, News, Tx } from './db.js';
import { Inside } from './inside.js';
import { outageOr } from './outage.js';
import type { Store, Written } from './store.js';

/**
 * The only door to the data. Nothing else holds a repository, an entity manager or a connection.
 *
 * `write` runs its work as one transaction: on SQLite one at a time (`BEGIN IMMEDIATE`, in-process queue), on
 * PostgreSQL on a pooled connection. Keep it short: no network, no rendering. A helper that writes takes the `tx` it
 * is handed; opening a second door inside the first would wait for itself for ever, so it throws instead.
 *
 * `read` sees only what is committed, on a connection of its own.
 *
 * Each throws an Outage when the database is away or its disk full; a write it cut off may have been kept all the same.
 */
@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly inside = new Inside();
  private doors = 0;

  constructor(
    private readonly store: Store,
    private readonly emitter: EventEmitter2,
  ) {}

  /** How often anybody asked for anything so far: a long work sees by it whether it is alone. Its own parts do not count. */
  get asked(): number {
    return this.doors;
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    this.refuseInside('read');
    this.doors += 1;
    return this.store.read(work).catch(outage);
  }

  /** News announced by the work is published after commit, and awaited, so that a page shown next is up to date. */
  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.refuseInside('write');
    this.doors += 1;
    return this.told(this.store.write((tx) => this.inside.run(() => work(tx))));
  }

  /**
   * The same for a machine among many at work, that can wait a few milliseconds more: on SQLite all those of that time
   * share one commit, which is most of what each would cost.
   */
  writeSoon<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.refuseInside('write');
    this.doors += 1;
    return this.told(this.store.writeSoon((tx) => this.inside.run(() => work(tx))));
  }

  /**
   * A part of a long work that nobody waits for, such as a chunk of an import. It answers once the part is done, and the
   * next may follow: on SQLite several share a commit, which costs as much as they do. Everybody else's writes go in
   * between, see the parts before them, and are committed at once, those parts with them.
   * @returns kept: resolves when the part is committed; until then a crash takes it back, the latest parts first.
   * @throws TakenBack from `kept`, when another part failed before that: on SQLite those of one commit go together
   */
  async writePart<T>(work: (tx: Tx) => Promise<T>): Promise<{ result: T; kept: Promise<void> }> {
    this.refuseInside('write');
    const { result, news, kept } = await this.store
      .writePart((tx) => this.inside.run(() => work(tx)))
      .catch(outage);
    if (news.length === 0) return { result, kept };
    const published = kept.then(() => this.publish(news));
    published.catch(() => undefined);
    return { result, kept: published };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }

  private async told<T>(written: Promise<Written<T>>): Promise<T> {
    const { result, news } = await written.catch(outage);
    await this.publish(news);
    return result;
  }

  private async publish(news: readonly News[]): Promise<void> {
    for (const one of news) await this.emitter.emitAsync(one.named, one);
  }

  private refuseInside(what: string): void {
    if (this.inside.isHere()) throw new Error(`Database.${what} inside Database.write: pass tx on instead`);
  }
}

function outage(error: unknown): never {
  throw outageOr(error);
}
