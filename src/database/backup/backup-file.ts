import { createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';

/**
 * A backup is one SQLite file, whichever database it was made from, with two tables more: a note about itself and the
 * uploaded files that wait for their import. It holds no secret key: a stolen backup opens no mailbox.
 */
export interface BackupNote {
  madeAt: string;
  madeFrom: 'sqlite' | 'postgres';
  /** Tells whether a key is the one of this backup without giving it away. */
  keyPrint: string;
}

/** Folders of DATA_DIR whose files belong to the data. */
const FOLDERS = ['imports'];
const TABLES = ['carnet_backup_note', 'carnet_backup_file'];

export class NotRestored extends Error {}

export function keyPrint(secretKey: string): string {
  return createHmac('sha256', secretKey).update('carnet backup').digest('hex').slice(0, 16);
}

/** Adds the note and the files to a copy of the database, and makes it a file that stands by itself. */
export function seal(path: string, dataDir: string, note: BackupNote): void {
  const copy = new Sqlite(path);
  try {
    copy.pragma('journal_mode = DELETE');
    copy.exec(`CREATE TABLE ${TABLES[0]} (made_at text NOT NULL, made_from text NOT NULL, key_print text NOT NULL);
      CREATE TABLE ${TABLES[1]} (path text PRIMARY KEY, content blob NOT NULL)`);
    copy.prepare(`INSERT INTO ${TABLES[0]} VALUES (?, ?, ?)`).run(note.madeAt, note.madeFrom, note.keyPrint);
    const insert = copy.prepare(`INSERT INTO ${TABLES[1]} VALUES (?, ?)`);
    for (const file of filesOf(dataDir)) insert.run(file, readFileSync(join(dataDir, file)));
    requireSound(copy);
  } finally {
    copy.close();
  }
}

/**
 * Reads what a backup says of itself.
 * @throws NotRestored when it is no backup of ours, or damaged
 */
export function openBackup(path: string): { note: BackupNote; migrations: string[] } {
  let copy: Sqlite.Database | null = null;
  try {
    copy = new Sqlite(path, { readonly: true, fileMustExist: true });
    requireSound(copy);
    const note = copy
      .prepare(`SELECT made_at AS madeAt, made_from AS madeFrom, key_print AS keyPrint FROM ${TABLES[0]}`)
      .get() as BackupNote;
    const migrations = copy.prepare('SELECT name FROM migrations ORDER BY id').pluck().all() as string[];
    return { note, migrations };
  } catch (error) {
    throw new NotRestored(`${basename(path)} is no sound backup of Carnet: ${(error as Error).message}`);
  } finally {
    copy?.close();
  }
}

/** Takes the note and the files out of a copy of a backup; the files go to their places under `dataDir`. */
export function unseal(path: string, dataDir: string): void {
  const copy = new Sqlite(path);
  try {
    const files = copy.prepare(`SELECT path, content FROM ${TABLES[1]}`).all() as {
      path: string;
      content: Buffer;
    }[];
    for (const { path: file, content } of files) {
      if (!FOLDERS.includes(dirname(file))) continue;
      mkdirSync(join(dataDir, dirname(file)), { recursive: true, mode: 0o700 });
      writeFileSync(join(dataDir, file), content, { mode: 0o600 });
    }
    for (const table of TABLES) copy.exec(`DROP TABLE ${table}`);
  } finally {
    copy.close();
  }
}

/** How many rows each table of a database file holds. */
export function countRows(path: string, tables: readonly string[]): Record<string, number> {
  const file = new Sqlite(path, { readonly: true });
  try {
    return Object.fromEntries(
      tables.map((table) => [table, file.prepare(`SELECT COUNT(*) FROM "${table}"`).pluck().get() as number]),
    );
  } finally {
    file.close();
  }
}

function filesOf(dataDir: string): string[] {
  return FOLDERS.flatMap((folder) => {
    try {
      return readdirSync(join(dataDir, folder)).map((file) => join(folder, file));
    } catch {
      return [];
    }
  });
}

function requireSound(file: Sqlite.Database): void {
  const said = file.pragma('integrity_check', { simple: true }) as string;
  if (said !== 'ok') throw new Error(said);
}
