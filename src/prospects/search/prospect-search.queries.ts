import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import { Database } from '../../database/database.js';
import type { Db } from '../../database/db.js';
import { instant, text, type RowOf } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { PERSON, pick, STANDING } from '../prospect-columns.js';
import { holdersOf, phonesIn } from './phone-holders.queries.js';
import { hasWord } from './prospect-selection.queries.js';
import { wordsAsked } from './search-words.js';
import { candidatesFor } from './word-candidates.queries.js';

const HIT = {
  id: text,
  ...pick(PERSON, ['fullName', 'title', 'companyName', 'email']),
  ...pick(STANDING, ['status']),
  clientId: text,
  clientName: text,
  lastActivityAt: instant,
};
export type Hit = RowOf<typeof HIT>;

/** Those of so many found are sorted by their last activity; a word that finds more is no more than a beginning. */
const LOOKED_AT = 2000;
export const MOST_HITS = 20;

/** One search over every client in sight. */
@Injectable()
export class ProspectSearch {
  constructor(private readonly database: Database) {}

  /** The latest active first; `isMore`: others are found too. Words are asked for as on the list of a client. */
  async find(actor: Actor, q: string): Promise<{ items: Hit[]; isMore: boolean }> {
    if (!isAgency(actor)) throw new NotFound();
    const words = wordsAsked(q);
    if (words.length === 0) return { items: [], isMore: false };
    const items = await this.database.read(async (db) => {
      const clientIds = await inSight(db, actor);
      if (clientIds.length === 0) return [];
      const within = withinSight(actor, db.dialect.unindexed(sql`p.client_id`));
      const phones = await phonesIn(db, q, { clients: withinSight(actor, sql`id`), within });
      if (phones !== null) return byPhone(db, phones, within);
      const found = await candidatesFor(db, clientIds, words);
      const { nth } = db.dialect.words;
      return hits(
        db,
        sql`(SELECT nth FROM (${found}) found LIMIT ${LOOKED_AT})`,
        sql`${nth} = m.nth AND ${withinSight(actor, sql`p.client_id`)} AND ${join(words.map(hasWord), ' AND ')}`,
      );
    });
    return { items: items.slice(0, MOST_HITS), isMore: items.length > MOST_HITS };
  }
}

function byPhone(db: Db, phones: readonly string[], within: Sql): Promise<Hit[]> {
  return hits(db, sql`(${holdersOf(db, phones)})`, sql`p.id = m.id AND ${within}`);
}

/** Those of the rows `m` found first. */
function hits(db: Db, found: Sql, condition: Sql): Promise<Hit[]> {
  return db.rows(
    sql`SELECT p.id, p.full_name, p.title, p.company_name, p.email, p.status, p.client_id, k.name AS client_name,
        p.last_activity_at
      FROM ${found} m CROSS JOIN prospect p JOIN client k ON k.id = p.client_id
      WHERE ${condition}
      ORDER BY p.last_activity_at DESC, p.id DESC LIMIT ${MOST_HITS + 1}`,
    HIT,
  );
}

async function inSight(db: Db, actor: Actor): Promise<readonly string[]> {
  if (actor.clients !== 'all') return actor.clients;
  return (await db.rows(sql`SELECT id FROM client`, { id: text })).map(({ id }) => id);
}
