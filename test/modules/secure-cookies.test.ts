import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { readSettings } from '../../src/config/env-spec.js';
import { createServer } from '../../src/server.js';

describe('cookies of an agency behind TLS', () => {
  let dataDir: string;
  let app: Awaited<ReturnType<typeof createServer>>;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'carnet-cookies-'));
    const env = { DATA_DIR: dataDir, BASE_URL: 'https://carnet.example', LOG_LEVEL: 'silent', WORKER: 'off' };
    app = await createServer(new Config(readSettings(env)));
    await app.init();
  });
  afterEach(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The cookies of a first visit and of a language chosen. */
  const cookiesOf = async () => {
    const server = app.getHttpAdapter().getInstance();
    const front = await server.inject({ url: '/setup' });
    const { name, value } = front.cookies[0] as { name: string; value: string };
    const csrf = /name="_csrf" value="([^"]+)"/.exec(front.body)![1]!;
    const answer = await server.inject({
      method: 'POST',
      url: '/language',
      cookies: { [name]: value },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ locale: 'fr', _csrf: csrf }).toString(),
    });
    return [...front.cookies, ...answer.cookies];
  };

  it('travel over TLS alone, every one of them', async () => {
    const all = await cookiesOf();
    expect(all.length).toBeGreaterThan(1);
    for (const cookie of all) expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' });
  });
});
