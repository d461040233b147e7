import sql, { join, type Sql } from 'sql-template-tag';
import type { Actor } from './actor.js';

/** A condition for WHERE: the rows of clients this actor may see. `column` holds a client id. */
export function withinSight(actor: Actor, column: Sql): Sql {
  if (actor.clients === 'all') return sql`1 = 1`;
  if (actor.clients.length === 0) return sql`1 = 0`;
  return sql`${column} IN (${join([...actor.clients])})`;
}
