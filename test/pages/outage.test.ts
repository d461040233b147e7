import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Outage } from '../../src/database/outage.js';
import { text } from '../../src/database/rows.js';
import type { Browser } from '../support/browser.js';
import type { Caller } from '../support/caller.js';
import { type Outside, outsideOf } from '../support/outages.js';
import { World } from '../support/world.js';

describe('A PostgreSQL that goes away', () => {
  const world = new World('postgres');
  let outside: Outside;
  let browser: Browser;
  let api: Caller;
  const status = async (): Promise<number> => (await browser.get('/clients')).status;

  beforeAll(async () => {
    await world.open({ LOG_LEVEL: 'silent' });
    outside = await outsideOf(world);
    const admin = await world.admin();
    [browser, api] = [await world.browser(admin), await world.api(admin)];
  });
  afterAll(() => world.close());

  it('in the middle of a write is told as what it is, and not as what the way back met', async () => {
    const cut = world.database.write((tx) => tx.run(sql`SELECT pg_terminate_backend(pg_backend_pid())`));
    await expect(cut).rejects.toThrow(Outage);
    await expect(cut).rejects.toMatchObject({ kind: 'away' });
    expect(await status()).toBe(200);
  });

  it('between two requests is not noticed by the second', async () => {
    expect(await status()).toBe(200);
    await outside.cut();
    expect(await status()).toBe(200);
  });

  it('for longer is said on the page and to programs, with when to come back, and is over when it is', async () => {
    const { name } = outside;
    await outside.cut(`ALTER DATABASE "${name}" RENAME TO "${name}_away"`);
    const page = await browser.get('/clients');
    expect(page.status).toBe(503);
    expect(page.text).toContain('The database does not answer');
    expect(page.headers['retry-after']).toBe('5');
    expect((await api.get('/clients').expect(503)).body).toMatchObject({ error: 'unavailable' });
    await outside.cut(`ALTER DATABASE "${name}_away" RENAME TO "${name}"`);
    expect(await status()).toBe(200);
  });
});

describe('A disk that is full', () => {
  const world = new World('sqlite');
  beforeAll(() => world.open({ LOG_LEVEL: 'silent' }));
  afterAll(() => world.close());

  const limit = (pages: number): Promise<unknown> =>
    world.database.write((tx) => tx.entities.query(`PRAGMA max_page_count = ${pages}`));

  it('keeps nothing of what came last, says so, and shows everything else', async () => {
    const api = await world.api(await world.admin());
    const add = (n: number) =>
      api.post('/clients', { name: `${n} ${'Nordia '.repeat(28)}`.slice(0, 200).trim() });
    // No more pages than there are: what SQLite says of a full disk. Some rows still find room in those.
    await limit(1);
    const saved: string[] = [];
    let answer = await add(0);
    for (let n = 1; answer.status === 201 && n < 1000; n += 1) {
      saved.push((answer.body as { name: string }).name);
      answer = await add(n);
    }
    expect(answer.status).toBe(507);
    expect(answer.body).toMatchObject({
      error: 'storage_full',
      message: expect.stringContaining('is not saved') as string,
    });
    const kept = await world.database.read((db) => db.rows(sql`SELECT name FROM client`, { name: text }));
    expect(kept.map(({ name }) => name).sort()).toEqual(saved.sort());
    await limit(4_294_967_294);
    expect((await add(1000)).status).toBe(201);
  });
});
