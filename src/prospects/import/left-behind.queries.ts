import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, json, maybe, text, word, type RowOf } from '../../database/rows.js';
import { columnsOf, KEYS, PERSON, pick } from '../prospect-columns.js';
import type { KeyKind } from './identity-keys.js';
import type { Import } from './import.entity.js';
import { keyHolders } from './known-prospects.queries.js';
import { type MissingIdentity, missingIdentity } from './missing-identity.js';
import type { CellProblem, ProspectDraft } from './prospect-draft.js';
import { draftReader } from './row-draft.js';

/** A prospect a row is about, or may be; `by`: the sign of the row that leads there. */
export interface NamedPerson {
  id: string;
  fullName: string;
  companyName: string | null;
  by: KeyKind | null;
}

/** A row that was not taken, with whom it speaks of. */
export interface RefusedRow {
  rowNumber: number;
  reason: string | null;
  /** As they stood in the file. */
  cells: string[] | null;
  /** As the row writes it; null where nothing of it may be kept. */
  fullName: string | null;
  /** The client's prospects as they are now. */
  people: NamedPerson[];
  missing: MissingIdentity | null;
}

const FOUND = { id: text, ...pick(PERSON, ['fullName', 'companyName']), ...KEYS };
type Found = RowOf<typeof FOUND>;
const STRONG = ['external', 'email', 'linkedin'] as const;

const REFUSED = {
  rowNumber: integer,
  reason: maybe(text),
  cells: maybe(json<string[]>()),
  prospectId: maybe(text),
};

const UNREAD = {
  rowNumber: integer,
  reason: word<CellProblem>(),
  cells: json<string[]>(),
  prospectId: maybe(text),
  fullName: maybe(text),
};
export type UnreadRow = RowOf<typeof UNREAD>;

/** The first rows that were not taken, those somebody must decide before all others, and those taken without a cell. */
export interface LeftBehind {
  rejects: RefusedRow[];
  unread: UnreadRow[];
}

export async function leftBehind(db: Db, one: Import, count: number): Promise<LeftBehind> {
  const rows = await db.rows(
    sql`SELECT row_number, reason, cells, prospect_id FROM import_row
      WHERE import_id = ${one.id} AND outcome IN ('skipped', 'failed')
      ORDER BY CASE WHEN reason = 'ambiguous_match' THEN 0 ELSE 1 END, row_number LIMIT ${count}`,
    REFUSED,
  );
  // Numbers are not looked at here, so no country is needed.
  const { mapping, understanding } = one;
  const read = draftReader({ mapping, idPrefix: understanding.idPrefix }, { defaultCountry: null });
  const drafts = rows.map(({ cells }) => (cells === null ? null : read(cells)));
  return { rejects: await named(db, one, rows, drafts), unread: await unreadRows(db, one, count) };
}

function unreadRows(db: Db, { id, clientId }: Import, count: number): Promise<UnreadRow[]> {
  return db.rows(
    sql`SELECT r.row_number, r.reason, r.cells, p.id prospect_id, p.full_name FROM import_row r
      LEFT JOIN prospect p ON p.id = r.prospect_id AND p.client_id = ${clientId}
      WHERE r.import_id = ${id} AND r.outcome = 'noted' ORDER BY r.row_number, r.id LIMIT ${count}`,
    UNREAD,
  );
}

async function named(
  db: Db,
  { clientId }: Import,
  rows: readonly RowOf<typeof REFUSED>[],
  drafts: readonly (ProspectDraft | null)[],
): Promise<RefusedRow[]> {
  const conflicts = drafts.filter((draft, at) => draft !== null && rows[at]!.reason === 'ambiguous_match');
  const { ids, aliases } = await keyHolders(db, clientId, conflicts as ProspectDraft[]);
  const wanted = [...ids, ...rows.flatMap(({ prospectId }) => prospectId ?? [])];
  const found = await peopleOf(db, clientId, wanted);
  const byId = new Map(found.map((one) => [one.id, one]));
  const holder = (kind: KeyKind, key: string): Found | undefined => {
    const alias = aliases.find((one) => one.kind === kind && one.value === key);
    return found.find((one) => one[`${kind}Key`] === key) ?? byId.get(alias?.prospectId ?? '');
  };
  return rows.map(({ prospectId, ...row }, at) => {
    const draft = drafts[at] ?? null;
    const known = prospectId === null ? undefined : byId.get(prospectId);
    const isConflict = row.reason === 'ambiguous_match' && draft !== null;
    const holders = isConflict ? holdersOf(draft, holder) : [];
    return {
      ...row,
      fullName: draft?.person.fullName || null,
      people: known === undefined ? holders : [personOf(known, null)],
      missing: row.reason === 'missing_identity' && draft !== null ? missingIdentity(draft) : null,
    };
  });
}

/** Each once, by the first sign that leads to them. */
function holdersOf(
  { keys }: ProspectDraft,
  holder: (kind: KeyKind, key: string) => Found | undefined,
): NamedPerson[] {
  const people = new Map<string, NamedPerson>();
  for (const kind of STRONG) {
    const one = keys[kind] === null ? undefined : holder(kind, keys[kind]);
    if (one !== undefined && !people.has(one.id)) people.set(one.id, personOf(one, kind));
  }
  return [...people.values()];
}

function personOf({ id, fullName, companyName }: Found, by: KeyKind | null): NamedPerson {
  return { id, fullName, companyName, by };
}

async function peopleOf(db: Db, clientId: string, ids: readonly string[]): Promise<Found[]> {
  if (ids.length === 0) return [];
  return db.rows(
    sql`SELECT ${columnsOf(FOUND)} FROM prospect
      WHERE ${db.dialect.isAmong(sql`id`, [...new Set(ids)])} AND ${db.dialect.unindexed(sql`client_id`)} = ${clientId}`,
    FOUND,
  );
}
