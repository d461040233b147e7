import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

/** As built: `npm run test:browser` builds before it runs. */
const MAIN = new URL('../../dist/src/main.js', import.meta.url).pathname;

interface Run {
  process: ChildProcess;
  said: () => string;
  exit: Promise<number | null>;
}

describe('the program', () => {
  const folders: string[] = [];
  const runs: Run[] = [];

  afterEach(() => {
    runs.forEach(({ process }) => process.kill('SIGKILL'));
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  });

  const start = (env: Record<string, string>): Run => {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...env },
      cwd: new URL('../..', import.meta.url).pathname,
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    const run = { process: child, said: () => said, exit };
    runs.push(run);
    return run;
  };

  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'carnet-start-'));
    folders.push(made);
    return made;
  };

  /** The address, once it listens; fails when it ends before. */
  const listening = async (run: Run): Promise<string> => {
    const seen = new Promise<string>((resolve) => {
      const look = (): void => {
        const found = /Server listening at (http:\S+?)"/.exec(run.said())?.[1];
        if (found && run.said().includes('Carnet listens')) resolve(found);
      };
      run.process.stdout!.on('data', look);
    });
    const ended = run.exit.then((code) => Promise.reject(new Error(`ended with ${code}: ${run.said()}`)));
    return Promise.race([seen, ended]);
  };

  it('refuses nonsense with one line a variable, before it touches anything', async () => {
    const dataDir = folder();
    const run = start({ PORT: 'many', WORKER: 'perhaps', DATA_DIR: dataDir });
    expect(await run.exit).toBe(1);
    expect(run.said()).toContain('PORT is "many"');
    expect(run.said()).toContain('WORKER is "perhaps"');
    expect(existsSync(join(dataDir, 'carnet.sqlite'))).toBe(false);
  });

  it('founds the agency from ADMIN_EMAIL and ADMIN_PASSWORD, finishes what is under way when told to stop, and closes its database', async () => {
    const dataDir = folder();
    const run = start({
      PORT: '0',
      DATA_DIR: dataDir,
      ADMIN_EMAIL: 'ada@epure.example',
      ADMIN_PASSWORD: 'a long enough password',
    });
    const url = await listening(run);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const front = await fetch(`${url}/`, { redirect: 'manual' });
    expect(front.headers.get('location')).toBe('/sign-in');

    // A request that has begun but not ended when the signal comes.
    const answered = new Promise<number>((resolve, reject) => {
      const slow = request(`${url}/api/v1/clients`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 2, expect: '100-continue' },
      });
      slow.once('response', (response) => resolve(response.resume().statusCode!)).once('error', reject);
      // The server has the head of the request in hand, and waits for the rest.
      slow.once('continue', () => {
        run.process.kill('SIGTERM');
        slow.end('{}');
      });
      slow.flushHeaders();
    });
    expect(await answered).toBe(401);
    expect(await run.exit).not.toBe(1);
    // A closed SQLite leaves no write-ahead log behind.
    expect(existsSync(join(dataDir, 'carnet.sqlite-wal'))).toBe(false);
    expect(readFileSync(join(dataDir, 'secret-key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
    expect(run.said()).not.toContain('ada@epure.example');
  }, 60_000);
});
