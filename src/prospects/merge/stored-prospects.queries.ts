import sql, { join } from 'sql-template-tag';
import { type Actor, isAgency } from '../../accounts/actor.js';
import { withinSight } from '../../accounts/sight.js';
import type { Db, Tx } from '../../database/db.js';
import { maybe, text } from '../../database/rows.js';
import { InvalidInput, NotFound } from '../../shared/errors.js';
import { isId } from '../../shared/id.js';
import { Prospect } from '../prospect.entity.js';
import type { StoredRow } from './merge-image.js';

/**
 * The two rows of a merge, held until the transaction ends, always in the same order.
 * @throws NotFound for a survivor out of sight; InvalidInput on `otherId` for anybody who is not the client's
 */
export async function holdPair(
  tx: Tx,
  actor: Actor,
  survivorId: string,
  otherId: string,
): Promise<[survivor: Prospect, other: Prospect]> {
  const ids = [survivorId, otherId].filter(isId);
  if (ids.length > 0)
    await tx.rows(
      sql`SELECT id FROM prospect WHERE id IN (${join(ids)}) AND ${withinSight(actor, sql`client_id`)}
        ORDER BY id${tx.dialect.forUpdate}`,
      {},
    );
  return loadPair(tx, actor, survivorId, otherId);
}

/** As `holdPair`, to look at only. */
export async function loadPair(
  db: Db,
  actor: Actor,
  survivorId: string,
  otherId: string,
): Promise<[survivor: Prospect, other: Prospect]> {
  const survivor = await inSight(db, actor, survivorId);
  if (survivor === null) throw new NotFound();
  if (survivorId === otherId) throw new InvalidInput({ otherId: 'merge.same' });
  const other = await inSight(db, actor, otherId);
  // Another client's prospect is as unknown as none at all.
  if (other?.clientId !== survivor.clientId) throw new InvalidInput({ otherId: 'merge.notThere' });
  return [survivor, other];
}

async function inSight(db: Db, actor: Actor, id: string): Promise<Prospect | null> {
  if (!isId(id) || !isAgency(actor)) return null;
  const seen = await db.row(
    sql`SELECT id FROM prospect WHERE id = ${id} AND ${withinSight(actor, sql`client_id`)}`,
    { id: text },
  );
  return seen && db.entities.findOneBy(Prospect, { id });
}

/** The registrable domain of a prospect's company. */
export async function domainOf(db: Db, companyId: string | null): Promise<string | null> {
  if (companyId === null) return null;
  const company = await db.row(sql`SELECT domain FROM company WHERE id = ${companyId}`, {
    domain: maybe(text),
  });
  return company?.domain ?? null;
}

/** The columns of a row, by the names of its entity. */
export function columnsIn(row: object): StoredRow {
  return Object.fromEntries(Object.entries(row));
}

/** A row out of JSON, its instants made instants again. */
export function revived<T extends object>(db: Db, entity: new () => T, row: StoredRow): Partial<T> {
  const instants = new Set(
    db.entities.dataSource
      .getMetadata(entity)
      .columns.filter(({ type }) => type === 'datetime')
      .map(({ propertyName }) => propertyName),
  );
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    instants.has(name) && typeof value === 'string' ? new Date(value) : value,
  ]);
  return Object.fromEntries(entries) as Partial<T>;
}
