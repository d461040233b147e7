import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { AuditQueries } from '../../src/accounts/audit.queries.js';
import { Profile } from '../../src/accounts/profile.service.js';
import { SignIn } from '../../src/accounts/sign-in.service.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the audit trail', (world) => {
  const trail = async (admin: Actor, act: string) => {
    const { items } = await world.get(AuditQueries).list(admin, { limit: 200 });
    return items.filter((entry) => entry.act === act);
  };

  it('tells of failed sign-ins, of whom and from where, never with what; five of one address in ten minutes', async () => {
    const admin = await world.admin();
    const tries = (origin: string, email: string): Promise<unknown> =>
      world
        .get(SignIn)
        .signIn(email, 'hunter2-is-my-password', origin)
        .catch((error: unknown) => error);
    for (let n = 0; n < 8; n += 1) await tries('203.0.113.7', 'ada@epure.example');
    await tries('203.0.113.8', 'nobody@epure.example');
    const failed = await trail(admin, 'user.sign_in_failed');
    expect(failed.filter(({ origin }) => origin === '203.0.113.7')).toHaveLength(5);
    expect(failed.map(({ subjectId }) => subjectId)).toEqual([null, ...Array<string>(5).fill(admin.userId)]);
    expect(failed[1]!.details).toEqual({ silentMinutes: 10 });
    expect(JSON.stringify(failed)).not.toContain('hunter2');
    world.clock.set(new Date(world.clock.now().getTime() + 10 * 60_000 + 1000));
    await tries('203.0.113.7', 'ada@epure.example');
    expect(await trail(admin, 'user.sign_in_failed')).toHaveLength(7);
  });

  it('a flood from many addresses fills no disk: sixty lines in ten minutes', async () => {
    const admin = await world.admin();
    world.clock.set(new Date(world.clock.now().getTime() + 3_600_000));
    const before = (await trail(admin, 'user.sign_in_failed')).length;
    await Promise.all(
      Array.from({ length: 70 }, (_, n) =>
        world
          .get(SignIn)
          .signIn('x@y.example', 'wrong password', `198.51.100.${n}`)
          .catch(() => null),
      ),
    );
    const after = (await trail(admin, 'user.sign_in_failed')).length;
    // On PostgreSQL those of one moment do not see each other: the pool bounds how many.
    expect(after - before).toBeGreaterThanOrEqual(60);
    expect(after - before).toBeLessThanOrEqual(70);
    await world
      .get(SignIn)
      .signIn('x@y.example', 'wrong password', '192.0.2.1')
      .catch(() => null);
    expect((await trail(admin, 'user.sign_in_failed')).length).toBe(after);
  });

  it('tells of leaving one browser, and of one’s own settings by their name', async () => {
    const admin = await world.admin();
    const browser = await world.browser(admin);
    await browser.submit('/sign-out', {});
    expect(await trail(admin, 'user.signed_out')).toHaveLength(1);
    await world.get(Profile).rename(admin, 'Ada Lovelace');
    await world.get(Profile).speak(admin, 'fr');
    await world.get(Profile).wear(admin, 'dark');
    const changed = await trail(admin, 'user.changed_profile');
    expect(changed.map(({ details }) => details)).toEqual([
      { changed: 'theme' },
      { changed: 'locale' },
      { changed: 'name' },
    ]);
  });

  it('tells how many were put on a list and taken off, and says nothing of those who were there already', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world);
    const ids = [await prospectOf(world, client.id), await prospectOf(world, client.id)];
    const lists = world.get(Lists);
    const list = await lists.create(admin, client.id, 'Salon');
    await lists.enlist(admin, list.id, ids);
    await lists.enlist(admin, list.id, ids);
    await lists.delist(admin, list.id, [ids[0]!]);
    expect((await trail(admin, 'list.enlisted')).map(({ details }) => details)).toEqual([{ prospects: 2 }]);
    expect((await trail(admin, 'list.delisted')).map(({ details }) => details)).toEqual([{ prospects: 1 }]);
  });

  it('tells of a new list, whether it is made by itself, for an act on many or for a file', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world);
    const ids = [await prospectOf(world, client.id)];
    const made = async () =>
      (await trail(admin, 'list.created')).filter(({ clientId }) => clientId === client.id).length;
    await world.get(Lists).create(admin, client.id, 'Salon');
    expect(await made()).toBe(1);
    const toNew = { kind: 'enlist', newList: 'Relance', prospectIds: ids } as const;
    await world.get(BulkActs).open(admin, client.id, { ...toNew, prospectIds: [...ids] });
    expect(await made()).toBe(2);
    const file = sheet('Email', 'paul@morel.example');
    for (const listName of ['Avril', 'Salon']) await bringIn(world, admin, client.id, file, { listName });
    // The second file went onto the list that was there.
    expect(await made()).toBe(3);
  });

  it('tells of each opposition a status entered', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world);
    const id = await prospectOf(world, client.id, { email: 'paul@dupont.example' });
    await world.get(Statuses).change(admin, id, { to: 'do_not_contact', reason: 'asked' });
    const added = (await trail(admin, 'suppression.added')).filter(({ clientId }) => clientId === client.id);
    expect(added.map(({ details }) => details)).toEqual([{ kind: 'email', source: 'status' }]);
  });

  it('two clicks at the same moment enter one opposition, and both are given it', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world);
    const list = world.get(SuppressionList);
    for (const clientId of [client.id, null]) {
      for (const channels of [undefined, ['email', 'call'] as const]) {
        const input = {
          kind: 'email' as const,
          value: `twice${channels?.length ?? 0}@x.example`,
          reason: 'asked',
          ...(channels ? { channels: [...channels] } : {}),
        };
        const entries = await Promise.all([1, 2, 3].map(() => list.add(admin, clientId, input)));
        expect(new Set(entries.map(({ id }) => id)).size).toBe(1);
        await list.lift(admin, entries[0]!.id, 'a mistake');
        expect((await list.add(admin, clientId, input)).id).not.toBe(entries[0]!.id);
      }
    }
  });
});
