import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { EntityMetadata } from 'typeorm';
import { sqlite } from '../dialect.js';
import { SqliteStore } from '../sqlite-store.js';
import type { StoreOptions } from '../store.js';

/*
 * Rows from one database to the other, table by table, by what the entities say. The two hold the same values but for
 * instants and booleans (columns.ts), so that a backup made from either restores into either.
 */

const ROWS_AT_ONCE = 1000;
/** PostgreSQL takes 65,535 parameters in a statement. */
const MOST_PARAMETERS = 60_000;

/** The tables of `carnet.sqlite` in a folder, which is made, or brought to the schema of this program. */
export async function metadatasOf(options: StoreOptions, folder: string): Promise<EntityMetadata[]> {
  const store = new SqliteStore(options, folder);
  await store.open();
  const metadatas = store.source.entityMetadatas;
  await store.close();
  return metadatas;
}

/** Everything of one moment (a repeatable read) into an empty file of the same schema. */
export async function copyFromPostgres(
  url: string,
  path: string,
  metadatas: readonly EntityMetadata[],
): Promise<void> {
  const target = new Sqlite(path);
  const source = new pg.Client({ connectionString: url });
  await source.connect();
  try {
    target.pragma('foreign_keys = OFF');
    target.pragma('synchronous = OFF');
    await source.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (const metadata of metadatas) await readTable(source, target, metadata);
    await source.query('COMMIT');
    const broken = target.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`${broken.length} rows point to nothing`);
  } finally {
    target.close();
    await source.end();
  }
}

async function readTable(
  source: pg.Client,
  target: Sqlite.Database,
  metadata: EntityMetadata,
): Promise<void> {
  const { tableName } = metadata;
  const columns = columnsOf(metadata);
  const names = columns.map(({ name }) => `"${name}"`).join();
  const insert = target.prepare(
    `INSERT INTO "${tableName}" (${names}) VALUES (${columns.map(() => '?').join()})`,
  );
  await source.query(`DECLARE rows_of NO SCROLL CURSOR FOR SELECT ${names} FROM "${tableName}"`);
  for (;;) {
    const { rows } = await source.query<unknown[]>({
      text: `FETCH ${ROWS_AT_ONCE} FROM rows_of`,
      rowMode: 'array',
    });
    if (rows.length === 0) break;
    target.transaction(() => rows.forEach((row) => insert.run(...row.map(sqlite.bind))))();
  }
  await source.query('CLOSE rows_of');
}

/** Everything of a database file into an open PostgreSQL transaction whose tables are empty. */
export async function copyIntoPostgres(
  path: string,
  target: pg.ClientBase,
  metadatas: readonly EntityMetadata[],
): Promise<void> {
  const source = new Sqlite(path, { readonly: true });
  try {
    for (const metadata of parentsFirst(metadatas)) await writeTable(source, target, metadata);
  } finally {
    source.close();
  }
}

async function writeTable(
  source: Sqlite.Database,
  target: pg.ClientBase,
  metadata: EntityMetadata,
): Promise<void> {
  const { tableName } = metadata;
  const columns = columnsOf(metadata);
  const names = columns.map(({ name }) => `"${name}"`).join();
  const size = Math.min(ROWS_AT_ONCE, Math.floor(MOST_PARAMETERS / columns.length));
  let rows: unknown[][] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const marks = rows.map(
      (row, nth) => `(${row.map((_, at) => `$${nth * columns.length + at + 1}`).join()})`,
    );
    await target.query(`INSERT INTO "${tableName}" (${names}) VALUES ${marks.join()}`, rows.flat());
    rows = [];
  };
  for (const row of source.prepare(`SELECT ${names} FROM "${tableName}"`).raw().iterate()) {
    rows.push((row as unknown[]).map((value, at) => columns[at]!.toPostgres(value)));
    if (rows.length === size) await flush();
  }
  await flush();
}

interface CopiedColumn {
  name: string;
  toPostgres: (value: unknown) => unknown;
}

function columnsOf(metadata: EntityMetadata): CopiedColumn[] {
  return metadata.columns.map(({ databaseName, type }) => ({
    name: databaseName,
    toPostgres: (value) => {
      if (type === 'boolean' && value !== null) return value === 1;
      return type === 'datetime' && typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : value;
    },
  }));
}

/** A row is written after those it points to. Tables point to others, never in a circle. */
function parentsFirst(metadatas: readonly EntityMetadata[]): EntityMetadata[] {
  const done = new Set<EntityMetadata>();
  const visit = (metadata: EntityMetadata): void => {
    if (done.has(metadata)) return;
    done.add(metadata);
    for (const { referencedEntityMetadata } of metadata.foreignKeys) visit(referencedEntityMetadata);
    ordered.push(metadata);
  };
  const ordered: EntityMetadata[] = [];
  metadatas.forEach(visit);
  return ordered;
}
