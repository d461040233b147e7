import { expect, it } from 'vitest';
import { writeProspects } from '../bench/prospect-rows.js';
import { carnet, inFolder, openStage } from '../bench/stage.js';

const PEOPLE = 2000;

interface Act {
  id: string;
  state: string;
  able: number;
  changed: number;
  undone: number;
}

/** The act as it is once it has come this far; asked again and again. */
async function until(ask: () => Promise<Act>, isThere: (act: Act) => boolean): Promise<Act> {
  for (let turn = 0; turn < 2000; turn += 1) {
    const act = await ask();
    if (isThere(act)) return act;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It never came to that');
}

it('an act on many killed in the middle (SIGKILL) goes on at the next start: everybody moved, and nobody twice', () =>
  inFolder(async (folder) => {
    const first = await carnet(folder);
    const { database, token } = openStage(folder);
    const { clientId } = writeProspects(database, PEOPLE, { status: 'new' });
    const ask = async (url: string, path: string, body?: object): Promise<Act> => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Act;
    };
    const order = { kind: 'status', to: 'interested', filter: { status: 'new' } };
    const { id } = await ask(first.url, `/clients/${clientId}/bulk-acts`, order);
    const seen = (url: string) => () => ask(url, `/bulk-acts/${id}`);
    const counted = await until(seen(first.url), ({ state }) => state === 'counted');
    expect(counted.able).toBe(PEOPLE);
    await ask(first.url, `/bulk-acts/${id}/start`, {});
    const cut = await until(seen(first.url), ({ changed }) => changed > 0);
    await first.stop('SIGKILL');
    expect(cut.changed).toBeLessThan(PEOPLE);

    const second = await carnet(folder);
    const done = await until(seen(second.url), ({ state }) => state === 'done');
    expect(done.changed).toBe(PEOPLE);
    const facts = database
      .prepare(`SELECT COUNT(*) n, COUNT(DISTINCT prospect_id) people FROM activity WHERE kind = 'status'`)
      .get();
    expect(facts).toEqual({ n: PEOPLE, people: PEOPLE });
    await ask(second.url, `/bulk-acts/${id}/undo`, {});
    expect((await until(seen(second.url), ({ state }) => state === 'undone')).undone).toBe(PEOPLE);
    const statuses = database.prepare('SELECT DISTINCT status FROM prospect').pluck().all();
    expect(statuses).toEqual(['new']);
    database.close();
    await second.stop();
  }));
