import type Sqlite from 'better-sqlite3';
import { newId } from '../../src/shared/id.js';

const FIRST = 'Jeanne Paul Hélène Marc Inès Louis Chloé Hugo Léa Jules Anaïs Noé Zoé Rémi Lina Théo'.split(
  ' ',
);
const LAST =
  'Dupont Martin Bernard Petit Robert Richard Durand Moreau Laurent Simon Michel Lefèvre Leroy Roux David'.split(
    ' ',
  );
const TITLES = [
  'Directrice commerciale',
  'Head of Sales',
  'CEO',
  'Responsable marketing',
  'DSI',
  'Acheteuse',
];
const STATUSES = [
  'new',
  'new',
  'new',
  'new',
  'in_sequence',
  'replied',
  'interested',
  'later',
  'not_interested',
];
const FITS = ['fit', 'unfit', 'unknown'];

/** Writes `count` prospects of a new client straight into the file, as an import leaves them; gives their ids. */
export function writeProspects(
  database: Sqlite.Database,
  count: number,
  options: { status?: string } = {},
): { clientId: string; ids: string[] } {
  const clientId = newId();
  const ids: string[] = [];
  insertClient(database, clientId);
  const insert =
    database.prepare(`INSERT INTO prospect (id, client_id, first_name, last_name, full_name, sort_name,
      company_name, company_sort, search_text, email, email_key, title, status, status_at, fit, fit_score, source,
      created_at, updated_at, last_activity_at, version)
    VALUES (@id, @clientId, @first, @last, @full, @sort, @company, @companySort, @search, @email, @email, @title,
      @status, @at, @fit, @score, 'import', @at, @at, @at, 1)`);
  const seed = database.transaction((from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      const row = prospectRow(at, clientId, options.status);
      ids.push(row.id);
      insert.run(row);
    }
  });
  for (let from = 0; from < count; from += 5000) seed(from, Math.min(count, from + 5000));
  database.exec('ANALYZE');
  return { clientId, ids };
}

/** Lets `write` write rows of these tables without their indices, which are made again once the rows are there. */
export function withoutIndices(
  database: Sqlite.Database,
  tables: readonly string[],
  write: () => void,
): void {
  const among = tables.map(() => '?').join(', ');
  const indices = database
    .prepare(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (${among})`,
    )
    .all(...tables) as { name: string; sql: string }[];
  for (const { name } of indices) database.exec(`DROP INDEX "${name}"`);
  write();
  for (const { sql } of indices) database.exec(sql);
}

function prospectRow(at: number, clientId: string, status?: string) {
  const first = FIRST[at % FIRST.length]!;
  const last = `${LAST[Math.floor(at / 16) % LAST.length]!} ${at}`;
  const company = `Société ${at % 4000}`;
  const email = `p${at}@societe-${at % 4000}.example`;
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const title = TITLES[at % TITLES.length]!;
  return {
    id: newId(),
    clientId,
    first,
    last,
    full: `${first} ${last}`,
    sort: fold(`${last} ${first}`),
    company,
    companySort: fold(company),
    search: fold(`${first} ${last} ${company} ${email} ${title}`).replace(/[^a-z\d]+/g, ' '),
    email,
    title,
    status: status ?? STATUSES[at % STATUSES.length]!,
    fit: FITS[at % 3]!,
    score: (at * 37) % 101,
    at: new Date(Date.UTC(2026, 0, 1) + ((at * 7919) % 20_000_000) * 1000)
      .toISOString()
      .replace('T', ' ')
      .slice(0, -1),
  };
}

function insertClient(database: Sqlite.Database, id: string): void {
  const columns = database.pragma('table_info(client)') as {
    name: string;
    type: string;
    notnull: number;
    dflt_value: unknown;
  }[];
  const values: Record<string, unknown> = {
    id,
    name: 'Bench',
    time_zone: 'Europe/Paris',
    locale: 'fr',
    currency: 'EUR',
  };
  for (const { name, type, notnull, dflt_value } of columns) {
    if (notnull === 0 || dflt_value !== null || name in values) continue;
    values[name] = type === 'datetime' ? '2026-01-01 00:00:00.000' : type.startsWith('int') ? 0 : '';
  }
  const names = Object.keys(values);
  database
    .prepare(`INSERT INTO client (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(values));
}
