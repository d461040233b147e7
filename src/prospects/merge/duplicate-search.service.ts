import { setImmediate as breath } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import { insertRows } from '../../database/bulk-insert.js';
import { Database } from '../../database/database.js';
import type { Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import { BlockIndex } from './block-index.js';
import { blockingKeys, hasWorkplace, wholeName } from './blocking-keys.js';
import { comparedAfter, comparedAmong } from './compared-people.queries.js';
import { MOST_PAIRS } from './most-pairs.js';
import { similarity, SUGGESTED } from './similar-people.js';

/** People read, and pairs compared, before others get their turn. */
const CHUNK = 1000;
const PAIRS = 300;
/** People of one name without an employer: more of them are homonyms. */
const FEW = 3;
/** A search that has not moved for this long was cut off. */
const STALE_SECONDS = 60;

type Found = [firstId: string, secondId: string, score: number];

/** Compares the prospects of a client with each other, as far as they share a key, and keeps the pairs worth a look. */
@Injectable()
export class DuplicateSearches implements OnModuleDestroy {
  private readonly logger = new Logger('Duplicates');
  private readonly running = new Map<string, Promise<void>>();
  private isClosing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Begins a search in the background unless one runs. @throws NotFound */
  async begin(actor: Actor, clientId: string): Promise<void> {
    await this.database.read((db) => loadClient(db, actor, clientId));
    this.start(clientId);
  }

  start(clientId: string): void {
    if (this.running.has(clientId) || this.isClosing) return;
    const run = this.search(clientId)
      .catch((error: unknown) => this.logger.error({ err: error, clientId }))
      .finally(() => this.running.delete(clientId));
    this.running.set(clientId, run);
  }

  /** Resolves when no search of the client runs here. */
  async finished(clientId: string): Promise<void> {
    await this.running.get(clientId);
  }

  /** For the timetable: clients who have people nobody has been compared with yet, or whose search was cut off. One after the other. */
  async searchWhereNew(): Promise<void> {
    const before = staleBefore(this.clock.now());
    const ids = await this.database.read((db) =>
      db.rows(
        sql`SELECT k.id FROM client k LEFT JOIN duplicate_search s ON s.client_id = k.id
          WHERE k.switched_off_at IS NULL
            AND (s.running_at < ${before} OR EXISTS (SELECT 1 FROM activity a
              WHERE a.client_id = k.id AND a.kind = 'prospect.created' AND (s.searched_at IS NULL OR a.at >= s.searched_at)))
            AND NOT EXISTS (SELECT 1 FROM import i WHERE i.client_id = k.id AND i.status IN ('checking', 'importing'))`,
        { id: text },
      ),
    );
    for (const { id } of ids) {
      this.start(id);
      await this.finished(id);
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.isClosing = true;
    await Promise.all(this.running.values());
  }

  private async search(clientId: string): Promise<void> {
    const startedAt = this.clock.now();
    if (!(await this.database.write((tx) => claim(tx, clientId, startedAt)))) return;
    const { ids, index, namesakes } = await this.file(clientId);
    let kept = 0;
    for (const part of withNamesakes(index, namesakes)) {
      await this.sayRunning(clientId);
      for (let from = 0; from < part.length && kept < MOST_PAIRS && !this.isClosing; from += PAIRS) {
        const pairs = part.slice(from, from + PAIRS).map(([one, other]) => [ids[one]!, ids[other]!] as const);
        const found = await this.compare(clientId, pairs);
        kept += found.length;
        if (found.length > 0) await this.database.write((tx) => keep(tx, clientId, found, startedAt));
        await breath();
      }
    }
    if (!this.isClosing) await this.database.write((tx) => close(tx, clientId, startedAt, ids.length));
  }

  /** Others leave a search alone that has moved within the minute. */
  private async sayRunning(clientId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.write((tx) =>
      tx.run(sql`UPDATE duplicate_search SET running_at = ${now} WHERE client_id = ${clientId}`),
    );
    await breath();
  }

  /** Files everybody by their keys; those without an employer also by their name. */
  private async file(clientId: string) {
    const ids: string[] = [];
    const index = new BlockIndex();
    const namesakes = new Map<string, number[]>();
    const unemployed = new Set<number>();
    for (let after = ''; !this.isClosing;) {
      const people = await this.database.read((db) => comparedAfter(db, clientId, after, CHUNK));
      for (const person of people) {
        const place = ids.push(person.id) - 1;
        index.add(place, blockingKeys(person));
        const name = wholeName(person);
        if (name === null) continue;
        if (!hasWorkplace(person)) unemployed.add(place);
        namesakes.set(name, [...(namesakes.get(name) ?? []).slice(0, FEW), place]);
      }
      if (people.length < CHUNK) break;
      after = people.at(-1)!.id;
      await this.sayRunning(clientId);
    }
    return { ids, index, namesakes: pairsOf(namesakes, unemployed) };
  }

  private async compare(clientId: string, pairs: readonly (readonly [string, string])[]): Promise<Found[]> {
    const people = await this.database.read((db) => comparedAmong(db, clientId, [...new Set(pairs.flat())]));
    return pairs.flatMap(([oneId, otherId]): Found[] => {
      const [one, other] = [people.get(oneId), people.get(otherId)];
      if (one === undefined || other === undefined) return [];
      const { score } = similarity(one, other);
      return score < SUGGESTED ? [] : [oneId < otherId ? [oneId, otherId, score] : [otherId, oneId, score]];
    });
  }
}

type Places = readonly (readonly [number, number])[];

function* withNamesakes(index: BlockIndex, namesakes: Places): Generator<Places> {
  yield* index.pairs();
  yield namesakes;
}

/** Pairs of a rare name, one of whom has no known employer. */
function pairsOf(namesakes: ReadonlyMap<string, number[]>, unemployed: ReadonlySet<number>): Places {
  const pairs: (readonly [number, number])[] = [];
  for (const places of namesakes.values()) {
    if (places.length < 2 || places.length > FEW) continue;
    places.forEach((one, at) => {
      for (const other of places.slice(at + 1))
        if (unemployed.has(one) || unemployed.has(other)) pairs.push([one, other]);
    });
  }
  return pairs;
}

function staleBefore(now: Date): Date {
  return new Date(now.getTime() - STALE_SECONDS * 1000);
}

async function claim(tx: Tx, clientId: string, now: Date): Promise<boolean> {
  await tx.run(
    sql`INSERT INTO duplicate_search (client_id, prospects) VALUES (${clientId}, 0) ON CONFLICT DO NOTHING`,
  );
  const claimed = await tx.run(sql`UPDATE duplicate_search SET running_at = ${now}
    WHERE client_id = ${clientId} AND (running_at IS NULL OR running_at < ${staleBefore(now)})`);
  return claimed > 0;
}

/** A pair that was set aside stays so; a prospect who went meanwhile takes the pair along. */
async function keep(tx: Tx, clientId: string, found: readonly Found[], now: Date): Promise<void> {
  const asked = [...new Set(found.flatMap(([first, second]) => [first, second]))];
  const there = await tx.rows(sql`SELECT id FROM prospect WHERE ${tx.dialect.isAmong(sql`id`, asked)}`, {
    id: text,
  });
  const known = new Set(there.map(({ id }) => id));
  const at = tx.dialect.bind(now);
  const rows = found
    .filter(([first, second]) => known.has(first) && known.has(second))
    .map(([first, second, score]) => [newId(), clientId, first, second, score, at]);
  const columns = ['id', 'client_id', 'first_id', 'second_id', 'score', 'found_at'];
  await insertRows(tx, 'duplicate_pair', columns, rows, 'ignore');
  for (const [first, second, score] of found)
    await tx.run(sql`UPDATE duplicate_pair SET score = ${score}, found_at = ${now}
      WHERE first_id = ${first} AND second_id = ${second} AND found_at < ${now}`);
}

/** Pairs not found again are alike no longer. */
async function close(tx: Tx, clientId: string, startedAt: Date, prospects: number): Promise<void> {
  await tx.run(sql`DELETE FROM duplicate_pair
    WHERE client_id = ${clientId} AND dismissed_at IS NULL AND found_at < ${startedAt}`);
  await tx.run(sql`UPDATE duplicate_search SET running_at = NULL, searched_at = ${startedAt}, prospects = ${prospects}
    WHERE client_id = ${clientId}`);
}
