import sql, { type Sql } from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import type { Db } from '../../database/db.js';
import { json, text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import type { ProspectFilter, StoredFilter } from './prospect-list.dto.js';
import { wordsAsked } from './search-words.js';

/** A filter made plain: its saved filter opened, `me` said by name. Whoever is found meets every part. */
export interface Selection {
  clientId: string;
  parts: readonly Part[];
}

type Part = Pick<StoredFilter, keyof StoredFilter>;

/**
 * The selection a filter stands for, among the prospects of a client.
 * @throws NotFound for a client out of sight, or a saved filter that is gone or somebody else's own
 */
export async function selectionOf(
  db: Db,
  actor: Actor,
  clientId: string,
  filter: Pick<ProspectFilter, keyof ProspectFilter>,
): Promise<Selection> {
  await requireClient(db, actor, clientId);
  const { segment, ...own } = filter;
  const parts: Part[] = [own];
  if (segment) parts.push(await savedFilter(db, actor, clientId, segment));
  return {
    clientId,
    parts: parts.map((part) => (part.owner === 'me' ? { ...part, owner: actor.userId } : part)),
  };
}

/** As loadClient, without making an object of the client: this is asked all day. */
export async function requireClient(db: Db, actor: Actor, clientId: string): Promise<void> {
  const isInSight = isAgency(actor) && seesClient(actor, clientId);
  const found = isInSight
    ? await db.row(sql`SELECT id FROM client WHERE id = ${clientId}`, { id: text })
    : null;
  if (found === null) throw new NotFound();
}

/** The saved filters somebody may use: the team's and their own. */
export function usableBy(actor: Actor): Sql {
  return sql`kept_for IN ('', ${actor.userId})`;
}

async function savedFilter(db: Db, actor: Actor, clientId: string, id: string): Promise<StoredFilter> {
  const saved = isId(id)
    ? await db.row(
        sql`SELECT filter FROM saved_filter WHERE id = ${id} AND client_id = ${clientId} AND ${usableBy(actor)}`,
        { filter: json<StoredFilter>() },
      )
    : null;
  if (saved === null) throw new NotFound();
  return saved.filter;
}

/** What a selection asks of a row `p`, apart from its client, statuses and lists. */
export function conditionsOf({ parts }: Selection): Sql[] {
  return parts.flatMap(({ fit, owner, q }) => [
    ...(fit === undefined ? [] : [fitIs(fit)]),
    ...(owner === undefined ? [] : [owner === 'none' ? sql`p.owner_id IS NULL` : sql`p.owner_id = ${owner}`]),
    ...wordsAsked(q ?? '').map(hasWord),
  ]);
}

/** Whether a row `p` has a word that begins so. */
export function hasWord(word: string): Sql {
  return sql`(' ' || p.search_text) LIKE ${`% ${word}%`}`;
}

/** All words asked for. */
export function wordsIn({ parts }: Selection): string[] {
  return [...new Set(parts.flatMap(({ q }) => wordsAsked(q ?? '')))];
}

function fitIs(fit: string): Sql {
  return fit === 'unknown' ? sql`(p.fit = 'unknown' OR p.fit IS NULL)` : sql`p.fit = ${fit}`;
}
