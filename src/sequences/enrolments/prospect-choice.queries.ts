import sql from 'sql-template-tag';
import type { Actor } from '../../accounts/actor.js';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import type { ProspectFilter } from '../../prospects/search/prospect-list.dto.js';
import { COUNT_CAP } from '../../prospects/search/status-counts.queries.js';
import { orderOf } from '../../prospects/search/prospect-order.js';
import { selectionOf } from '../../prospects/search/prospect-selection.queries.js';
import { walk } from '../../prospects/search/prospect-walk.queries.js';
import { type From, reading } from '../../prospects/search/row-walk.queries.js';

type ByName = { id: string; sortName: string };
const BY_NAME = reading<ByName>({ id: text, sortName: text });

/** People enrolled by one filter at a time; the rest are for the next turn. */
export const mostChosen = 2000;

export interface Chosen {
  ids: string[];
  /** Counted no further than the cap of every list. */
  total: number;
}

/** The prospects of a client a filter finds, best fit first, at most `mostChosen`. @throws NotFound as `selectionOf` */
export async function chosenBy(
  db: Db,
  actor: Actor,
  clientId: string,
  filter: ProspectFilter,
): Promise<Chosen> {
  const selection = await selectionOf(db, actor, clientId, filter);
  const stretch = { from: null, limit: COUNT_CAP + 1 };
  const rows = await walk(db, selection, orderOf('-fitScore'), stretch, BY_NAME);
  return { ids: rows.slice(0, mostChosen).map(({ id }) => id), total: rows.length };
}

/** Everybody a filter finds, by name. @throws NotFound as `selectionOf` */
export async function everybodyIn(
  db: Db,
  actor: Actor,
  clientId: string,
  filter: ProspectFilter,
): Promise<string[]> {
  const selection = await selectionOf(db, actor, clientId, filter);
  const ids: string[] = [];
  for (let from: From | null = null, isMore = true; isMore;) {
    const rows: ByName[] = await walk(db, selection, orderOf('name'), { from, limit: STEP }, BY_NAME);
    ids.push(...rows.map(({ id }) => id));
    const last = rows.at(-1);
    isMore = rows.length === STEP;
    if (last) from = { key: last.sortName, id: last.id };
  }
  return ids;
}

const STEP = 2000;

/** The client's lists, by name. */
export function listsOf(db: Db, clientId: string): Promise<{ id: string; name: string }[]> {
  return db.rows(sql`SELECT id, name FROM list WHERE client_id = ${clientId} ORDER BY name`, {
    id: text,
    name: text,
  });
}
