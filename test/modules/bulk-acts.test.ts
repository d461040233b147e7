import sql from 'sql-template-tag';
import { beforeAll, expect, it, vi } from 'vitest';
import { AccessQueries } from '../../src/accounts/access.queries.js';
import type { Actor } from '../../src/accounts/actor.js';
import { AuditEntry } from '../../src/accounts/audit-entry.entity.js';
import { ClientTeam } from '../../src/clients/client-team.service.js';
import { integer, text } from '../../src/database/rows.js';
import type { BulkActInput } from '../../src/prospects/bulk-acts/bulk-act.dto.js';
import { BulkActQueries } from '../../src/prospects/bulk-acts/bulk-acts.queries.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { BulkRunner } from '../../src/prospects/bulk-acts/bulk-runner.service.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { SavedFilters } from '../../src/prospects/lists/saved-filters.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../src/shared/errors.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('An act on many prospects', (world) => {
  let admin: Actor;
  let sam: Actor;
  let nora: Actor;
  let clientId: string;
  let stranger: Actor;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
    nora = await world.person('sdr', [clientId], 'Nora');
    stranger = await world.person('sdr', [], 'Stranger');
  });

  const acts = () => world.get(BulkActs);
  const seen = (id: string) => world.get(BulkActQueries).get(admin, id);
  const trailOf = (subjectId: string) =>
    world.database.read((db) => db.entities.find(AuditEntry, { where: { subjectId }, order: { id: 'ASC' } }));
  const statusOf = async (id: string) => (await world.get(ProspectQueries).get(admin, id)).status;

  async function counted(actor: Actor, input: BulkActInput, client = clientId) {
    const { id } = await acts().open(actor, client, input);
    await acts().settled(id, 30);
    return seen(id);
  }
  async function done(actor: Actor, id: string) {
    await acts().start(actor, id);
    await acts().settled(id, 30);
    return seen(id);
  }
  async function undone(actor: Actor, id: string) {
    await acts().undo(actor, id);
    await acts().settled(id, 30);
    return seen(id);
  }

  it('says first whom it would change and why not the others; then does it; then takes it back, save who moved since', async () => {
    const { client } = await readyClient(world, 'Moves');
    const people = await Promise.all(
      ['Ada', 'Bea', 'Cid'].map((firstName) =>
        prospectOf(world, client.id, { firstName, companyName: 'Tri' }),
      ),
    );
    const booked = await prospectOf(world, client.id, { companyName: 'Tri', status: 'meeting_booked' });
    const already = await prospectOf(world, client.id, { companyName: 'Tri', status: 'replied' });
    await prospectOf(world, client.id, { companyName: 'Other' });
    const act = await counted(admin, { kind: 'status', to: 'replied', filter: { q: 'tri' } }, client.id);
    expect(act).toMatchObject({
      state: 'counted',
      total: 5,
      able: 3,
      changed: 0,
      reasons: { from_meeting_booked: 1, already: 1 },
    });
    expect(await statusOf(people[0]!)).toBe('new');
    expect(await done(admin, act.id)).toMatchObject({ state: 'done', changed: 3 });
    expect(await Promise.all(people.map(statusOf))).toEqual(['replied', 'replied', 'replied']);
    expect(await statusOf(booked)).toBe('meeting_booked');
    const left = (await world.get(BulkActQueries).left(admin, act.id)).items;
    expect(left.map(({ prospectId, reason }) => [prospectId, reason]).sort()).toEqual(
      [
        [booked, 'from_meeting_booked'],
        [already, 'already'],
      ].sort(),
    );
    await world.get(Statuses).change(admin, people[1]!, { to: 'interested' });
    expect(await undone(admin, act.id)).toMatchObject({
      state: 'undone',
      undone: 2,
      keptReasons: { changed_since: 1 },
    });
    expect(await Promise.all(people.map(statusOf))).toEqual(['new', 'interested', 'new']);
    const kept = (await world.get(BulkActQueries).left(admin, act.id)).items;
    expect(kept.map(({ prospectId }) => prospectId)).toEqual([people[1]]);
  });

  it('an objection in bulk puts everybody on the list, and its undo, by a manager, takes them off again', async () => {
    const id = await prospectOf(world, clientId, { email: 'stop@bulk.example' });
    const act = await counted(sam, { kind: 'suppress', reason: 'Demandé au salon', prospectIds: [id] });
    expect(await done(sam, act.id)).toMatchObject({ changed: 1 });
    expect(await statusOf(id)).toBe('do_not_contact');
    await expect(acts().undo(sam, act.id)).rejects.toBeInstanceOf(NotAllowed);
    expect(await undone(admin, act.id)).toMatchObject({ state: 'undone', undone: 1 });
    expect(await statusOf(id)).toBe('new');
    const inForce = await world.database.read((db) =>
      db.row(
        sql`SELECT COUNT(*) AS n FROM suppression WHERE value = 'stop@bulk.example' AND removed_at IS NULL`,
        { n: integer },
      ),
    );
    expect(inForce).toEqual({ n: 0 });
  });

  it('lists: on, off, and back as it was', async () => {
    const ids = [await prospectOf(world, clientId), await prospectOf(world, clientId)];
    const list = await world.get(Lists).create(admin, clientId, 'Salon de Lyon');
    await world.get(Lists).enlist(admin, list.id, [ids[0]!]);
    const on = await counted(admin, { kind: 'enlist', listId: list.id, prospectIds: ids });
    expect(on).toMatchObject({ able: 1, reasons: { already: 1 } });
    await done(admin, on.id);
    const size = async () =>
      (await world.get(Lists).of(admin, clientId)).find(({ id }) => id === list.id)!.size;
    expect(await size()).toBe(2);
    const off = await counted(admin, { kind: 'delist', listId: list.id, filter: { list: list.id } });
    await done(admin, off.id);
    expect(await size()).toBe(0);
    await undone(admin, off.id);
    expect(await size()).toBe(2);
    await undone(admin, on.id);
    expect(await size()).toBe(1);
  });

  it('owners take turns, so that each gets as many; an SDR hands on only what is free or theirs', async () => {
    const { client } = await readyClient(world, 'Turns');
    const tim = await world.person('sdr', [client.id], 'Tim');
    const ugo = await world.person('sdr', [client.id], 'Ugo');
    for (let nth = 0; nth < 5; nth += 1) await prospectOf(world, client.id, { ownerId: admin.userId });
    const owners = [tim.userId, ugo.userId];
    const act = await counted(admin, { kind: 'owner', ownerIds: owners, filter: { owner: 'me' } }, client.id);
    await done(admin, act.id);
    const sizes = await Promise.all(
      owners.map((owner) => world.get(ProspectList).size(admin, client.id, { owner })),
    );
    expect(sizes.map(({ size }) => size)).toEqual([3, 2]);
    const own = await counted(tim, { kind: 'owner', ownerIds: [tim.userId], filter: {} }, client.id);
    expect(own).toMatchObject({ total: 5, able: 0, reasons: { already: 3, not_yours: 2 } });
    await expect(
      acts().open(tim, client.id, { kind: 'owner', ownerIds: [ugo.userId], filter: {} }),
    ).rejects.toBeInstanceOf(NotAllowed);
    await expect(
      acts().open(admin, client.id, { kind: 'owner', ownerIds: [nora.userId], filter: {} }),
    ).rejects.toBeInstanceOf(InvalidInput);
    expect(await undone(admin, act.id)).toMatchObject({ undone: 5 });
    expect((await world.get(ProspectList).size(admin, client.id, { owner: 'me' })).size).toBe(5);
  });

  it('taken back by a manager it is their own word in the history, though whoever began it has left the client', async () => {
    const { client } = await readyClient(world, 'Leavers');
    const lou = await world.person('sdr', [client.id], 'Lou');
    const id = await prospectOf(world, client.id);
    const act = await counted(lou, { kind: 'status', to: 'replied', prospectIds: [id] }, client.id);
    await done(lou, act.id);
    const waiting = await counted(lou, { kind: 'status', to: 'interested', prospectIds: [id] }, client.id);
    await world.get(ClientTeam).unassign(admin, client.id, lou.userId);

    expect(await undone(admin, act.id)).toMatchObject({ state: 'undone', undone: 1 });
    expect(await statusOf(id)).toBe('new');
    const history = await world.get(ProspectQueries).history(admin, id);
    const byWhom = history.filter(({ kind }) => kind !== 'prospect.created').map(({ userName }) => userName);
    expect([...byWhom].sort()).toEqual(['Ada Admin', 'Lou']);
    // What Lou only counted is a manager's to start, and then a manager's act.
    expect(await done(admin, waiting.id)).toMatchObject({ state: 'done', changed: 1 });
    expect(await statusOf(id)).toBe('interested');
  });

  it('goes no further once whoever asked for it has left the client: it failed, and what was done stays', async () => {
    const { client } = await readyClient(world, 'Gone');
    const mia = await world.person('sdr', [client.id], 'Mia');
    const id = await prospectOf(world, client.id);
    const act = await counted(mia, { kind: 'status', to: 'replied', prospectIds: [id] }, client.id);
    await world.database.write(async (tx) => {
      await tx.run(sql`DELETE FROM client_access WHERE user_id = ${mia.userId}`);
      await tx.run(sql`UPDATE bulk_act SET state = 'running' WHERE id = ${act.id}`);
    });
    world.get(BulkRunner).start(act.id);
    await world.get(BulkRunner).finished(act.id);
    const failed = await seen(act.id);
    expect(failed).toMatchObject({ state: 'failed', changed: 0 });
    expect(failed.finishedAt).not.toBeNull();
    expect(await statusOf(id)).toBe('new');
    expect(await trailOf(act.id)).toMatchObject([
      { act: 'bulk.failed', userId: null, details: { kind: 'status', prospects: 0, cause: 'left_client' } },
    ]);
  });

  it('stops at its next people when its author is taken off the client while it runs; a manager takes it back', async () => {
    const { client } = await readyClient(world, 'Midway');
    const kim = await world.person('sdr', [client.id], 'Kim');
    for (let nth = 0; nth < 250; nth += 1) await prospectOf(world, client.id);
    const act = await counted(kim, { kind: 'status', to: 'replied', filter: {} }, client.id);
    const access = world.get(AccessQueries);
    const actorOf = access.actorOfUser.bind(access);
    let asked = 0;
    vi.spyOn(access, 'actorOfUser').mockImplementation(async (userId) => {
      asked += 1;
      if (asked === 2) await world.get(ClientTeam).unassign(admin, client.id, kim.userId);
      return actorOf(userId);
    });
    const failed = await done(kim, act.id).catch(() => seen(act.id));
    vi.restoreAllMocks();
    expect(failed).toMatchObject({ state: 'failed', changed: 25 });
    expect(await undone(admin, act.id)).toMatchObject({ state: 'undone', undone: 25 });
    expect((await world.get(ProspectList).size(admin, client.id, { status: 'new' })).size).toBe(250);
    const trail = await trailOf(act.id);
    expect(trail.map(({ act: said, userId, details }) => [said, userId, details?.['prospects']])).toEqual([
      ['bulk.failed', null, 25],
      ['bulk.undone', admin.userId, 25],
    ]);
  });

  it('a double click opens one act, starts it once and changes nobody twice', async () => {
    const id = await prospectOf(world, clientId);
    const order: BulkActInput = { kind: 'status', to: 'replied', prospectIds: [id], clickKey: 'one-click' };
    const first = await acts().open(sam, clientId, order);
    const second = await acts().open(sam, clientId, order);
    expect(second.id).toBe(first.id);
    await Promise.all([
      acts().start(sam, first.id),
      acts()
        .start(sam, first.id)
        .catch(() => null),
    ]);
    await acts().settled(first.id, 30);
    expect(await seen(first.id)).toMatchObject({ state: 'done', changed: 1 });
    const moves = await world.database.read((db) =>
      db.row(sql`SELECT COUNT(*) AS n FROM activity WHERE prospect_id = ${id} AND kind = 'status'`, {
        n: integer,
      }),
    );
    expect(moves).toEqual({ n: 1 });
    await expect(acts().start(nora, first.id)).rejects.toBeInstanceOf(NotAllowed);
    await expect(acts().start(stranger, first.id)).rejects.toBeInstanceOf(NotFound);
    await expect(acts().cancel(sam, first.id)).rejects.toBeInstanceOf(Conflict);
  });

  it('stopped in the middle, the trail says by whom and after how many', async () => {
    const { client } = await readyClient(world, 'Halfway');
    for (let nth = 0; nth < 250; nth += 1) await prospectOf(world, client.id);
    const act = await counted(admin, { kind: 'owner', ownerIds: [admin.userId], filter: {} }, client.id);
    const access = world.get(AccessQueries);
    const actorOf = access.actorOfUser.bind(access);
    let asked = 0;
    vi.spyOn(access, 'actorOfUser').mockImplementation(async (userId) => {
      asked += 1;
      if (asked === 2) await acts().cancel(admin, act.id);
      return actorOf(userId);
    });
    const stopped = await done(admin, act.id);
    vi.restoreAllMocks();
    expect(stopped).toMatchObject({ state: 'cancelled', changed: 100 });
    expect(stopped.finishedAt).not.toBeNull();
    expect(await trailOf(act.id)).toMatchObject([
      { act: 'bulk.cancelled', userId: admin.userId, details: { kind: 'owner', prospects: 100 } },
    ]);
  });

  it('a key is of one act: asked again for another client, another act or other people, it is refused', async () => {
    const { client } = await readyClient(world, 'Second key');
    const [one, other] = [await prospectOf(world, clientId), await prospectOf(world, clientId)];
    const foreign = await prospectOf(world, client.id);
    const clickKey = 'used-once';
    const order = { kind: 'status' as const, to: 'unreachable' as const, prospectIds: [one], clickKey };
    const first = await acts().open(admin, clientId, order);
    await done(admin, first.id);
    expect((await acts().open(admin, clientId, order)).id).toBe(first.id);
    const others: [string, BulkActInput][] = [
      [client.id, { kind: 'suppress', reason: 'y', prospectIds: [foreign], clickKey }],
      [clientId, { kind: 'suppress', reason: 'y', prospectIds: [one], clickKey }],
      [clientId, { ...order, to: 'invalid' }],
      [clientId, { ...order, prospectIds: [other] }],
      [clientId, { kind: 'status', to: 'unreachable', filter: {}, clickKey }],
    ];
    for (const [id, input] of others)
      await expect(acts().open(admin, id, input)).rejects.toMatchObject({ code: 'prospects.clickKeyUsed' });
    const named = { kind: 'enlist' as const, newList: 'Une seule', filter: {}, clickKey: 'new-list' };
    const made = await acts().open(admin, clientId, named);
    expect((await acts().open(admin, clientId, named)).id).toBe(made.id);
    await expect(acts().open(admin, clientId, { ...named, newList: 'Autre' })).rejects.toMatchObject({
      code: 'prospects.clickKeyUsed',
    });
    await acts().settled(made.id, 30);
  });

  it('one cut off in the middle goes on from where it stood, and nobody is moved twice', async () => {
    const { client } = await readyClient(world, 'Cut');
    for (let nth = 0; nth < 250; nth += 1) await prospectOf(world, client.id);
    const act = await counted(
      admin,
      { kind: 'status', to: 'interested', filter: { status: 'new' } },
      client.id,
    );
    expect(act).toMatchObject({ total: 250, able: 250 });
    await acts().start(admin, act.id);
    // As a crash leaves it: the first chunk is committed, the process is gone, and nothing has moved for a while.
    await world.get(BulkRunner).onModuleDestroy();
    const stopped = await seen(act.id);
    expect(stopped.state).toBe('running');
    expect(stopped.changed).toBeLessThan(250);
    Object.assign(world.get(BulkRunner), { isClosing: false });
    await world.get(BulkRunner).resume(new Date(world.clock.now().getTime() + 120_000));
    expect(await seen(act.id)).toMatchObject({ state: 'done', changed: 250 });
    const moves = await world.database.read((db) =>
      db.row(
        sql`SELECT COUNT(*) AS n, COUNT(DISTINCT prospect_id) AS people FROM activity WHERE client_id = ${client.id} AND kind = 'status'`,
        { n: integer, people: integer },
      ),
    );
    expect(moves).toEqual({ n: 250, people: 250 });
  });

  it('is forgotten after 90 days, and not before', async () => {
    const id = await prospectOf(world, clientId);
    const act = await counted(admin, { kind: 'status', to: 'replied', prospectIds: [id] });
    const after = (days: number) => new Date(Date.now() + days * 86_400_000);
    await world.get(BulkRunner).forget(after(89));
    expect((await seen(act.id)).total).toBe(1);
    await world.get(BulkRunner).forget(after(91));
    await expect(seen(act.id)).rejects.toBeInstanceOf(NotFound);
    const rows = await world.database.read((db) =>
      db.row(sql`SELECT COUNT(*) AS n FROM bulk_act_row WHERE act_id = ${act.id}`, { n: integer }),
    );
    expect(rows).toEqual({ n: 0 });
  });

  it('stopped, it leaves the rest alone; what was done can be taken back', async () => {
    const { client } = await readyClient(world, 'Stopped');
    for (let nth = 0; nth < 3; nth += 1) await prospectOf(world, client.id);
    const act = await counted(admin, { kind: 'status', to: 'replied', filter: {} }, client.id);
    expect((await acts().cancel(admin, act.id)).state).toBe('cancelled');
    expect((await acts().cancel(admin, act.id)).state).toBe('cancelled');
    expect((await seen(act.id)).finishedAt).not.toBeNull();
    expect(await trailOf(act.id)).toMatchObject([
      { act: 'bulk.cancelled', userId: admin.userId, details: { kind: 'status', prospects: 0 } },
    ]);
    await expect(acts().start(admin, act.id)).rejects.toBeInstanceOf(Conflict);
    expect((await world.get(ProspectList).size(admin, client.id, { status: 'new' })).size).toBe(3);
  });

  it('fifty filters are as many as a menu can hold: the team’s are counted apart from each person’s own', async () => {
    const filters = world.get(SavedFilters);
    const { client } = await readyClient(world, 'Many filters');
    const tia = await world.person('sdr', [client.id], 'Tia');
    const keep = (actor: Actor, name: string, isShared = false) =>
      filters.keep(actor, client.id, { name, filter: { fit: 'fit' }, isShared });
    for (let nth = 1; nth < 50; nth += 1) await keep(tia, `Own ${nth}`);
    const last = await Promise.allSettled([keep(tia, 'Own 50'), keep(tia, 'Own 51')]);
    expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(keep(tia, 'Own 52')).rejects.toMatchObject({
      code: 'prospects.ownFiltersFull',
      params: { most: 50 },
    });
    await keep(admin, 'Admin’s first');
    for (let nth = 1; nth <= 50; nth += 1) await keep(admin, `Team ${nth}`, true);
    await expect(keep(tia, 'Team 51', true)).rejects.toMatchObject({ code: 'prospects.sharedFiltersFull' });
    const [one] = await filters.of(tia, client.id);
    await filters.drop(admin, one!.isShared ? one!.id : (await filters.of(admin, client.id))[1]!.id);
    const api = await world.api(tia);
    const answer = await api.post(`/clients/${client.id}/filters`, {
      name: 'Own 53',
      filter: { fit: 'fit' },
    });
    expect([answer.status, (answer.body as { message: string }).message]).toEqual([
      409,
      expect.stringContaining('50'),
    ]);
    await keep(tia, 'Team 51', true);
  });

  it('saved filters: everybody’s and one’s own, each name once, usable wherever a filter is', async () => {
    const filters = world.get(SavedFilters);
    const { client } = await readyClient(world, 'Filters');
    const tia = await world.person('sdr', [client.id], 'Tia');
    const una = await world.person('sdr', [client.id], 'Una');
    await prospectOf(world, client.id, { status: 'interested', lastName: 'Found', ownerId: tia.userId });
    await prospectOf(world, client.id, { status: 'interested', lastName: 'Other' });
    const keep = (actor: Actor, isShared: boolean) =>
      filters.keep(actor, client.id, {
        name: 'À rappeler',
        filter: { status: 'interested', owner: 'me' },
        isShared,
      });
    const shared = await keep(tia, true);
    const tries = await Promise.allSettled([keep(una, false), keep(una, false)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(
      filters.keep(una, client.id, { name: 'a RAPPELER', filter: { fit: 'fit' }, isShared: true }),
    ).rejects.toBeInstanceOf(Conflict);
    await expect(filters.keep(una, client.id, { name: 'Vide', filter: {} })).rejects.toBeInstanceOf(
      InvalidInput,
    );
    const namesFor = async (actor: Actor) =>
      (await filters.of(actor, client.id)).map(({ isShared }) => isShared);
    expect(await namesFor(tia)).toEqual([true]);
    expect((await namesFor(una)).sort()).toEqual([false, true]);
    const list = world.get(ProspectList);
    const found = async (actor: Actor, filter: object) =>
      (await list.page(actor, client.id, { segment: shared.id, ...filter })).items.length;
    expect([await found(tia, {}), await found(una, {})]).toEqual([1, 0]);
    expect([await found(tia, { q: 'found' }), await found(tia, { status: 'new' })]).toEqual([1, 0]);
    const own = (await filters.of(una, client.id)).find(({ isShared }) => !isShared)!;
    await expect(list.page(tia, client.id, { segment: own.id })).rejects.toBeInstanceOf(NotFound);
    await expect(filters.drop(tia, own.id)).rejects.toBeInstanceOf(NotFound);
    await expect(filters.drop(una, shared.id)).rejects.toBeInstanceOf(NotAllowed);
    const act = await counted(
      tia,
      { kind: 'status', to: 'replied', filter: { segment: shared.id } },
      client.id,
    );
    expect(act).toMatchObject({ total: 1, able: 1 });
  });

  it('of two lists made under one name at the same moment, one is made', async () => {
    const lists = world.get(Lists);
    const tries = await Promise.allSettled([
      lists.create(admin, clientId, 'Été'),
      lists.create(admin, clientId, 'été'),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rows = await world.database.read((db) =>
      db.rows(sql`SELECT id FROM list WHERE client_id = ${clientId} AND name_key = 'ete'`, { id: text }),
    );
    expect(rows).toHaveLength(1);
  });
});
