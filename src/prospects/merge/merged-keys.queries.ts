import sql from 'sql-template-tag';
import { insertRows } from '../../database/bulk-insert.js';
import type { Db, Tx } from '../../database/db.js';
import { text } from '../../database/rows.js';
import { newId } from '../../shared/id.js';
import { KEY_KINDS, type KeyKind } from '../import/identity-keys.js';
import type { Prospect } from '../prospect.entity.js';
import type { MergeOf } from './merge-parts.service.js';

const COLUMN = {
  external: 'externalKey',
  email: 'emailKey',
  linkedin: 'linkedinKey',
  name: 'nameKey',
} as const satisfies Record<KeyKind, keyof Prospect>;

/** The keys of both which the merged prospect no longer holds still lead to it: importing the old file adds nobody. */
export async function keepAliases(
  tx: Tx,
  mergeId: string,
  { clientId, survivorId }: MergeOf,
  people: readonly Prospect[],
  merged: Partial<Prospect>,
): Promise<void> {
  const rows = KEY_KINDS.flatMap((kind) =>
    people
      .map((person) => person[COLUMN[kind]])
      .filter((key) => key !== null && key !== merged[COLUMN[kind]])
      .map((key) => [newId(), clientId, survivorId, kind, key, mergeId]),
  );
  const columns = ['id', 'client_id', 'prospect_id', 'kind', 'value', 'merge_id'];
  await insertRows(tx, 'prospect_alias', columns, rows, 'ignore');
}

export async function dropAliases(tx: Tx, mergeId: string): Promise<void> {
  await tx.run(sql`DELETE FROM prospect_alias WHERE merge_id = ${mergeId}`);
}

/** Another prospect that holds a key of somebody who is to come back; null when all are free. */
export async function holderOfAny(db: Db, person: Partial<Prospect>, not: string): Promise<string | null> {
  for (const kind of KEY_KINDS) {
    const key = person[COLUMN[kind]];
    if (key == null) continue;
    const column = {
      external: sql`external_key`,
      email: sql`email_key`,
      linkedin: sql`linkedin_key`,
      name: sql`name_key`,
    };
    const holder = await db.row(
      sql`SELECT full_name AS name FROM prospect
        WHERE client_id = ${person.clientId} AND ${column[kind]} = ${key} AND id <> ${not}`,
      { name: text },
    );
    if (holder !== null) return holder.name;
  }
  return null;
}
