import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Config } from '../../config/config.js';
import type { StoreOptions } from '../store.js';
import { countRows, keyPrint, seal } from './backup-file.js';
import { copyFromPostgres, metadatasOf } from './copy-rows.js';

export type BackedUp = Pick<Config, 'dataDir' | 'databaseUrl' | 'secretKey'>;

/** Pages copied at a time once the copy has begun: all of them, so that no writer makes it begin again and again. */
const ALL_PAGES = 2 ** 30;

/**
 * Writes a consistent copy of everything while the program runs, and checks it before it takes its name.
 * Gives the number of rows of each table.
 */
export async function backUp(
  config: BackedUp,
  options: StoreOptions,
  file: string,
  madeAt: Date,
): Promise<Record<string, number>> {
  const target = resolve(file);
  const folder = mkdtempSync(join(dirname(target), '.carnet-backup-'));
  try {
    const copy = join(folder, 'carnet.sqlite');
    const madeFrom = config.databaseUrl === null ? 'sqlite' : 'postgres';
    if (config.databaseUrl === null) await copySqlite(config.dataDir, copy);
    const metadatas = await metadatasOf(options, folder);
    if (config.databaseUrl !== null) await copyFromPostgres(config.databaseUrl, copy, metadatas);
    seal(copy, config.dataDir, {
      madeAt: madeAt.toISOString(),
      madeFrom,
      keyPrint: keyPrint(config.secretKey),
    });
    const counts = countRows(
      copy,
      metadatas.map(({ tableName }) => tableName),
    );
    renameSync(copy, target);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SQLite's own online backup: writers go on meanwhile, and the copy is of one moment. */
async function copySqlite(dataDir: string, copy: string): Promise<void> {
  const path = join(dataDir, 'carnet.sqlite');
  if (!existsSync(path)) throw new Error(`There is no database in ${dataDir}: is DATA_DIR the right one?`);
  const source = new Sqlite(path, { readonly: true, timeout: 30_000 });
  try {
    await source.backup(copy, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
}
