import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer } from '../../database/rows.js';
import { mostCounted, queueLimit } from './queue-rank.js';
import { PERSON_IN_QUEUE, personColumns, type PersonInQueue } from './queue-person.js';

/**
 * People nobody has contacted yet, best fit first, those known to be unfit left out. A client with few of them is read
 * by status and sorted; one with many is walked down its scores, since sorting a whole list at each keystroke would
 * stop everybody else.
 */
export async function freshPeople(
  db: Db,
  clientIds: readonly string[],
  mine: Sql,
): Promise<{ people: PersonInQueue[]; count: number }> {
  const people: PersonInQueue[] = [];
  let count = 0;
  for (const clientId of clientIds) {
    const isFresh = sql`p.client_id = ${clientId} AND p.status = 'new' AND ${mine} AND COALESCE(p.fit, 'unknown') <> 'unfit'`;
    const counted = await db.row(
      sql`SELECT COUNT(*) AS n FROM (SELECT 1 FROM prospect p WHERE ${isFresh} LIMIT ${mostCounted}) counted`,
      { n: integer },
    );
    const many = counted?.n ?? 0;
    count += many;
    if (many === 0) continue;
    people.push(...(many < mostCounted ? await sorted(db, isFresh) : await walked(db, clientId, mine)));
  }
  return { people, count: Math.min(count, mostCounted) };
}

function sorted(db: Db, where: Sql): Promise<PersonInQueue[]> {
  return pick(db, sql`${where} ORDER BY p.fit_score DESC NULLS LAST, p.id LIMIT ${queueLimit}`);
}

/** COALESCE keeps the planner off the index by status: the index by score already has the order wanted. */
function walked(db: Db, clientId: string, mine: Sql): Promise<PersonInQueue[]> {
  return pick(
    db,
    sql`p.client_id = ${clientId} AND p.fit_score IS NOT NULL AND COALESCE(p.status, '') = 'new' AND ${mine}
      AND COALESCE(p.fit, 'unknown') <> 'unfit' ORDER BY p.fit_score DESC, p.id DESC LIMIT ${queueLimit}`,
  );
}

function pick(db: Db, rest: Sql): Promise<PersonInQueue[]> {
  return db.rows(
    sql`SELECT ${personColumns}, p.status_at AS at FROM prospect p JOIN client k ON k.id = p.client_id WHERE ${rest}`,
    PERSON_IN_QUEUE,
  );
}
