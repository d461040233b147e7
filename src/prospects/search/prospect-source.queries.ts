import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { type Cell, integer } from '../../database/rows.js';
import type { ProspectOrder } from './prospect-order.js';
import { conditionsOf, type Selection } from './prospect-selection.queries.js';
import type { ProspectStatus } from '../status/status.js';

/** A set this small is sorted faster than an index is walked to find it. */
const SMALL = 2000;
/** So few rows are read and sorted. */
const FEW = 500;

/** As the database names the row: a number on SQLite, which is no text there. */
const NTH: Cell<string> = (raw) => raw as string;

/** What a walk runs through. */
export interface Source {
  base: Sql;
  scope: Sql;
  /** Tried on the rows met. */
  conditions: Sql[];
  /** Every row met is one of the page, or the set is small: one statement does. */
  isIndexed: boolean;
  /** The set is sorted by itself, without the index of the order. */
  isSorted: boolean;
}

/** The cheapest way to the rows of a selection: a small set that holds them all, or the order itself. */
export async function sourceOf(db: Db, selection: Selection, order: ProspectOrder): Promise<Source> {
  const { clientId, parts } = selection;
  const scope = sql`p.client_id = ${clientId}`;
  const base = sql`prospect p`;
  const lists = parts.flatMap(({ list }) => (list === undefined ? [] : [list]));
  const statuses = parts.flatMap(({ status }) => (status === undefined ? [] : [status]));
  const rest = conditionsOf(selection);
  const onLists = lists.map(onList);
  const atStatuses = statuses.map((status) => sql`${db.dialect.unindexed(sql`p.status`)} = ${status}`);
  const whole = { isIndexed: true, isSorted: true };
  for (const list of lists) {
    if (!(await isSmall(db, sql`list_member WHERE list_id = ${list}`))) continue;
    const members = sql`(SELECT prospect_id FROM list_member WHERE list_id = ${list}) m CROSS JOIN prospect p`;
    const own = sql`p.id = m.prospect_id AND ${scope}`;
    return { base: members, scope: own, conditions: [...onLists, ...atStatuses, ...rest], ...whole };
  }
  for (const owner of parts.flatMap((part) => part.owner ?? [])) {
    const own = sql`p.client_id = ${clientId} AND ${owner === 'none' ? sql`p.owner_id IS NULL` : sql`p.owner_id = ${owner}`}`;
    if (!(await isSmall(db, sql`prospect p WHERE ${own}`))) continue;
    return { base, scope: own, conditions: [...onLists, ...atStatuses, ...rest], ...whole };
  }
  return atStatus(db, { base, scope, conditions: [...onLists, ...rest] }, statuses, order);
}

/** The rows of a SELECT of `nth`; null when they are too many to be read and sorted. */
export async function fewOf(db: Db, found: Sql): Promise<string[] | null> {
  const rows = await db.rows(sql`SELECT nth FROM (${found}) m LIMIT ${FEW + 1}`, { nth: NTH });
  return rows.length > FEW ? null : rows.map(({ nth }) => nth);
}

/** The walk passes over whoever is not among those found without looking at the row. */
export function sourceWithin(db: Db, found: Sql, walked: Source): Source {
  const isFound = db.dialect.isFound(db.dialect.words.nth, sql`SELECT nth FROM (${found}) m`);
  return { ...walked, conditions: [isFound, ...walked.conditions], isIndexed: true };
}

/** Those of a few rows that a selection finds, whatever it asks. */
export function sourceOfFew(db: Db, selection: Selection, few: readonly string[]): Source {
  const { nth } = db.dialect.words;
  const ofClient = sql`${db.dialect.unindexed(sql`p.client_id`)} = ${selection.clientId}`;
  return {
    base: sql`prospect p`,
    scope: sql`${db.dialect.isAmong(nth, few)} AND ${ofClient}`,
    conditions: everyCondition(db, selection),
    isIndexed: true,
    isSorted: true,
  };
}

/** What a selection asks of a row `p`, apart from its client; no index of a status or a list is taken for it. */
export function everyCondition(db: Db, selection: Selection): Sql[] {
  return [
    ...selection.parts.flatMap(({ list }) => (list === undefined ? [] : [onList(list)])),
    ...selection.parts.flatMap(({ status }) =>
      status === undefined ? [] : [sql`${db.dialect.unindexed(sql`p.status`)} = ${status}`],
    ),
    ...conditionsOf(selection),
  ];
}

/** A status in the order of activity has an index of its own; a rare one is taken whole; any other is tried. */
async function atStatus(
  db: Db,
  { base, scope, conditions }: Pick<Source, 'base' | 'scope' | 'conditions'>,
  [status, ...others]: readonly ProspectStatus[],
  order: ProspectOrder,
): Promise<Source> {
  if (status === undefined)
    return { base, scope, conditions, isIndexed: conditions.length === 0, isSorted: false };
  const own = sql`${scope} AND p.status = ${status}`;
  const rest = [...conditions, ...others.map((other) => sql`p.status = ${other}`)];
  if (order.column === 'last_activity_at')
    return { base, scope: own, conditions: rest, isIndexed: rest.length === 0, isSorted: false };
  if (await isSmall(db, sql`prospect p WHERE ${own}`))
    return { base, scope: own, conditions: rest, isIndexed: true, isSorted: true };
  const tried = sql`${db.dialect.unindexed(sql`p.status`)} = ${status}`;
  return { base, scope, conditions: [...rest, tried], isIndexed: false, isSorted: false };
}

/** Whether a row `p` is on a list. */
export function onList(list: string): Sql {
  return sql`EXISTS (SELECT 1 FROM list_member lm WHERE lm.list_id = ${list} AND lm.prospect_id = p.id)`;
}

async function isSmall(db: Db, set: Sql): Promise<boolean> {
  const size = await db.row(
    sql`SELECT COUNT(*) AS size FROM (SELECT 1 AS one FROM ${set} LIMIT ${SMALL + 1}) few`,
    { size: integer },
  );
  return size!.size <= SMALL;
}
