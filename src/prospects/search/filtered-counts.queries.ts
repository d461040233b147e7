import sql, { join } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, word } from '../../database/rows.js';
import { conditionsOf, type Selection } from './prospect-selection.queries.js';
import { onList } from './prospect-source.queries.js';
import type { ProspectStatus } from '../status/status.js';

/** How many of a selection stand at each status: all of the client's rows are read, so of a small client only. */
export async function filteredCounts(db: Db, selection: Selection): Promise<Map<ProspectStatus, number>> {
  const conditions = [
    sql`p.client_id = ${selection.clientId}`,
    ...selection.parts.flatMap(({ list }) => (list === undefined ? [] : [onList(list)])),
    ...selection.parts.flatMap(({ status }) => (status === undefined ? [] : [sql`p.status = ${status}`])),
    ...conditionsOf(selection),
  ];
  const rows = await db.rows(
    sql`SELECT p.status, COUNT(*) AS size FROM prospect p WHERE ${join(conditions, ' AND ')} GROUP BY p.status`,
    { status: word<ProspectStatus>(), size: integer },
  );
  return new Map(rows.map(({ status, size }) => [status, size]));
}
