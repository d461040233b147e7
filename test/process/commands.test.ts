import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/** As built: `npm run test:browser` builds before it runs. */
const DIST = process.env['CARNET_DIST'] ?? new URL('../../dist', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'carnet-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const call = (command: string, argument: string) =>
  spawnSync(process.execPath, [join(DIST, `src/${command}.command.js`), argument], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data') },
  });

describe.each(['token', 'rebuild', 'backup', 'restore'])('npm run %s', (command) => {
  it('says how it is used when asked', () => {
    const { status, stdout } = call(command, '--help');
    expect({ status, usage: stdout.split('\n')[0] }).toEqual({
      status: 0,
      usage: expect.stringMatching(new RegExp(`^Usage: npm run ${command} -- `)) as string,
    });
  });

  it('takes no option it does not know for anything else, and touches nothing', () => {
    const { status, stderr } = call(command, '--al');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--al'\nUsage: /);
    expect(readdirSync(folder)).toEqual([]);
  });
});
