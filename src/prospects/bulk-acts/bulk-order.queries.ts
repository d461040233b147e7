import { isDeepStrictEqual } from 'node:util';
import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { text } from '../../database/rows.js';
import type { BulkActInput } from './bulk-act.dto.js';
import type { BulkAct } from './bulk-act.entity.js';

/** Whether an act is what is asked for now: the same thing, done to the same people of the same client. */
export async function isSameOrder(
  db: Db,
  act: BulkAct,
  clientId: string,
  input: BulkActInput,
): Promise<boolean> {
  if (act.clientId !== clientId || act.kind !== input.kind) return false;
  const { terms } = act;
  const isSame =
    (input.kind !== 'status' || terms.to === input.to) &&
    (input.kind !== 'suppress' || terms.reason === input.reason) &&
    (input.kind !== 'enrol' || terms.sequenceId === input.sequenceId) &&
    (input.kind !== 'owner' || isDeepStrictEqual(terms.ownerIds, input.ownerIds ?? [])) &&
    (terms.listId === undefined || (await isListAsked(db, terms.listId, input)));
  if (!isSame) return false;
  if (input.prospectIds !== undefined) return terms.isNamed === true && namesSame(db, act, input.prospectIds);
  return terms.isNamed !== true && isDeepStrictEqual(stored(act.filter), stored(input.filter));
}

/** A list asked for by a new name is the one that was made of it. */
async function isListAsked(db: Db, listId: string, { kind, newList, listId: asked }: BulkActInput) {
  if (kind === 'delist' || newList === undefined) return listId === asked;
  const list = await db.row(sql`SELECT name FROM list WHERE id = ${listId}`, { name: text });
  return list?.name === newList;
}

/** Ids that are nobody's of the client were left out when the act was written down. */
async function namesSame(db: Db, act: BulkAct, asked: readonly string[]): Promise<boolean> {
  const rows = await db.rows(sql`SELECT prospect_id AS id FROM bulk_act_row WHERE act_id = ${act.id}`, {
    id: text,
  });
  const found = await db.rows(
    sql`SELECT id FROM prospect WHERE ${db.dialect.unindexed(sql`client_id`)} = ${act.clientId}
      AND ${db.dialect.isAmong(sql`id`, asked)}`,
    { id: text },
  );
  const [written, named] = [new Set(rows.map(({ id }) => id)), new Set(asked)];
  return rows.every(({ id }) => named.has(id)) && found.every(({ id }) => written.has(id));
}

function stored(filter: unknown): unknown {
  return JSON.parse(JSON.stringify(filter ?? {}));
}
