import type Sqlite from 'better-sqlite3';
import { sqliteWords } from '../../src/database/word-search.js';
import { withoutIndices, writeProspects } from './prospect-rows.js';

/** Ids the addresses of the benchmark need. */
export interface ScaleIds {
  clientId: string;
  /** Owns a third of everybody, and three hundred. */
  owners: { many: string; few: string };
  /** Holds a tenth of everybody, and five hundred. */
  lists: { big: string; small: string };
}

const DICTIONARY = 500;

/**
 * `count` prospects of one client, written by SQL alone from the rows of a small one beside it, with lists and owners,
 * indexed for the search box. The indices are made once the rows are there, as a restore would.
 */
export function writeScale(database: Sqlite.Database, count: number): ScaleIds {
  const pattern = writeProspects(database, DICTIONARY).clientId;
  const { clientId } = writeProspects(database, 0);
  const owners = { many: 'owner-of-many', few: 'owner-of-few' };
  withoutIndices(database, ['prospect'], () => writeAlike(database, pattern, { clientId, count, ...owners }));
  const lists = { big: 'list-of-many', small: 'list-of-few' };
  writeLists(database, clientId, count, lists);
  indexWords(database);
  return { clientId, owners, lists };
}

/** Everybody is like one of the pattern, which is gone afterwards. */
function writeAlike(
  database: Sqlite.Database,
  pattern: string,
  { clientId, count, many, few }: { clientId: string; count: number; many: string; few: string },
): void {
  database.exec(
    'CREATE TEMP TABLE pattern AS SELECT row_number() OVER (ORDER BY id) - 1 AS nth, * FROM prospect',
  );
  database.exec('CREATE INDEX temp.nth ON pattern (nth)');
  const insert =
    database.prepare(`INSERT INTO prospect (id, client_id, first_name, last_name, full_name, sort_name, company_name,
      company_sort, search_text, email, email_key, title, status, status_at, fit, fit_score, source, owner_id, created_at,
      updated_at, last_activity_at, version)
    WITH RECURSIVE n (i) AS (SELECT @from UNION ALL SELECT i + 1 FROM n WHERE i < @to - 1)
    SELECT printf('01900000-0000-7000-8000-%012d', i), @clientId, p.first_name, p.last_name || ' ' || i,
      p.full_name || ' ' || i, substr(p.sort_name, 1, instr(p.sort_name, ' ')) || printf('%07d', (i * 48271) % @count), p.company_name, p.company_sort,
      p.search_text || ' n' || i || CASE WHEN i % (@count / 4) = 7 THEN ' zyskind' ELSE '' END,
      'p' || i || '@x.example', 'p' || i || '@x.example', p.title,
      CASE WHEN i % (@count / 40) = 3 THEN 'qualified' ELSE p.status END, p.status_at, p.fit, (i * 37) % 101, 'import',
      CASE WHEN i % (@count / 300) = 1 THEN @few WHEN i % 3 = 0 THEN @many END, p.created_at, p.updated_at,
      strftime('%Y-%m-%d %H:%M:%f', 1767225600 + (i * 7919) % 20000000, 'unixepoch'), 1
    FROM n JOIN temp.pattern p ON p.nth = i % ${DICTIONARY}`);
  for (let from = 0; from < count; from += 50_000)
    insert.run({ from, to: Math.min(count, from + 50_000), clientId, count, many, few });
  database.exec('DROP TABLE temp.pattern');
  database.prepare('DELETE FROM prospect WHERE client_id = ?').run(pattern);
}

function writeLists(
  database: Sqlite.Database,
  clientId: string,
  count: number,
  lists: ScaleIds['lists'],
): void {
  const list = database.prepare(
    `INSERT INTO list (id, client_id, name, name_key, created_at) VALUES (?, ?, ?, ?, '2026-01-01 00:00:00.000')`,
  );
  const members = database.prepare(
    `INSERT INTO list_member (list_id, prospect_id) SELECT ?, id FROM prospect WHERE client_id = ? AND rowid % ? = 0`,
  );
  for (const [id, every] of [
    [lists.big, 10],
    [lists.small, Math.floor(count / 500)],
  ] as const) {
    list.run(id, clientId, id, id);
    members.run(id, clientId, every);
  }
}

/** What the timetable does a few rows at a time. */
function indexWords(database: Sqlite.Database): void {
  for (const { sql } of sqliteWords.catchUp!.next)
    database.prepare(sql.replace(/LIMIT \?$/, 'LIMIT -1')).run();
  database.exec('UPDATE prospect_words_mark SET indexed_to = (SELECT MAX(rowid) FROM prospect)');
}
