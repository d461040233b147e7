import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { holdersOf } from './phone-holders.queries.js';
import type { ProspectOrder } from './prospect-order.js';
import type { Selection } from './prospect-selection.queries.js';
import { everyCondition, type Source } from './prospect-source.queries.js';
import { walkFar } from './prospect-walk.queries.js';
import { type Reading, type Stretch, walkThrough } from './row-walk.queries.js';

/** As `walkFar`; but who is looked for by number is found by it, without walking anywhere. */
export function selectedRows<T>(
  db: Db,
  selection: Selection,
  order: ProspectOrder,
  stretch: Stretch,
  read: Reading<T>,
): Promise<{ rows: T[]; isCut: boolean }> {
  const phones = selection.parts.find((part) => part.phones !== undefined)?.phones;
  if (phones === undefined) return walkFar(db, selection, order, stretch, read);
  return walkThrough(db, { ...sourceOfHolders(db, selection, phones), order, read }, stretch);
}

function sourceOfHolders(db: Db, selection: Selection, phones: readonly string[]): Source {
  const ofClient = sql`${db.dialect.unindexed(sql`p.client_id`)} = ${selection.clientId}`;
  return {
    base: sql`(${holdersOf(db, phones)}) m CROSS JOIN prospect p`,
    scope: sql`p.id = m.id AND ${ofClient}`,
    conditions: everyCondition(db, selection),
    isIndexed: true,
    isSorted: true,
  };
}
