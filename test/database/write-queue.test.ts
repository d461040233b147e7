import { EventEmitter2 } from '@nestjs/event-emitter';
import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';
import type { Tx } from '../../src/database/db.js';
import { integer } from '../../src/database/rows.js';
import { TakenBack } from '../../src/database/store.js';
import { onBothDatabases } from '../support/world.js';

const add = (id: string) =>
  sql`INSERT INTO agency (id, name, locale, time_zone, created_at) VALUES (${id}, 'x', 'fr', 'Europe/Paris', ${new Date()})`;

onBothDatabases('the one door', (world) => {
  const count = async (): Promise<number> =>
    (await world.database.read((db) => db.row(sql`SELECT COUNT(*) n FROM agency`, { n: integer })))!.n;

  it('keeps the writes it acknowledged while another request rolls back around them', async () => {
    let letGo!: () => void;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const doomed = world.database.write(async (tx) => {
      await tx.run(add('a'));
      await held;
      throw new Error('changed my mind');
    });
    const others = ['b', 'c'].map((id) => world.database.write((tx) => tx.run(add(id))));
    setImmediate(letGo);
    await expect(doomed).rejects.toThrow('changed my mind');
    await Promise.all(others);
    expect(await count()).toBe(2);
  });

  it('rolls entity writes back with raw ones', async () => {
    const before = await count();
    const doomed = world.database.write(async (tx) => {
      await tx.entities.save('Agency', {
        id: 'd',
        name: 'x',
        locale: 'fr',
        timeZone: 'Europe/Paris',
        createdAt: new Date(),
      });
      await tx.run(add('e'));
      throw new Error('no');
    });
    await expect(doomed).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it('shows readers nothing that is not committed', async () => {
    const before = await count();
    let [letRead, letCommit] = [(): void => undefined, (): void => undefined];
    const inserted = new Promise<void>((resolve) => (letRead = resolve));
    const looked = new Promise<void>((resolve) => (letCommit = resolve));
    const seen = inserted.then(count);
    void seen.finally(() => letCommit());
    await world.database.write(async (tx) => {
      await tx.run(add('f'));
      letRead();
      await looked;
    });
    expect(await seen).toBe(before);
    expect(await count()).toBe(before + 1);
  });

  it('of fifty writes at once the failing ones leave nothing, and every other one is there once acknowledged', async () => {
    const before = await count();
    const answers = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) =>
        world.database.write(async (tx) => {
          await tx.run(add(`many-${at}`));
          if (at % 5 === 0) throw new Error('no');
          return at;
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(await count()).toBe(before + 40);
    await world.database.write((tx) => tx.run(sql`DELETE FROM agency WHERE id LIKE 'many-%'`));
    expect(await count()).toBe(before);
  });

  it('refuses a door inside a door, which would wait for itself, however deep', async () => {
    const nested = [
      () => world.database.write(async () => 1),
      () => world.database.read(async () => 1),
      async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return (await Promise.all([deep(30)]))[0];
      },
    ];
    const deep = async (levels: number): Promise<number> => {
      await Promise.resolve();
      return levels > 0 ? await deep(levels - 1) : world.database.write(async () => 1);
    };
    for (const open of nested) await expect(world.database.write(() => open())).rejects.toThrow('pass tx on');
  });

  it('gives instants back to the millisecond, whichever way they were written', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    await world.database.write(async (tx) => {
      await tx.entities.insert('Agency', {
        id: 'g',
        name: 'x',
        locale: 'fr',
        timeZone: 'Europe/Paris',
        createdAt: at,
      });
      await tx.run(sql`UPDATE agency SET created_at = ${at} WHERE id = 'f'`);
    });
    const found = await world.database.read((db) => db.entities.findBy('Agency', [{ id: 'f' }, { id: 'g' }]));
    expect(found.map((row) => (row as unknown as { createdAt: Date }).createdAt)).toEqual([at, at]);
  });

  it('announces news after commit only', async () => {
    const { EventEmitter2 } = await import('@nestjs/event-emitter');
    const heard: number[] = [];
    world.get(EventEmitter2).on('test.news', () => void count().then((n) => heard.push(n)));
    const before = await count();
    await world.database.write(async (tx) => {
      await tx.run(add('h'));
      tx.announce({ named: 'test.news' });
    });
    await world.database
      .write(async (tx) => {
        tx.announce({ named: 'test.news' });
        throw new Error('no news then');
      })
      .catch(() => undefined);
    expect(await count()).toBe(before + 1);
    expect(heard).toEqual([before + 1]);
  });

  it('of writes that share a commit, the one that fails alone is taken back', async () => {
    const before = await count();
    const soon = (id: string, fails = false) =>
      world.database.writeSoon(async (tx) => {
        await tx.run(add(id));
        if (fails) throw new Error('no');
      });
    const ended = await Promise.allSettled([soon('soon-1'), soon('soon-2', true), soon('soon-3')]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await count()).toBe(before + 2);
  });

  describe('parts of a long work', () => {
    const part = (id: string) => world.database.writePart((tx) => tx.run(add(id)));
    const forget = () => world.database.write((tx) => tx.run(sql`DELETE FROM agency WHERE id LIKE 'part-%'`));

    it('are there once kept, and see one another before', async () => {
      const before = await count();
      const first = await part('part-1');
      const second = await world.database.writePart(
        async (tx) => (await tx.row(sql`SELECT COUNT(*) n FROM agency`, { n: integer }))!.n,
      );
      expect(second.result).toBe(before + 1);
      await Promise.all([first.kept, second.kept]);
      expect(await count()).toBe(before + 1);
      await forget();
    });

    it('do not keep anybody else waiting: a write between them is acknowledged with them', async () => {
      const before = await count();
      const { kept } = await part('part-2');
      await world.database.write((tx) => tx.run(add('part-3')));
      expect(await count()).toBe(before + 2);
      await kept;
      await forget();
    });

    const failing = (write: (work: (tx: Tx) => Promise<void>) => Promise<unknown>): Promise<unknown> =>
      write(async (tx) => {
        await tx.run(add('part-5'));
        throw new Error('no');
      });

    it('stay when another write after them fails', async () => {
      const before = await count();
      const first = await part('part-4');
      await expect(failing((work) => world.database.write(work))).rejects.toThrow('no');
      await first.kept;
      expect(await count()).toBe(before + 1);
      await forget();
    });

    it('are there or say they are not, when another part after them fails; what was acknowledged stays', async () => {
      const before = await count();
      const early = await part('part-4');
      await world.database.write((tx) => tx.run(add('part-7')));
      await early.kept;
      const late = await part('part-8');
      await expect(failing((work) => world.database.writePart(work))).rejects.toThrow('no');
      const isKept = await late.kept.then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(TakenBack);
          return false;
        },
      );
      expect(await count()).toBe(before + (isKept ? 3 : 2));
      const next = await part('part-9');
      await next.kept;
      expect(await count()).toBe(before + (isKept ? 4 : 3));
      await forget();
    });

    it('take nothing with them that waits for its commit a moment longer, when the next one fails', async () => {
      const before = await count();
      const first = await part('part-g');
      const soon = world.database.writeSoon((tx) => tx.run(add('part-h')));
      await expect(failing((work) => world.database.writePart(work))).rejects.toThrow('no');
      await Promise.all([soon, first.kept]);
      expect(await count()).toBe(before + 2);
      await forget();
    });

    it('publish their news when they are kept, not before', async () => {
      const heard: string[] = [];
      world.app.get(EventEmitter2).on('part.done', ({ id }: { id: string }) => heard.push(id));
      const { kept } = await world.database.writePart(async (tx) => {
        await tx.run(add('part-6'));
        tx.announce({ named: 'part.done', id: 'part-6' } as never);
      });
      await kept;
      expect(heard).toEqual(['part-6']);
      expect(await count()).toBeGreaterThan(0);
      await forget();
    });
  });
});
