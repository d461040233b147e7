import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import sql from 'sql-template-tag';
import { afterAll, expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { backUp } from '../../src/database/backup/backup.js';
import { restore } from '../../src/database/backup/restore.js';
import { storeFor } from '../../src/database/database.module.js';
import type { Db } from '../../src/database/db.js';
import { MIGRATIONS } from '../../src/database/migrations.js';
import { integer, text } from '../../src/database/rows.js';
import { ENTITIES } from '../../src/entities.js';
import { ProspectNotes } from '../../src/prospects/notes/prospect-notes.service.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases, World } from '../support/world.js';

const OPTIONS = { entities: ENTITIES, migrations: MIGRATIONS };
const KEY = 'x'.repeat(64);
const NOW = new Date('2026-11-23T09:00:00Z');

onBothDatabases('a backup', (world) => {
  const folders: string[] = [];
  const spare: World[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'carnet-backup-'));
    folders.push(made);
    return made;
  };
  afterAll(async () => {
    for (const other of spare) await other.close();
    folders.forEach((made) => rmSync(made, { recursive: true, force: true }));
  });

  const settings = (dataDir: string, databaseUrl: string | null = null, secretKey = KEY) => ({
    dataDir,
    databaseUrl,
    secretKey,
  });
  const here = () => settings(world.dataDir, world.get(Config).databaseUrl);

  /** Reads a restored database the way the program would. */
  const inside = async <T>(
    where: { dataDir: string; databaseUrl: string | null },
    read: (db: Db) => Promise<T>,
  ): Promise<T> => {
    const store = storeFor(where, OPTIONS);
    await store.open();
    try {
      return await store.read(read);
    } finally {
      await store.close();
    }
  };
  const tally = (db: Db) =>
    db.row(
      sql`SELECT (SELECT COUNT(*) FROM prospect) prospects, (SELECT COUNT(*) FROM activity) facts,
        (SELECT COUNT(*) FROM audit_entry) entries, (SELECT COUNT(*) FROM app_user) people`,
      { prospects: integer, facts: integer, entries: integer, people: integer },
    );

  /** A fresh PostgreSQL database, migrated and empty. */
  const emptyPostgres = async (): Promise<string> => {
    const other = new World('postgres');
    await other.open();
    spare.push(other);
    return other.get(Config).databaseUrl!;
  };

  it('restores into an empty folder and into an empty PostgreSQL, row by row and file by file', async () => {
    const { client } = await readyClient(world, 'Épure & Cie');
    const id = await prospectOf(world, client.id, { fullName: 'Zoë Lefèvre “Z”', custom: { a: 'b' } });
    await world.get(ProspectNotes).add(await world.admin(), id, 'Ligne une\nligne « deux »');
    mkdirSync(join(world.dataDir, 'imports'), { recursive: true });
    writeFileSync(join(world.dataDir, 'imports', 'waiting.csv'), 'name\nZoë');
    const file = join(folder(), 'carnet.backup');
    await backUp(here(), OPTIONS, file, NOW);
    const before = await world.database.read(tally);
    for (const target of [settings(folder()), settings(folder(), await emptyPostgres())]) {
      const restored = await restore(target, OPTIONS, file, { isForced: false, now: NOW });
      expect(restored.isSameKey).toBe(true);
      expect(restored.counts['prospect']).toBe(before!.prospects);
      expect(await inside(target, tally)).toEqual(before);
      const note = await inside(target, (db) =>
        db.row(sql`SELECT note FROM activity WHERE kind = 'note'`, { note: text }),
      );
      expect(note).toEqual({ note: 'Ligne une\nligne « deux »' });
      expect(readFileSync(join(target.dataDir, 'imports', 'waiting.csv'), 'utf8')).toBe('name\nZoë');
      expect(existsSync(join(target.dataDir, 'secret-key'))).toBe(false);
    }
  });

  it('made while others write is of one moment: no fact without its prospect’s version, nothing half', async () => {
    const { client } = await readyClient(world, 'Busy');
    const admin = await world.admin();
    let goesOn = true;
    let written = 0;
    const writer = async (): Promise<void> => {
      while (goesOn) {
        const id = await prospectOf(world, client.id);
        await world.get(ProspectNotes).add(admin, id, 'written meanwhile');
        written += 1;
      }
    };
    const writers = [writer(), writer(), writer()];
    const file = join(folder(), 'busy.backup');
    await backUp(here(), OPTIONS, file, NOW);
    const atEnd = written;
    goesOn = false;
    await Promise.all(writers);
    expect(atEnd).toBeGreaterThan(0);
    const copy = new Sqlite(file, { readonly: true });
    // A note raises the version of its prospect in the same transaction: neither without the other.
    const odd = copy
      .prepare(
        `SELECT COUNT(*) FROM prospect p WHERE p.client_id = ?
          AND p.version - 1 <> (SELECT COUNT(*) FROM activity a WHERE a.prospect_id = p.id)`,
      )
      .pluck();
    expect(odd.get(client.id)).toBe(0);
    copy.close();
    const target = settings(folder());
    await restore(target, OPTIONS, file, { isForced: false, now: NOW });
    expect((await inside(target, tally))!.prospects).toBeGreaterThan(0);
  });

  it('does not overwrite data unasked, and keeps what was there when asked', async () => {
    await readyClient(world, 'Twice');
    const file = join(folder(), 'twice.backup');
    await backUp(here(), OPTIONS, file, NOW);
    for (const target of [settings(folder()), settings(folder(), await emptyPostgres())]) {
      await restore(target, OPTIONS, file, { isForced: false, now: NOW });
      await expect(restore(target, OPTIONS, file, { isForced: false, now: NOW })).rejects.toThrow(/--force/);
      const again = await restore(target, OPTIONS, file, { isForced: true, now: NOW });
      expect(again.replaced === null || existsSync(again.replaced)).toBe(true);
      expect(await inside(target, tally)).toEqual(await world.database.read(tally));
    }
  });

  it('refuses what is no backup, one that is damaged, and a folder somebody works in; names another key', async () => {
    const file = join(folder(), 'good.backup');
    await backUp(here(), OPTIONS, file, NOW);
    const target = settings(folder(), null, 'y'.repeat(64));
    const bad = join(folder(), 'bad.backup');
    writeFileSync(bad, 'not a database at all');
    await expect(restore(target, OPTIONS, bad, { isForced: false, now: NOW })).rejects.toThrow(
      /no sound backup/,
    );
    const bytes = readFileSync(file);
    writeFileSync(bad, bytes.subarray(0, Math.floor(bytes.length / 2)));
    await expect(restore(target, OPTIONS, bad, { isForced: false, now: NOW })).rejects.toThrow(
      /no sound backup/,
    );
    expect(existsSync(join(target.dataDir, 'carnet.sqlite'))).toBe(false);
    expect((await restore(target, OPTIONS, file, { isForced: false, now: NOW })).isSameKey).toBe(false);
    const running = storeFor(target, OPTIONS);
    await running.open();
    await expect(restore(target, OPTIONS, file, { isForced: true, now: NOW })).rejects.toThrow(
      /stop it first/,
    );
    await running.close();
    await restore(target, OPTIONS, file, { isForced: true, now: NOW });
  });
});
