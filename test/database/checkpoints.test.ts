import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoints } from '../../src/database/checkpoints.js';

describe('checkpoints beside the writer', () => {
  let folder: string;
  let writer: Sqlite.Database;
  let checkpoints: Checkpoints;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'carnet-checkpoints-'));
    writer = new Sqlite(join(folder, 'some.sqlite'));
    writer.pragma('journal_mode = WAL');
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec('CREATE TABLE thing (text text)');
    checkpoints = new Checkpoints(join(folder, 'some.sqlite'));
  });

  afterEach(async () => {
    await checkpoints.close();
    writer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const add = (): void => void writer.prepare('INSERT INTO thing VALUES (?)').run('x'.repeat(3000));
  /** What the file holds by itself, without its log. */
  const inFile = (): number => {
    copyFileSync(join(folder, 'some.sqlite'), join(folder, 'copy.sqlite'));
    const copy = new Sqlite(join(folder, 'copy.sqlite'));
    try {
      return copy.prepare('SELECT COUNT(*) FROM thing').pluck().get() as number;
    } catch {
      return 0;
    } finally {
      copy.close();
    }
  };
  const until = async (isTrue: () => boolean): Promise<void> => {
    for (let turn = 0; turn < 400 && !isTrue(); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(isTrue()).toBe(true);
  };

  it('a little later, what was committed is in the file itself, and nothing is lost', async () => {
    add();
    checkpoints.noteCommit(1);
    expect(inFile()).toBe(0);
    await until(() => inFile() === 1);
    expect(writer.prepare('SELECT COUNT(*) FROM thing').pluck().get()).toBe(1);
  });

  it('after many rows the log is copied at once, and used again from its start', async () => {
    for (let count = 1; count <= 1000; count += 1) add();
    checkpoints.noteCommit(10_000);
    await until(() => inFile() === 1000);
    const size = statSync(join(folder, 'some.sqlite-wal')).size;
    for (let count = 1; count <= 500; count += 1) add();
    expect(statSync(join(folder, 'some.sqlite-wal')).size).toBe(size);
  });

  it('closes while it is at work', async () => {
    add();
    checkpoints.noteCommit(10_000);
    await checkpoints.close();
    expect(inFile()).toBe(1);
  });
});
