import sql from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { insertRows } from '../../src/database/bulk-insert.js';
import { integer, text } from '../../src/database/rows.js';
import { ListHeads } from '../../src/prospects/search/list-heads.queries.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('how many prospects stand at each status', (world) => {
  let admin: Actor;
  let clientId: string;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
  });

  const shown = async () => Object.fromEntries((await world.get(ListHeads).of(admin, clientId)).counts);
  const found = async () => {
    const rows = await world.database.read((db) =>
      db.rows(
        sql`SELECT status, COUNT(*) AS size FROM prospect WHERE client_id = ${clientId} GROUP BY status`,
        { status: text, size: integer },
      ),
    );
    return Object.fromEntries(rows.map(({ status, size }) => [status, size]));
  };

  it('follows who comes, moves and goes', async () => {
    const before = (await shown())['new'] ?? 0;
    const ids = [
      await prospectOf(world, clientId, { firstName: 'Ada', lastName: 'Un' }),
      await prospectOf(world, clientId, { firstName: 'Bea', lastName: 'Deux' }),
      await prospectOf(world, clientId, { firstName: 'Cleo', lastName: 'Trois' }),
    ];
    expect((await shown())['new']).toBe(before + 3);
    await world.get(Statuses).change(admin, ids[0]!, { to: 'interested' });
    expect(await shown()).toMatchObject({ new: before + 2, interested: 1 });
    await world.database.write((tx) => tx.run(sql`DELETE FROM prospect WHERE id = ${ids[1]!}`));
    expect((await shown())['new']).toBe(before + 1);
    expect(await shown()).toEqual(await found());
  });

  it('counts nobody twice who was there already, and nobody whose coming was taken back', async () => {
    const id = await prospectOf(world, clientId, { firstName: 'Dora', lastName: 'Quatre' });
    const now = world.clock.now();
    const row = [
      id,
      clientId,
      'Dora Quatre',
      'quatre dora',
      '',
      'dora quatre',
      'replied',
      now,
      'import',
      now,
      now,
      now,
    ];
    const columns = ['id', 'client_id', 'full_name', 'sort_name', 'company_sort', 'search_text', 'status', 'status_at']
      .concat(['source', 'created_at', 'updated_at', 'last_activity_at']); // prettier-ignore
    await world.database.write((tx) => insertRows(tx, 'prospect', columns, [row], 'ignore'));
    expect(await shown()).toEqual(await found());
    const coming = world.database.write(async (tx) => {
      await tx.run(sql`UPDATE prospect SET status = 'later' WHERE id = ${id}`);
      throw new Error('a change of mind');
    });
    await expect(coming).rejects.toThrow('a change of mind');
    expect(await shown()).toEqual(await found());
  });

  it('forgets a status nobody stands at', async () => {
    const id = await prospectOf(world, clientId, { firstName: 'Eve', lastName: 'Cinq' });
    await world.database.write((tx) =>
      tx.run(sql`UPDATE prospect SET status = 'unreachable' WHERE id = ${id}`),
    );
    expect((await shown())['unreachable']).toBe(1);
    await world.database.write((tx) => tx.run(sql`UPDATE prospect SET status = 'new' WHERE id = ${id}`));
    expect(Object.keys(await shown())).not.toContain('unreachable');
  });
});
