import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import Sqlite from 'better-sqlite3';
import { newId } from '../../src/shared/id.js';

/** One line of the table `npm run bench` prints. Rates are requests a second; `ratio` is what the goal speaks of. */
export interface Measure {
  name: string;
  ours: number;
  bare: number;
  ratio: number;
  goal: string;
}

/** A server in a process of its own, so that it and the load do not share one thread. */
export class Staged {
  private constructor(
    readonly url: string,
    readonly dataDir: string,
    private readonly child: ChildProcess,
  ) {}

  /** `script` is run by node with DATA_DIR and PORT; it is ready once `path` answers. */
  static async start(
    args: string[],
    { dataDir, path, env = {} }: { dataDir: string; path: string; env?: Record<string, string> },
  ): Promise<Staged> {
    const port = await freePort();
    const child = spawn(process.execPath, args, {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATA_DIR: dataDir,
        PORT: String(port),
        BASE_URL: `http://127.0.0.1:${port}`,
        WORKER: 'off',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    for (let turn = 0; turn < 300; turn += 1) {
      if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
      const answer = await fetch(url + path).catch(() => null);
      if (answer?.ok) return new Staged(url, dataDir, child);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${args.join(' ')} does not answer`);
  }

  /** Megabytes of memory in use; null where the system has no /proc to ask. */
  memory(): number | null {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
    } catch {
      return null;
    }
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** Carnet as built (`CARNET_DIST`, else dist/), on a database of its own. */
export function carnet(dataDir: string): Promise<Staged> {
  const dist = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
  const env = { ADMIN_EMAIL: 'bench@epure.example', ADMIN_PASSWORD: 'a long enough password' };
  return Staged.start([join(dist, 'src/main.js')], { dataDir, path: '/readyz', env });
}

/** The yardstick: a bare Fastify route on better-sqlite3, nothing else. */
export function bare(dataDir: string): Promise<Staged> {
  const script = new URL('./bare-server.js', import.meta.url).pathname;
  return Staged.start([script], { dataDir, path: '/ready' });
}

/** A folder for the length of `work`. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'carnet-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The database file of a running Carnet, and an API token of its admin. */
export function openStage(dataDir: string): { database: Sqlite.Database; token: string } {
  const database = new Sqlite(join(dataDir, 'carnet.sqlite'), { timeout: 20_000 });
  const token = `carnet_bench_${newId()}`;
  const user = database.prepare('SELECT id FROM app_user').pluck().get();
  database
    .prepare(
      `INSERT INTO api_token (id, token_hash, hint, name, user_id, created_at) VALUES (?, ?, 'bench', 'bench', ?, ?)`,
    )
    .run(newId(), createHash('sha256').update(token).digest('hex'), user, '2026-01-01 00:00:00.000');
  return { database, token };
}

/** The cookie of a session of the admin. */
export function signIn(database: Sqlite.Database): string {
  const secret = newId();
  const user = database.prepare('SELECT id FROM app_user').pluck().get();
  database
    .prepare('INSERT INTO session (id, token_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)')
    .run(
      newId(),
      createHash('sha256').update(secret).digest('hex'),
      user,
      '2026-01-01 00:00:00.000',
      '2099-01-01 00:00:00.000',
    );
  return `carnet_session=${secret}`;
}

export interface Load {
  url: string;
  connections: number;
  seconds: number;
  /** Called for each request. */
  next: () => { method: 'GET' | 'POST'; path: string; body?: string };
  token?: string;
  cookie?: string;
}

/** @throws Error when an answer is no 2xx: a refused request is not a fast one */
export async function load({
  url,
  connections,
  seconds,
  next,
  token,
  cookie,
}: Load): Promise<autocannon.Result> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie }),
    },
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused and ${result.errors} failed at ${url}`);
  return result;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
