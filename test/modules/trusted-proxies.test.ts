import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { readSettings } from '../../src/config/env-spec.js';
import { createServer } from '../../src/server.js';

describe('the address a visitor has', () => {
  let close = async (): Promise<void> => undefined;
  afterEach(() => close());

  /** What the server takes for the visitor's address, when `peer` connects and says `forwarded`. */
  const seen = async (trust: string, peer: string, forwarded: string): Promise<string> => {
    const dataDir = mkdtempSync(join(tmpdir(), 'carnet-proxy-'));
    const settings = readSettings({
      DATA_DIR: dataDir,
      TRUST_PROXY: trust,
      LOG_LEVEL: 'silent',
      WORKER: 'off',
    });
    const app = await createServer(new Config(settings));
    close = async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    };
    const fastify = app.getHttpAdapter().getInstance();
    fastify.get('/who', (request, reply) => reply.send(request.ip));
    await app.init();
    const answer = await fastify.inject({
      url: '/who',
      remoteAddress: peer,
      headers: { 'x-forwarded-for': forwarded },
    });
    await close();
    close = async () => undefined;
    return answer.body;
  };

  it.each([
    ['off', '127.0.0.1', '203.0.113.7', '127.0.0.1'],
    ['loopback', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['loopback', '10.0.0.9', '203.0.113.7', '10.0.0.9'],
    ['10.0.0.0/8', '10.0.0.9', '203.0.113.7', '203.0.113.7'],
    // Two proxies in a row: what the visitor made up stands further left, and is not believed.
    ['2', '10.0.0.9', '1.2.3.4, 203.0.113.7, 10.0.0.8', '203.0.113.7'],
    ['1', '10.0.0.9', '1.2.3.4, 203.0.113.7, 10.0.0.8', '10.0.0.8'],
  ])('TRUST_PROXY=%s, %s connects and says %s: %s', async (trust, peer, forwarded, address) => {
    expect(await seen(trust, peer, forwarded)).toBe(address);
  });
});
