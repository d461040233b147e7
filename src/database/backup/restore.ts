import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { PostgresStore } from '../postgres-store.js';
import type { StoreOptions } from '../store.js';
import type { BackedUp } from './backup.js';
import { countRows, keyPrint, NotRestored, openBackup, unseal } from './backup-file.js';
import { copyIntoPostgres, metadatasOf } from './copy-rows.js';

export interface Restored {
  counts: Record<string, number>;
  madeAt: string;
  /** Whether the key of this installation is the one the backup was made with. */
  isSameKey: boolean;
  /** Where the database that was there has been put aside. */
  replaced: string | null;
}

/**
 * Puts a backup in place of an empty database; with `isForced`, of one that is not.
 * @throws NotRestored, saying what to do, when the file is no sound backup or newer than this program, or when there is
 *   data already, or a running program
 */
export async function restore(
  config: BackedUp,
  options: StoreOptions,
  file: string,
  { isForced, now }: { isForced: boolean; now: Date },
): Promise<Restored> {
  const { note, migrations } = openBackup(resolve(file));
  const known = new Set(options.migrations.map(({ name }) => name));
  if (migrations.some((name) => !known.has(name)))
    throw new NotRestored('This backup was made by a newer Carnet: update this one first');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(config.dataDir, '.restore-'));
  try {
    const copy = join(folder, 'carnet.sqlite');
    copyFileSync(resolve(file), copy);
    const target =
      config.databaseUrl === null ? new FileTarget(config, now) : new PostgresTarget(config, options);
    await target.requireFree(isForced);
    unseal(copy, config.dataDir);
    const metadatas = await metadatasOf(options, folder);
    const counts = countRows(
      copy,
      metadatas.map(({ tableName }) => tableName),
    );
    const replaced = await target.take(copy);
    return { counts, madeAt: note.madeAt, isSameKey: note.keyPrint === keyPrint(config.secretKey), replaced };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const HAS_DATA = (where: string): string =>
  `${where} holds data already. Restore into an empty one, or repeat with --force to replace what is there`;

class FileTarget {
  private readonly path: string;

  constructor(
    { dataDir }: BackedUp,
    private readonly now: Date,
  ) {
    this.path = join(dataDir, 'carnet.sqlite');
  }

  async requireFree(isForced: boolean): Promise<void> {
    if (!existsSync(this.path)) return;
    const there = new Sqlite(this.path, { timeout: 0 });
    try {
      // Leaving the write-ahead log takes the file for oneself: refused while any program has it open.
      there.pragma('journal_mode = DELETE');
    } catch {
      throw new NotRestored('Carnet is running on this data folder: stop it first');
    } finally {
      there.close();
    }
    if (!isForced && hasAgency(this.path)) throw new NotRestored(HAS_DATA('The data folder'));
  }

  async take(copy: string): Promise<string | null> {
    const aside = `${this.path}.replaced-${this.now.toISOString().replace(/[:.]/g, '-')}`;
    const isThere = existsSync(this.path);
    if (isThere) renameSync(this.path, aside);
    renameSync(copy, this.path);
    return isThere ? aside : null;
  }
}

function hasAgency(path: string): boolean {
  const file = new Sqlite(path, { readonly: true });
  try {
    const isThere = file.prepare("SELECT 1 FROM sqlite_master WHERE name = 'agency'").get() !== undefined;
    return isThere && file.prepare('SELECT 1 FROM agency').get() !== undefined;
  } finally {
    file.close();
  }
}

class PostgresTarget {
  constructor(
    private readonly config: BackedUp,
    private readonly options: StoreOptions,
  ) {}

  async requireFree(isForced: boolean): Promise<void> {
    const store = this.store();
    await store.open();
    const [found] = await store.source.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM agency');
    await store.close();
    if (!isForced && found!.n > 0) throw new NotRestored(HAS_DATA('The database'));
  }

  /** All or nothing: whoever reads meanwhile sees the old until the new is whole. */
  async take(copy: string): Promise<null> {
    const store = this.store();
    await store.open();
    const metadatas = store.source.entityMetadatas;
    await store.close();
    const client = new pg.Client({ connectionString: this.config.databaseUrl! });
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(`TRUNCATE ${metadatas.map(({ tableName }) => `"${tableName}"`).join()}`);
      await copyIntoPostgres(copy, client, metadatas);
      await client.query('COMMIT');
      return null;
    } finally {
      await client.end();
    }
  }

  private store(): PostgresStore {
    return new PostgresStore(this.options, this.config.databaseUrl!);
  }
}
