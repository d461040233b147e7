import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import { bringIn, outcomeOf, sheet } from '../support/import-stories.js';
import { type Outside, outsideOf } from '../support/outages.js';
import { World } from '../support/world.js';

/* Long works while the connections to PostgreSQL are cut again and again: they go on, and nobody is told of a failure. */
describe('A long work', () => {
  const world = new World('postgres');
  let admin: Actor;
  let outside: Outside;

  beforeAll(async () => {
    await world.open({ LOG_LEVEL: 'silent' });
    admin = await world.admin();
    outside = await outsideOf(world);
  });
  afterAll(() => world.close());

  it('of bringing a list in ends as though nothing had been', async () => {
    const people = Array.from(
      { length: 4000 },
      (_, n) => `Ada,Nr${n},Maison ${n % 700},ada.${n}@maison.example`,
    );
    const list = sheet('firstName,lastName,companyName,email', ...people);
    const api = await world.api(admin);
    const client = async (name: string) => ((await api.post('/clients', { name })).body as { id: string }).id;
    const undisturbed = await bringIn(world, admin, await client('Entière'), list);

    const answer = await api.upload(`/clients/${await client('Coupée')}/imports`, list);
    const { id } = answer.body as { id: string };
    let isDone = false;
    const finished = world
      .get(ImportRunner)
      .finished(id)
      .then(() => (isDone = true));
    let cuts = 0;
    for (; !isDone && cuts < 6; cuts += 1) {
      const { rows: before } = await outcomeOf(api, id);
      while (!isDone && (await outcomeOf(api, id)).rows === before) await pass(5);
      if (!isDone) await outside.cut();
    }
    await finished;
    expect(cuts).toBeGreaterThan(1);
    const { status, rows, created, failed } = await outcomeOf(api, id);
    expect({ status, rows, created, failed }).toEqual({
      status: 'done',
      rows: undisturbed.rows,
      created: undisturbed.created,
      failed: 0,
    });
  });
});
