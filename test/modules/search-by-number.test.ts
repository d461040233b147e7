import sql from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { text } from '../../src/database/rows.js';
import type { ProspectListQuery } from '../../src/prospects/search/prospect-list.dto.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { ListHeads } from '../../src/prospects/search/list-heads.queries.js';
import { holdersOf } from '../../src/prospects/search/phone-holders.queries.js';
import { ProspectSearch } from '../../src/prospects/search/prospect-search.queries.js';
import { chosenBy } from '../../src/sequences/enrolments/prospect-choice.queries.js';
import { HOSTILE } from '../support/hostile.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('searching by telephone number', (world) => {
  let admin: Actor;
  let sam: Actor;
  let clientId: string;
  let otherId: string;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    otherId = (await readyClient(world, 'Autre')).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
    const person = (client: string, fullName: string, has: object) =>
      prospectOf(world, client, { firstName: fullName, fullName, sortName: fullName.toLowerCase(), ...has });
    await person(clientId, 'Ada', { phone: '+33639981234', status: 'replied' });
    await person(clientId, 'Bob', { mobilePhone: '+33639981234' });
    await person(clientId, 'Cléo', { phone: '+33140000000', mobilePhone: '+33140000000' });
    await person(clientId, 'Dan', { email: '0611111111@dan.example', searchText: 'dan 0611111111' });
    await person(otherId, 'Zoé', { phone: '+33639981234' });
  });

  const listed = async (query: Partial<Record<keyof ProspectListQuery, string>>) =>
    (await world.get(ProspectList).page(admin, clientId, { sort: 'name', ...query } as object)).items.map(
      ({ fullName }) => fullName,
    );
  const found = async (actor: Actor, q: string) =>
    (await world.get(ProspectSearch).find(actor, q)).items.map(({ fullName }) => fullName).sort();

  it('finds on the list of a client who has it as either number, however it is written', async () => {
    for (const q of ['06 39 98 12 34', '+33639981234', '0639981234', '0033 (0)6.39.98.12.34'])
      expect([q, await listed({ q })]).toEqual([q, ['Ada', 'Bob']]);
    expect(await listed({ q: '01 40 00 00 00' })).toEqual(['Cléo']);
    expect(await listed({ q: '06 39 98 12 35' })).toEqual([]);
  });

  it('with the other filters, in every order, page by page, and counted', async () => {
    const q = '06 39 98 12 34';
    expect(await listed({ q, status: 'replied' })).toEqual(['Ada']);
    expect(await listed({ q, owner: 'none', fit: 'unknown', sort: '-name' })).toEqual(['Bob', 'Ada']);
    expect(await listed({ q, sort: 'fitScore' })).toHaveLength(2);
    const list = world.get(ProspectList);
    const first = await list.page(admin, clientId, { q, sort: 'name', limit: 1 });
    const second = await list.page(admin, clientId, { q, sort: 'name', limit: 1, cursor: first.nextCursor! });
    expect([first, second].map(({ items }) => items[0]!.fullName)).toEqual(['Ada', 'Bob']);
    expect(second.nextCursor).toBeNull();
    expect(await list.size(admin, clientId, { q })).toEqual({ size: 2, isMore: false });
    const head = await world.get(ListHeads).of(admin, clientId, { q });
    expect(Object.fromEntries(head.found!)).toEqual({ new: 1, replied: 1 });
    const chosen = await world.database.read((db) => chosenBy(db, admin, clientId, { q }));
    expect(chosen.total).toBe(2);
  });

  it('finds in the quick search over the clients in sight alone', async () => {
    expect(await found(admin, '06 39 98 12 34')).toEqual(['Ada', 'Bob', 'Zoé']);
    expect(await found(sam, '+33 6 39 98 12 34')).toEqual(['Ada', 'Bob']);
    expect(await found(await world.person('sdr', [], 'Personne'), '0639981234')).toEqual([]);
  });

  it('finds by how a number begins, while it is being typed', async () => {
    for (const q of ['06 39 98', '0639981', '+33 6 39 98 1'])
      expect([q, await listed({ q })]).toEqual([q, ['Ada', 'Bob']]);
    expect(await found(sam, '01 40 00')).toEqual(['Cléo']);
    expect(await listed({ q: '06 39 9' })).toEqual([]);
  });

  it('digits in one piece that nobody has as a number are a word as before', async () => {
    expect(await listed({ q: '0611111111' })).toEqual(['Dan']);
    expect(await found(sam, '061111')).toEqual(['Dan']);
    expect(await listed({ q: 'ada' })).toEqual(['Ada']);
    const api = await world.api(admin);
    await api.post(`/clients/${clientId}/prospects/rejudge`, { q: null }).expect(200);
    for (const hostile of HOSTILE) await listed({ q: `${String(hostile)}0639981234` });
  });

  it('a saved filter finds by number too, and says what was asked', async () => {
    const api = await world.api(admin);
    const saved = await api
      .post(`/clients/${clientId}/filters`, { name: 'Qui a appelé', filter: { q: '06 39 98 12 34' } })
      .expect(201);
    const { id } = saved.body as { id: string };
    expect(await listed({ segment: id })).toEqual(['Ada', 'Bob']);
    expect((await world.get(ListHeads).of(admin, clientId, { segment: id })).segment).toEqual({
      q: '06 39 98 12 34',
    });
  });

  it('reads the indices of the two numbers, and walks through no client', async () => {
    const plan = await world.database.write(async (tx) => {
      const select = holdersOf(tx, ['+3363998']);
      if (tx.dialect.name === 'sqlite') {
        const rows = await tx.rows(sql`EXPLAIN QUERY PLAN ${select}`, { detail: text });
        return rows.map(({ detail }) => detail);
      }
      // Six people are read through sooner than any index.
      await tx.run(sql`SET LOCAL enable_seqscan = off`);
      const rows = await tx.rows(sql`EXPLAIN ${select}`, { 'QUERY PLAN': text });
      return rows.map((row) => row['QUERY PLAN']);
    });
    expect(plan.filter((line) => line.includes('IDX_21086a97a6ff5563f9f11590ae'))).toHaveLength(1);
    expect(plan.filter((line) => line.includes('IDX_53f123948b365b844f3b92e8a6'))).toHaveLength(1);
    expect(plan.filter((line) => /SCAN prospect\b|Seq Scan/.test(line))).toEqual([]);
  });
});
