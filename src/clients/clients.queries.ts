import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { type Actor, seesClient } from '../accounts/actor.js';
import { withinSight } from '../accounts/sight.js';
import { Database } from '../database/database.js';
import type { Db } from '../database/db.js';
import { instant, integer, maybe, type Shape, text } from '../database/rows.js';
import { InvalidInput, NotFound } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { fromCursor, PAGE_LIMIT, type Page, pageOf } from '../shared/paging.js';
import type { Client } from './client.entity.js';
import { mayReadClients } from './clients.policy.js';

const CLIENT: Shape<Client> = {
  id: text,
  name: text,
  legalName: maybe(text),
  privacyUrl: maybe(text),
  dataSourceFr: maybe(text),
  dataSourceEn: maybe(text),
  domain: maybe(text),
  timeZone: text,
  locale: text,
  country: text,
  currency: text,
  createdAt: instant,
  switchedOffAt: maybe(instant),
  recountAskedAt: maybe(instant),
  version: integer,
};
const LISTED = { ...CLIENT, sortName: text };

/** The columns of a client. */
export type ListedClient = Pick<Client, keyof Client>;

export interface ClientFilter {
  /** Part of the name or domain. */
  q?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

@Injectable()
export class ClientQueries {
  constructor(private readonly database: Database) {}

  /** The clients in sight, by name. @throws InvalidInput for a cursor that is none of ours */
  async list(actor: Actor, filter: ClientFilter = {}): Promise<Page<ListedClient>> {
    const limit = filter.limit ?? PAGE_LIMIT.usual;
    const where = sql`${withinSight(actor, sql`id`)} AND ${matching(filter.q)} AND ${after(filter.cursor)}`;
    return this.database.read(async (db) => {
      if (!mayReadClients(actor)) throw new NotFound();
      const rows = await db.rows(
        sql`SELECT client.*, LOWER(name) sort_name FROM client WHERE ${where} ORDER BY LOWER(name), id LIMIT ${limit + 1}`,
        LISTED,
      );
      return pageOf(rows, limit, (row) => ({ key: row.sortName, id: row.id }));
    });
  }

  /** @throws NotFound when the actor does not see this client */
  get(actor: Actor, id: string): Promise<Client> {
    return this.database.read((db) => loadClient(db, actor, id));
  }
}

/**
 * The client, for a person of the agency who works for it.
 * @throws NotFound when there is none, or it is out of sight
 */
export async function loadClient(db: Db, actor: Actor, id: string): Promise<Client> {
  const isInSight = isId(id) && mayReadClients(actor) && seesClient(actor, id);
  const client = isInSight ? await db.row(sql`SELECT * FROM client WHERE id = ${id}`, CLIENT) : null;
  if (!client) throw new NotFound();
  return client;
}

function matching(q: string | undefined): Sql {
  if (!q) return sql`1 = 1`;
  const part = `%${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`(LOWER(name) LIKE ${part} ESCAPE '\\' OR domain LIKE ${part} ESCAPE '\\')`;
}

function after(cursor: string | undefined): Sql {
  if (cursor === undefined) return sql`1 = 1`;
  const from = fromCursor(cursor);
  if (from === null || typeof from.key !== 'string') throw new InvalidInput({ cursor: 'invalid' });
  return sql`(LOWER(name) > ${from.key} OR (LOWER(name) = ${from.key} AND id > ${from.id}))`;
}
