import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import { plantedList } from '../support/planted-duplicates.js';

/** As built: `npm run test:browser` builds before it runs. */
const MAIN = join(
  process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname,
  'src/main.js',
);
const TOKEN = 'carnet_import_kill_test';
const ROWS = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'carnet-kill-'));
const children: ChildProcess[] = [];
afterEach(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
});

/** The address of a program on this folder, once it listens. */
async function start(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      ...{ NODE_ENV: 'test', PORT: '0', DATA_DIR: folder, WORKER: 'off' },
      ...{ ADMIN_EMAIL: 'ada@epure.example', ADMIN_PASSWORD: 'a long enough password' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      const found = /Server listening at (http:\S+?)"/u.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`ended: ${said}`)));
  });
  return { url, child };
}

function open(): Sqlite.Database {
  return new Sqlite(join(folder, 'carnet.sqlite'), { timeout: 20_000 });
}

function issueToken(): void {
  const database = open();
  database
    .prepare(
      `INSERT INTO api_token (id, token_hash, hint, name, user_id, created_at)
        SELECT 'kill', ?, 'kill', 'kill', id, '2026-01-01 00:00:00.000' FROM app_user`,
    )
    .run(createHash('sha256').update(TOKEN).digest('hex'));
  database.close();
}

async function ask(url: string, path: string, body?: FormData | object): Promise<Record<string, unknown>> {
  const isForm = body instanceof FormData;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function rested(url: string, id: string): Promise<Record<string, unknown>> {
  for (;;) {
    const one = await ask(url, `/imports/${id}`);
    if (!['checking', 'importing'].includes(one['status'] as string)) return one;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

it('an import killed in the middle (SIGKILL) is finished by the next start: nobody twice, every count as though nothing had been', async () => {
  const { text } = plantedList(ROWS);
  const form = (): FormData => {
    const one = new FormData();
    one.append('file', new Blob([text]), 'achat.csv');
    return one;
  };
  const first = await start();
  issueToken();
  const client = async (url: string, name: string) => (await ask(url, '/clients', { name }))['id'] as string;
  const clientId = await client(first.url, 'Coupée');
  const { id } = await ask(first.url, `/clients/${clientId}/imports`, form());
  for (let rows = 0; rows < ROWS / 3;)
    rows = (await ask(first.url, `/imports/${id as string}`))['rows'] as number;
  const gone = once(first.child, 'exit');
  first.child.kill('SIGKILL');
  await gone;

  const left = open();
  const halfway = left.prepare('SELECT status, position, created FROM import').get() as {
    status: string;
    position: number;
    created: number;
  };
  const written = left.prepare('SELECT COUNT(*) FROM prospect').pluck().get();
  left.close();
  expect(halfway.status).toBe('importing');
  expect(halfway.position).toBeLessThan(ROWS);
  expect(written).toBe(halfway.created);

  const second = await start();
  const finished = await rested(second.url, id as string);
  const whole = await client(second.url, 'Entière');
  const other = await ask(second.url, `/clients/${whole}/imports`, form());
  const undisturbed = await rested(second.url, other['id'] as string);
  const counts = ({
    status,
    rows,
    created,
    updated,
    unchanged,
    skipped,
    failed,
    reasons,
    warnings,
  }: typeof finished) => ({
    ...{ status, rows, created, updated, unchanged, skipped, failed, reasons, warnings },
  });
  expect(counts(finished)).toEqual(counts(undisturbed));
  expect(finished).toMatchObject({ status: 'done', rows: ROWS });
  const after = open();
  const inStore = after.prepare('SELECT COUNT(*) FROM prospect WHERE client_id = ?').pluck();
  expect([inStore.get(clientId), inStore.get(whole)]).toEqual([finished['created'], finished['created']]);
  after.close();

  const again = await rested(
    second.url,
    (await ask(second.url, `/clients/${clientId}/imports`, form()))['id'] as string,
  );
  expect(again).toMatchObject({ status: 'done', created: 0, updated: 0 });
}, 240_000);
