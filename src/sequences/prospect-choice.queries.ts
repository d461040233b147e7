import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { integer, text } from '../database/rows.js';
import { foldText } from '../shared/folded-text.js';
import type { ProspectFilterInput } from './enrolment.dto.js';

/** People enrolled by one filter at a time; the rest are for the next turn. */
export const mostChosen = 2000;

/** The prospects of a client a filter finds, best fit first, at most `mostChosen`; `total` counts them all. */
export async function chosenBy(
  db: Db,
  clientId: string,
  filter: ProspectFilterInput,
): Promise<{ ids: string[]; total: number }> {
  const where = conditions(db, clientId, filter);
  const rows = await db.rows(
    sql`SELECT p.id FROM prospect p WHERE ${where} ORDER BY p.fit_score DESC NULLS LAST, p.id LIMIT ${mostChosen}`,
    { id: text },
  );
  const counted = await db.row(sql`SELECT COUNT(*) AS n FROM prospect p WHERE ${where}`, { n: integer });
  return { ids: rows.map((row) => row.id), total: counted?.n ?? 0 };
}

/** Everybody a filter finds, in no particular order. */
export async function everybodyIn(db: Db, clientId: string, filter: ProspectFilterInput): Promise<string[]> {
  const rows = await db.rows(sql`SELECT p.id FROM prospect p WHERE ${conditions(db, clientId, filter)}`, {
    id: text,
  });
  return rows.map((row) => row.id);
}

/** The client's lists, by name. */
export function listsOf(db: Db, clientId: string): Promise<{ id: string; name: string }[]> {
  return db.rows(sql`SELECT id, name FROM list WHERE client_id = ${clientId} ORDER BY name`, {
    id: text,
    name: text,
  });
}

function conditions(db: Db, clientId: string, { status, fit, q, list }: ProspectFilterInput): Sql {
  let where = sql`p.client_id = ${clientId}`;
  if (status) where = sql`${where} AND p.status = ${status}`;
  if (fit) where = sql`${where} AND COALESCE(p.fit, 'unknown') = ${fit}`;
  if (q?.trim()) where = sql`${where} AND ${db.dialect.contains(sql`p.search_text`, foldText(q.trim()))}`;
  if (list) {
    where = sql`${where} AND EXISTS (SELECT 1 FROM list_member m JOIN list l ON l.id = m.list_id
      WHERE m.prospect_id = p.id AND l.id = ${list} AND l.client_id = ${clientId})`;
  }
  return where;
}
