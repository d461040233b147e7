import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import { loadClient } from '../../clients/clients.queries.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { flag, instant, integer, maybe, text, type RowOf } from '../../database/rows.js';
import { InvalidInput } from '../../shared/errors.js';
import { fromCursor, PAGE_LIMIT, type Page, pageOf } from '../../shared/paging.js';
import { type ComparedProspect, comparedAmong } from './compared-people.queries.js';
import type { DuplicatesQuery } from './merge.dto.js';
import { mergedStanding } from './merged-status.js';
import { MOST_PAIRS } from './most-pairs.js';
import { type Evidence, similarity, SURE } from './similar-people.js';

const PAIR = { id: text, firstId: text, secondId: text, score: integer };
type Pair = RowOf<typeof PAIR>;

/** Two prospects who may be one person, as they are now. */
export interface SuggestedPair {
  id: string;
  score: number;
  isSure: boolean;
  evidence: Evidence[];
  first: ComparedProspect;
  second: ComparedProspect;
  /** Who would keep its id: the more advanced of the two, else the older. */
  survivorId: string;
  otherId: string;
}

const SEARCH = { searchedAt: maybe(instant), isRunning: flag, prospects: integer, isFull: flag };
/** How far the comparing of a client's prospects is. `searchedAt` null: never yet; `isFull`: there may be more pairs. */
export type SearchNow = RowOf<typeof SEARCH>;

export type Duplicates = Page<SuggestedPair> & { total: number; search: SearchNow };

/** The pairs of a client nobody has decided on yet. */
@Injectable()
export class DuplicateQueries {
  constructor(private readonly database: Database) {}

  /** The likeliest first. @throws NotFound; InvalidInput for a cursor that is none of ours */
  suggested(actor: Actor, clientId: string, query: DuplicatesQuery = {}): Promise<Duplicates> {
    const limit = Math.min(query.limit ?? PAGE_LIMIT.usual, PAGE_LIMIT.most);
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      const rows = await pairsFrom(db, clientId, query.cursor, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit, ({ score, id }) => ({ key: score, id }));
      return {
        items: await withPeople(db, clientId, items),
        nextCursor,
        total: await openPairs(db, clientId),
        search: await searchOf(db, clientId),
      };
    });
  }

  /** How many wait for a decision. */
  count(actor: Actor, clientId: string): Promise<number> {
    return this.database.read(async (db) => {
      await loadClient(db, actor, clientId);
      return openPairs(db, clientId);
    });
  }
}

async function pairsFrom(
  db: Db,
  clientId: string,
  cursor: string | undefined,
  limit: number,
): Promise<Pair[]> {
  const start = cursor === undefined ? null : fromCursor(cursor);
  if (cursor !== undefined && (start === null || !Number.isInteger(start.key)))
    throw new InvalidInput({ cursor: 'invalid' });
  const after = start === null ? sql`` : sql`AND (score, id) < (${start.key}, ${start.id})`;
  return db.rows(
    sql`SELECT id, first_id, second_id, score FROM duplicate_pair
      WHERE client_id = ${clientId} AND dismissed_at IS NULL ${after} ORDER BY score DESC, id DESC LIMIT ${limit}`,
    PAIR,
  );
}

/** The evidence is that of today: somebody may have corrected either of them since they were compared. */
async function withPeople(db: Db, clientId: string, pairs: readonly Pair[]): Promise<SuggestedPair[]> {
  const ids = pairs.flatMap(({ firstId, secondId }) => [firstId, secondId]);
  const people = await comparedAmong(db, clientId, [...new Set(ids)]);
  return pairs.flatMap(({ id, firstId, secondId }) => {
    const [first, second] = [people.get(firstId), people.get(secondId)];
    if (first === undefined || second === undefined) return [];
    const { score, evidence } = similarity(first, second);
    const isFirst = isSurvivor(first, second);
    const [survivorId, otherId] = isFirst ? [firstId, secondId] : [secondId, firstId];
    return [{ id, score, isSure: score >= SURE, evidence, first, second, survivorId, otherId }];
  });
}

function isSurvivor(first: ComparedProspect, second: ComparedProspect): boolean {
  if (first.status !== second.status) return mergedStanding(first, second) === first;
  return first.createdAt <= second.createdAt;
}

async function openPairs(db: Db, clientId: string): Promise<number> {
  const row = await db.row(
    sql`SELECT COUNT(*) AS pairs FROM duplicate_pair WHERE client_id = ${clientId} AND dismissed_at IS NULL`,
    { pairs: integer },
  );
  return row!.pairs;
}

async function searchOf(db: Db, clientId: string): Promise<SearchNow> {
  const row = await db.row(
    sql`SELECT searched_at, prospects, CASE WHEN running_at IS NULL THEN 0 ELSE 1 END AS is_running,
        CASE WHEN (SELECT COUNT(*) FROM duplicate_pair WHERE client_id = ${clientId}) < ${MOST_PAIRS} THEN 0 ELSE 1 END AS is_full
      FROM duplicate_search WHERE client_id = ${clientId}`,
    SEARCH,
  );
  return row ?? { searchedAt: null, isRunning: false, prospects: 0, isFull: false };
}
