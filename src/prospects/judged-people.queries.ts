import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Db } from '../database/db.js';
import { integer, json, maybe, text, word, type RowOf } from '../database/rows.js';
import type { ProspectFacts } from '../icp/prospect-facts.js';
import { fitFacts } from './import/fit-facts.js';
import type { Fit } from './search/prospect-list.dto.js';
import { conditionsOf, type Selection } from './search/prospect-selection.queries.js';

const JUDGED = {
  id: text,
  title: maybe(text),
  jobFunction: maybe(text),
  seniority: maybe(text),
  country: maybe(text),
  region: maybe(text),
  fit: maybe(word<Fit>()),
  fitScore: maybe(integer),
  icpVersionId: maybe(text),
  companyName: maybe(text),
  domain: maybe(text),
  industry: maybe(text),
  nafCode: maybe(text),
  headcount: maybe(integer),
  headcountBand: maybe(text),
  companyCountry: maybe(text),
  companyRegion: maybe(text),
  technologies: maybe(json<string[]>()),
};
type Row = RowOf<typeof JUDGED>;

const COLUMNS = sql`p.id, p.title, p.job_function, p.seniority, p.country, p.region, p.fit, p.fit_score, p.icp_version_id,
  c.name AS company_name, c.domain, c.industry, c.naf_code, c.headcount, c.headcount_band,
  c.country AS company_country, c.region AS company_region, c.technologies`;

/** A prospect with its stored verdict and what another would be given by. */
export interface JudgedPerson {
  id: string;
  fit: Fit | null;
  fitScore: number | null;
  icpVersionId: string | null;
  facts: ProspectFacts;
}

/** People met in one stretch of a selection; `last` null: that was the last of it. */
export interface Stretch {
  people: JudgedPerson[];
  last: string | null;
}

/**
 * The next people of a selection in the order of their ids, out of the next `size` of its list or client: however few of
 * them a filter leaves, nobody waits longer for it.
 * @param more what else is asked of a row `p`
 */
export async function nextStretch(
  db: Db,
  selection: Selection,
  after: string,
  size: number,
  more: Sql = empty,
): Promise<Stretch> {
  const { base, id, conditions } = sourceOf(db, selection);
  const scope = sql`${base} WHERE ${join(conditions.slice(0, 1))} AND ${id} > ${after}`;
  const end = await db.row(sql`SELECT ${id} AS id FROM ${scope} ORDER BY ${id} LIMIT 1 OFFSET ${size - 1}`, {
    id: text,
  });
  const until = end === null ? empty : sql`AND ${id} <= ${end.id}`;
  const asked = join([sql`1 = 1`, ...conditions.slice(1)], ' AND ');
  const rows = await db.rows(
    sql`SELECT ${COLUMNS} FROM ${base} LEFT JOIN company c ON c.id = p.company_id
      WHERE ${conditions[0]} AND ${id} > ${after} ${until} AND ${asked} ${more} ORDER BY ${id}`,
    JUDGED,
  );
  return { people: rows.map(judgedPerson), last: end?.id ?? null };
}

/** Some prospects by their ids. */
export async function judgedAmong(db: Db, ids: readonly string[]): Promise<JudgedPerson[]> {
  const rows = await db.rows(
    sql`SELECT ${COLUMNS} FROM prospect p LEFT JOIN company c ON c.id = p.company_id
      WHERE ${db.dialect.isAmong(sql`p.id`, ids)}`,
    JUDGED,
  );
  return rows.map(judgedPerson);
}

export async function sizeOf(db: Db, selection: Selection): Promise<number> {
  const { base, conditions } = sourceOf(db, selection);
  const row = await db.row(sql`SELECT COUNT(*) AS size FROM ${base} WHERE ${join(conditions, ' AND ')}`, {
    size: integer,
  });
  return row!.size;
}

interface Source {
  base: Sql;
  /** The column a walk goes along. */
  id: Sql;
  /** The first says what is walked through, the others who of those is meant. */
  conditions: Sql[];
}

/** A list is walked through its members, anything else through the client's prospects. */
function sourceOf(db: Db, selection: Selection): Source {
  const [list, ...lists] = selection.parts.flatMap((part) => (part.list ? [part.list] : []));
  // In the order of ids: an index that begins with the client would have to be sorted anew for every stretch.
  const ofClient = sql`${db.dialect.unindexed(sql`p.client_id`)} = ${selection.clientId}`;
  const others = [
    ...lists.map(
      (id) => sql`EXISTS (SELECT 1 FROM list_member o WHERE o.list_id = ${id} AND o.prospect_id = p.id)`,
    ),
    ...selection.parts.flatMap(({ status }) => (status ? [sql`p.status = ${status}`] : [])),
    ...conditionsOf(selection),
  ];
  if (list === undefined) return { base: sql`prospect p`, id: sql`p.id`, conditions: [ofClient, ...others] };
  return {
    base: sql`list_member m JOIN prospect p ON p.id = m.prospect_id`,
    id: sql`m.prospect_id`,
    conditions: [sql`m.list_id = ${list}`, ofClient, ...others],
  };
}

function judgedPerson({ id, fit, fitScore, icpVersionId, ...row }: Row): JudgedPerson {
  return { id, fit, fitScore, icpVersionId, facts: fitFacts(row, companyOf(row)) };
}

function companyOf({
  companyName,
  companyCountry,
  companyRegion,
  ...row
}: Omit<Row, 'id' | 'fit' | 'fitScore' | 'icpVersionId'>) {
  if (companyName === null) return null;
  return { ...row, name: companyName, country: companyCountry, region: companyRegion };
}
