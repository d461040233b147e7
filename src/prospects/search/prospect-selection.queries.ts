import sql, { type Sql } from 'sql-template-tag';
import { type Actor, isAgency, seesClient } from '../../accounts/actor.js';
import type { Db } from '../../database/db.js';
import { json, text } from '../../database/rows.js';
import { NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { hasPhone, phonesIn } from './phone-holders.queries.js';
import type { ProspectFilter, StoredFilter } from './prospect-list.dto.js';
import { wordsAsked } from './search-words.js';

/** A filter made plain: its saved filter opened, `me` said by name. Whoever is found meets every part. */
export interface Selection {
  clientId: string;
  parts: readonly Part[];
  /** The parts as they were asked for: numbers stand among the words there. */
  asked: readonly AskedPart[];
}

type AskedPart = Pick<StoredFilter, keyof StoredFilter>;
/** `phones`: how the numbers begin that are asked for in the place of words. */
type Part = AskedPart & { phones?: readonly string[] };

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
  const asked: AskedPart[] = [own];
  if (segment) asked.push(await savedFilter(db, actor, clientId, segment));
  const parts: Part[] = [];
  for (const part of asked) {
    const named = part.owner === 'me' ? { ...part, owner: actor.userId } : part;
    parts.push(await withPhones(db, clientId, named));
  }
  return { clientId, parts, asked };
}

/** What is looked for as a number is no words any more. */
async function withPhones(db: Db, clientId: string, part: AskedPart): Promise<Part> {
  const phones = await phonesIn(db, part.q, {
    clients: sql`id = ${clientId}`,
    within: sql`${db.dialect.unindexed(sql`p.client_id`)} = ${clientId}`,
  });
  if (phones === null) return part;
  const { q: _number, ...rest } = part;
  return { ...rest, phones };
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
  return parts.flatMap(({ fit, owner, q, phones, import: file }) => [
    ...(fit === undefined ? [] : [fitIs(fit)]),
    ...(owner === undefined ? [] : [owner === 'none' ? sql`p.owner_id IS NULL` : sql`p.owner_id = ${owner}`]),
    ...(file === undefined ? [] : [isBroughtBy(file)]),
    ...(phones === undefined ? [] : [hasPhone(phones)]),
    ...wordsAsked(q ?? '').map(hasWord),
  ]);
}

/** Whether an import created or changed a row `p`; what it found as it was is none of its work. */
function isBroughtBy(file: string): Sql {
  return sql`(p.import_id = ${file} OR p.id IN (SELECT r.prospect_id FROM import_row r
    WHERE r.import_id = ${file} AND (r.outcome = 'updated' OR r."before" IS NOT NULL)))`;
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
