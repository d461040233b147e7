import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Gives the yardstick the prospects of Carnet, in tables and indexes of the same make, and in one of three columns. */
export function writeBareTables(database: Sqlite.Database, folder: string): void {
  const bare = new Sqlite(join(folder, 'bare.sqlite'));
  bare.pragma('foreign_keys = OFF');
  const made = database
    .prepare(
      `SELECT sql FROM sqlite_master WHERE tbl_name = 'prospect' AND type IN ('table', 'index')
      AND sql IS NOT NULL ORDER BY type DESC`,
    )
    .pluck()
    .all() as string[];
  made.forEach((statement) => bare.exec(statement));
  bare.exec('CREATE TABLE small (id varchar PRIMARY KEY, status varchar, status_at datetime)');
  bare.prepare('ATTACH ? AS carnet').run(database.name);
  bare.exec('INSERT INTO prospect SELECT * FROM carnet.prospect');
  bare.exec('INSERT INTO small SELECT id, status, status_at FROM prospect');
  bare.exec('DETACH carnet');
  bare.exec('ANALYZE');
  bare.close();
}
