import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import type { Caller } from '../support/caller.js';
import { prospectOf } from '../support/prospect-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

/** What answers hold, as far as these stories look. */
interface Said {
  id: string;
  fullName: string;
  title: string;
  version: number;
  ownerName: string;
  moves: string[];
  legal: string[];
  fields: object;
  items: { id: string }[];
  history: { kind: string }[];
}
const said = (answer: { body: unknown }): Said => answer.body as Said;

onBothDatabases('The API of prospects', (world) => {
  let clientId: string;
  let otherId: string;
  let sam: Actor;
  let api: Caller;
  let managers: Caller;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    clientId = (await readyClient(world)).client.id;
    otherId = (await readyClient(world, 'Other')).client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
    api = await world.api(sam);
    managers = await world.api(await world.person('manager', [clientId], 'Mona'));
  });

  it('a prospect is added, found, corrected, moved, undone and told with its history', async () => {
    const made = await api.post(`/clients/${clientId}/prospects`, {
      firstName: 'Inès',
      lastName: 'Petit',
      email: 'ines@petit.example',
      companyName: 'Petit SA',
    });
    expect([made.status, said(made).fullName, said(made).version]).toEqual([201, 'Inès Petit', 1]);
    const id = said(made).id;
    const found = await api.get(`/clients/${clientId}/prospects?q=ines%20petit&status=new&sort=name&limit=1`);
    expect(found.body).toMatchObject({
      items: [{ id, companyName: 'Petit SA', status: 'new' }],
      nextCursor: null,
    });
    const mended = await api.patch(`/prospects/${id}`, { title: 'CEO', version: 1 });
    expect([mended.status, said(mended).title, said(mended).version]).toEqual([200, 'CEO', 2]);
    expect((await api.patch(`/prospects/${id}`, { title: 'CTO', version: 1 })).status).toBe(409);
    const moved = await api.post(`/prospects/${id}/status`, { to: 'interested', note: 'Good call' });
    expect(moved.body).toMatchObject({ id, status: 'interested', version: 3 });
    expect(said(moved).moves).toContain('not_interested');
    expect((await api.post(`/prospects/${id}/undo`)).body).toMatchObject({ status: 'new', version: 4 });
    expect((await api.post(`/prospects/${id}/notes`, { note: 'Likes tea' })).status).toBe(201);
    const whole = await api.get(`/prospects/${id}`);
    expect(
      said(whole)
        .history.map((fact) => fact.kind)
        .sort(),
    ).toEqual(['note', 'prospect.created', 'status', 'undo']);
    const owned = await api.put(`/prospects/${id}/owner`, { ownerId: sam.userId });
    expect(said(owned).ownerName).toBe('Sam');
  });

  it('an illegal move answers with the legal ones, a bad one with the field', async () => {
    const id = await prospectOf(world, clientId);
    const illegal = await api.post(`/prospects/${id}/status`, { to: 'meeting_held' });
    expect(illegal.status).toBe(409);
    expect(illegal.body).toMatchObject({ error: 'illegal_move', from: 'new', to: 'meeting_held' });
    expect(said(illegal).legal).toContain('interested');
    const opposed = await prospectOf(world, clientId, { status: 'do_not_contact' });
    const final = await api.post(`/prospects/${opposed}/status`, { to: 'replied' });
    expect(final.status).toBe(409);
    expect(final.body).toMatchObject({
      legal: [],
      message:
        'This status is final: this person objected to being contacted. Only lifting the objection, with a reason, leads out of it.',
    });
    for (const [body, field] of [
      [{}, 'to'],
      [{ to: 'happy' }, 'to'],
      [{ to: 'later' }, 'until'],
      [{ to: 'later', until: '2026-13-40' }, 'until'],
      [{ to: 'replied', version: 'x' }, 'version'],
      [{ to: 'replied', note: 5 }, 'note'],
      [{ to: 'replied', colour: 'red' }, 'colour'],
    ] as const) {
      const answer = await api.post(`/prospects/${id}/status`, body);
      expect([answer.status, Object.keys(said(answer).fields)]).toEqual([422, [field]]);
    }
    for (const query of ['sort=age', 'limit=0', 'limit=500', 'cursor=abc', 'status=none', 'fit=maybe'])
      expect([query, (await api.get(`/clients/${clientId}/prospects?${query}`)).status]).toEqual([
        query,
        422,
      ]);
  });

  it('both lists of oppositions: entered, shown, lifted with a reason, by those who may', async () => {
    const own = await api.post(`/clients/${clientId}/suppressions`, {
      kind: 'email',
      value: 'No@Way.example',
      reason: 'Asked',
    });
    expect(own.body).toMatchObject({ clientId, value: 'no@way.example', channels: null });
    expect(
      (await api.post('/suppressions', { kind: 'email', value: 'a@b.example', reason: 'x' })).status,
    ).toBe(403);
    const agency = await managers.post('/suppressions', {
      kind: 'domain',
      value: '*.way.example',
      reason: 'Asked',
      channels: ['email'],
    });
    expect(agency.body).toMatchObject({ clientId: null, channels: ['email'] });
    expect((await api.get('/suppressions')).status).toBe(403);
    expect(said(await managers.get('/suppressions')).items).toHaveLength(1);
    expect(said(await api.get(`/clients/${clientId}/suppressions`)).items).toHaveLength(1);
    const id = said(own).id;
    expect((await managers.delete(`/suppressions/${id}`)).status).toBe(422);
    expect((await api.delete(`/suppressions/${id}`, { reason: 'x' })).status).toBe(403);
    expect((await managers.delete(`/suppressions/${id}`, { reason: 'Mistake' })).status).toBe(204);
    expect((await managers.delete(`/suppressions/${id}`, { reason: 'Mistake' })).status).toBe(404);
    const bad = await api.post(`/clients/${clientId}/suppressions`, {
      kind: 'phone',
      value: 'abc',
      reason: 'x',
    });
    expect([bad.status, Object.keys(said(bad).fields)]).toEqual([422, ['value']]);
  });

  it('lists are made, filled, narrowed and done away with', async () => {
    const id = await prospectOf(world, clientId);
    const theirs = await prospectOf(world, otherId);
    const list = await api.post(`/clients/${clientId}/lists`, { name: 'Salon' });
    const at = `/lists/${said(list).id}`;
    expect((await api.post(`/clients/${clientId}/lists`, { name: 'SALON' })).status).toBe(409);
    expect((await api.post(`${at}/members`, { prospectIds: [id, theirs] })).body).toEqual({ added: 1 });
    const found = await api.get(`/clients/${clientId}/prospects?list=${said(list).id}`);
    expect(said(found).items.map((item) => item.id)).toEqual([id]);
    expect((await api.delete(`${at}/members`, { prospectIds: [id] })).body).toEqual({ removed: 1 });
    expect((await api.delete(at)).status).toBe(204);
  });

  it('what belongs to another client is not found, whatever is asked of it', async () => {
    const id = await prospectOf(world, otherId);
    expect((await api.get(`/prospects/${id}`)).status).toBe(404);
    expect((await api.patch(`/prospects/${id}`, { title: 'x' })).status).toBe(404);
    expect((await api.post(`/prospects/${id}/status`, { to: 'replied' })).status).toBe(404);
    expect((await api.post(`/prospects/${id}/undo`)).status).toBe(404);
    expect((await api.post(`/prospects/${id}/notes`, { note: 'x' })).status).toBe(404);
    expect((await api.put(`/prospects/${id}/owner`, { ownerId: sam.userId })).status).toBe(404);
    for (const path of ['prospects', 'suppressions', 'lists'])
      expect((await api.get(`/clients/${otherId}/${path}`)).status).toBe(404);
    const guest = await world.api(await world.person('client', [clientId], 'Guest'));
    expect((await guest.get(`/clients/${clientId}/prospects`)).status).toBe(403);
  });
});
