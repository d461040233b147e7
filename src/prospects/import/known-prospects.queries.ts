import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { maybe, text, type RowOf } from '../../database/rows.js';
import { type Alias, aliasesAmong, hasAliases } from '../merge/aliases.queries.js';
import { columnsOf, KEYS, PERSON, pick, RECORD, STANDING, VERDICT } from '../prospect-columns.js';
import { KEY_KINDS, ownIdIn, type KeyKind } from './identity-keys.js';
import type { ProspectDraft } from './prospect-draft.js';
import type { KnownProspect } from './row-decision.js';

const KNOWN = {
  id: text,
  ...KEYS,
  ...PERSON,
  ...pick(RECORD, ['version', 'importId']),
  ...pick(STANDING, ['status']),
  ...VERDICT,
  fit: maybe(text),
  fitReasons: maybe(text),
};

const COLUMNS: Record<KeyKind, Sql> = {
  external: sql`external_key`,
  email: sql`email_key`,
  linkedin: sql`linkedin_key`,
  name: sql`name_key`,
};
const FIELDS = columnsOf(KNOWN);

/**
 * The client's prospects that hold any key of these drafts, or have merged with one who did; nobody of another client is ever looked at. Those who will
 * write them hold them in the order of their ids, so that two of them never wait for each other.
 */
export async function knownProspects(
  db: Db,
  clientId: string,
  drafts: readonly Pick<ProspectDraft, 'keys'>[],
): Promise<KnownProspect[]> {
  const { ids, aliases } = await keyHolders(db, clientId, drafts);
  if (ids.size === 0) return [];
  const rows = await db.rows(
    sql`SELECT ${FIELDS} FROM prospect WHERE ${db.dialect.isAmong(sql`id`, [...ids])} ORDER BY id${db.dialect.forUpdate}`,
    KNOWN,
  );
  return rows.map((row) => ({
    ...asKnown(row),
    aliases: aliases.filter(({ prospectId }) => prospectId === row.id),
  }));
}

/** Who of the client holds a key of these drafts, and the keys that lead to somebody without standing on their row. */
export async function keyHolders(
  db: Db,
  clientId: string,
  drafts: readonly Pick<ProspectDraft, 'keys'>[],
): Promise<{ ids: Set<string>; aliases: Alias[] }> {
  const ids = new Set<string>();
  const aliases: Alias[] = [];
  const isAliased = await hasAliases(db, clientId);
  for (const kind of KEY_KINDS) {
    const keys = new Set(drafts.map((draft) => draft.keys[kind]).filter((key) => key !== null));
    if (keys.size === 0) continue;
    const holders = await db.rows(
      sql`SELECT id FROM prospect WHERE client_id = ${clientId} AND ${db.dialect.isAmong(COLUMNS[kind], [...keys])}`,
      { id: text },
    );
    holders.forEach(({ id }) => ids.add(id));
    if (isAliased) aliases.push(...(await aliasesAmong(db, clientId, kind, [...keys])));
  }
  aliases.push(...(await byOwnId(db, clientId, drafts)));
  aliases.forEach(({ prospectId }) => ids.add(prospectId));
  return { ids, aliases };
}

/** Rows of our own export name the client's prospects by their ids; those of another client are nobody's here. */
async function byOwnId(
  db: Db,
  clientId: string,
  drafts: readonly Pick<ProspectDraft, 'keys'>[],
): Promise<Alias[]> {
  const keyById = new Map<string, string>();
  for (const { external } of drafts.map(({ keys }) => keys)) {
    const id = ownIdIn(external);
    if (id !== null) keyById.set(id, external!);
  }
  if (keyById.size === 0) return [];
  const rows = await db.rows(
    sql`SELECT id FROM prospect WHERE client_id = ${clientId} AND ${db.dialect.isAmong(sql`id`, [...keyById.keys()])}`,
    { id: text },
  );
  return rows.map(({ id }) => ({ kind: 'external', value: keyById.get(id)!, prospectId: id }));
}

function asKnown(row: RowOf<typeof KNOWN>): KnownProspect {
  const { externalKey, emailKey, linkedinKey, nameKey, icpVersionId, fit, fitScore, fitReasons, ...fields } =
    row;
  const keys = { external: externalKey, email: emailKey, linkedin: linkedinKey, name: nameKey };
  return { ...fields, keys, judged: { icpVersionId, fit, fitScore, fitReasons } };
}
