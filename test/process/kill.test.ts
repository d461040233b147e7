import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** As built: `npm run test:browser` builds before it runs. */
const DIST = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;

describe('a process that is killed', () => {
  let folder: string;
  let child: ChildProcess;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'carnet-kill-'));
  });

  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<string> => {
    child = spawn(process.execPath, [join(DIST, 'src/main.js')], {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        PORT: '0',
        WORKER: 'off',
        DATA_DIR: folder,
        ADMIN_EMAIL: 'ada@epure.example',
        ADMIN_PASSWORD: 'a long enough password',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    return new Promise((resolve, reject) => {
      child.stdout!.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /Server listening at (http:\S+?)"/.exec(said)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error(`ended: ${said}`)));
    });
  };

  const issueToken = (): string => {
    const database = new Sqlite(join(folder, 'carnet.sqlite'), { timeout: 10_000 });
    const token = `carnet_${randomUUID()}`;
    database
      .prepare(
        `INSERT INTO api_token (id, token_hash, hint, name, user_id, created_at)
          SELECT ?, ?, 'kill', 'kill', id, created_at FROM app_user LIMIT 1`,
      )
      .run(randomUUID(), createHash('sha256').update(token).digest('hex'));
    database.close();
    return token;
  };

  it('has lost nothing it had answered for, sixteen at once', async () => {
    const url = await start();
    const headers = { authorization: `Bearer ${issueToken()}`, 'content-type': 'application/json' };
    const refused: string[] = [];
    const post = async (path: string, body: object): Promise<{ id: string }> => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (answer.status !== 201) refused.push(text);
      return JSON.parse(text) as { id: string };
    };
    const client = await post('/clients', { name: 'Killed' });
    const acknowledged: string[] = [];
    const add = async (who: number): Promise<void> => {
      for (let nth = 0; ; nth += 1) {
        const person = { email: `ada@one-${who}-${nth}.example` };
        const made = await post(`/clients/${client.id}/prospects`, person).catch(() => null);
        if (made === null) return;
        acknowledged.push(made.id);
      }
    };
    const under = Array.from({ length: 16 }, (_, who) => add(who));
    while (acknowledged.length < 200 && refused.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await Promise.all(under);

    expect(refused).toEqual([]);
    const database = new Sqlite(join(folder, 'carnet.sqlite'));
    const kept = new Set(database.prepare('SELECT id FROM prospect').pluck().all());
    const told = new Set(
      database.prepare(`SELECT prospect_id FROM activity WHERE kind = 'prospect.created'`).pluck().all(),
    );
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
    expect(acknowledged.filter((id) => !kept.has(id) || !told.has(id))).toEqual([]);
  }, 60_000);
});
