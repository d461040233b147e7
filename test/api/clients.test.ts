/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-call -- answers are JSON */
import { expect, it } from 'vitest';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { prospectOf } from '../support/prospect-stories.js';
import { NORDIA_ICP, NORDIA_TERMS, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const NO_ID = '01900000-0000-7000-8000-000000000000';

onBothDatabases('the API of clients', (world) => {
  it('a client, its engagement, ICP and contact are made and read back as they were sent', async () => {
    const api = await world.api(await world.admin());
    const client = await api
      .post('/clients', { name: 'Nordia', domain: 'www.nordia.fr', timeZone: 'Europe/Brussels' })
      .expect(201);
    expect(client.body).toMatchObject({
      name: 'Nordia',
      domain: 'nordia.fr',
      timeZone: 'Europe/Brussels',
      switchedOffAt: null,
    });
    const home = `/clients/${client.body.id as string}`;

    const engagement = await api.post(`${home}/engagements`, NORDIA_TERMS).expect(201);
    expect(engagement.body).toMatchObject({
      ...NORDIA_TERMS,
      endsOn: null,
      version: 1,
      clientId: client.body.id,
    });
    const put = await api
      .put(`/engagements/${engagement.body.id as string}`, { ...NORDIA_TERMS, acceptanceDays: 8, version: 1 })
      .expect(200);
    expect(put.body).toMatchObject({ version: 2, acceptanceDays: 8 });
    const versions = await api.get(`/engagements/${engagement.body.id as string}/versions`).expect(200);
    expect(versions.body.items.map((one: { acceptanceDays: number }) => one.acceptanceDays)).toEqual([8, 5]);

    const icp = await api.post(`${home}/icps`, NORDIA_ICP).expect(201);
    expect(icp.body).toMatchObject({ ...NORDIA_ICP, version: 1 });
    expect((await api.get(`${home}/icps`).expect(200)).body.items).toHaveLength(1);
    const judged = await api
      .post(`/icps/${icp.body.id as string}/judge`, { title: 'Stagiaire commercial' })
      .expect(200);
    expect(judged.body).toMatchObject({ verdict: 'unfit', score: 0 });
    expect(judged.body.reasons[0]).toEqual({
      criterion: 'exclusions.titleKeywords',
      outcome: 'excluded',
      detail: 'Stagiaire commercial',
      wanted: ['stagiaire'],
    });

    const contact = await api.post(`${home}/contacts`, { name: 'Hélène', email: 'h@nordia.fr' }).expect(201);
    expect(contact.body).toMatchObject({ isHost: true, email: 'h@nordia.fr' });
    await api.delete(`/contacts/${contact.body.id as string}`).expect(204);
    expect((await api.get(`${home}/contacts`).expect(200)).body).toEqual({ items: [], nextCursor: null });

    expect((await api.patch(home, { name: 'Nordia SA', version: 1 }).expect(200)).body.name).toBe(
      'Nordia SA',
    );
    await api.patch(home, { name: 'Late', version: 1 }).expect(409);
    expect((await api.post(`${home}/switch-off`).expect(200)).body.switchedOffAt).not.toBeNull();
    expect((await api.post(`${home}/switch-on`).expect(200)).body.switchedOffAt).toBeNull();
  });

  it('criteria may come as labels alone, lists as lines', async () => {
    const { client } = await readyClient(world, 'Lenient');
    const api = await world.api(await world.admin());
    const engagement = await api.post(`/clients/${client.id}/engagements`, {
      ...NORDIA_TERMS,
      startsOn: '2025-01-01',
      endsOn: '2025-12-31',
      qualificationCriteria: ['Budget identifié', { key: 'need', label: 'Besoin' }],
    });
    expect(engagement.body.qualificationCriteria).toEqual([
      { key: 'budget_identifie', label: 'Budget identifié' },
      { key: 'need', label: 'Besoin' },
    ]);
    const icp = await api.post(`/clients/${client.id}/icps`, {
      name: 'Lines',
      countries: 'France\nBelgique',
    });
    expect(icp.body.countries).toEqual(['FR', 'BE']);
  });

  it('wrong input is a 422 that names the field', async () => {
    const { client } = await readyClient(world, 'Wrong');
    const api = await world.api(await world.admin());
    const home = `/clients/${client.id}`;
    const early = { ...NORDIA_TERMS, startsOn: '2024-01-01', endsOn: '2024-12-31' };
    const wrong: [path: string, body: object, fields: string[]][] = [
      ['/clients', {}, ['name']],
      ['/clients', { name: 'X', timeZone: 'Mars/Base' }, ['timeZone']],
      ['/clients', { name: 'X', locale: 'de' }, ['locale']],
      ['/clients', { name: 'X', country: 'ZZ' }, ['country']],
      ['/clients', { name: 'X', currency: 'NOPE' }, ['currency']],
      ['/clients', { name: 'X', domain: 'no domain' }, ['domain']],
      ['/clients', { name: 'X', colour: 'red' }, ['colour']],
      ['/clients', { name: 'x'.repeat(201) }, ['name']],
      [`${home}/engagements`, {}, ['startsOn', 'targets', 'price']],
      [`${home}/engagements`, { ...early, startsOn: '2024-13-01' }, ['startsOn']],
      [`${home}/engagements`, { ...early, endsOn: '2023-12-31' }, ['endsOn']],
      [`${home}/engagements`, { ...NORDIA_TERMS, startsOn: '2026-05-01' }, ['startsOn']],
      [`${home}/engagements`, { ...early, price: { retainerCents: -1 } }, ['price.retainerCents']],
      [`${home}/engagements`, { ...early, price: { retainerCents: 10.5 } }, ['price.retainerCents']],
      [`${home}/engagements`, { ...early, price: { feeBasis: 'won' } }, ['price.feeBasis']],
      [`${home}/engagements`, { ...early, price: { setupCents: 1e15 } }, ['price.setupCents']],
      [`${home}/engagements`, { ...early, targets: { held: 1, qualified: 2 } }, ['targets.qualified']],
      [`${home}/engagements`, { ...early, targets: 'many' }, ['targets']],
      [
        `${home}/engagements`,
        { ...early, qualificationCriteria: [{ key: 'a', label: '' }] },
        ['qualificationCriteria.0.label'],
      ],
      [`${home}/engagements`, { ...early, qualificationCriteria: 'budget' }, ['qualificationCriteria']],
      [
        `${home}/engagements`,
        { ...early, qualificationCriteria: [null, 3] },
        ['qualificationCriteria.0.label', 'qualificationCriteria.1.label'],
      ],
      [`${home}/engagements`, { ...early, acceptanceDays: 0 }, ['acceptanceDays']],
      [`${home}/engagements`, { ...early, agencyReferentId: NO_ID }, ['agencyReferentId']],
      [`${home}/icps`, {}, ['name']],
      [`${home}/icps`, { name: 'X', countries: [1] }, ['countries']],
      [`${home}/icps`, { name: 'X', nafCodes: ['soft'] }, ['nafCodes']],
      [`${home}/icps`, { name: 'X', headcount: { min: 5, max: 2 } }, ['headcount.max']],
      [`${home}/icps`, { name: 'X', headcount: [1, 2] }, ['headcount']],
      [`${home}/icps`, { name: 'X', exclusions: { colours: ['red'] } }, ['exclusions.colours']],
      [
        `${home}/icps`,
        { name: 'X', industries: Array.from({ length: 501 }, (_, index) => `i${index}`) },
        ['industries'],
      ],
      [`${home}/contacts`, { name: 'X', email: 'nope' }, ['email']],
      [`${home}/contacts`, { name: 'X', phone: 'call me' }, ['phone']],
      [`${home}/people`, { userId: NO_ID }, ['userId']],
    ];
    for (const [path, body, fields] of wrong) {
      const answer = await api.post(path, body);
      expect(
        [answer.status, Object.keys(answer.body.fields ?? {})],
        `${path} ${JSON.stringify(body).slice(0, 120)}`,
      ).toEqual([422, fields]);
    }
    await api.get('/clients?limit=0').expect(422);
    await api.get('/clients?cursor=nonsense').expect(422);
  });

  it('null says nothing: it empties what may be empty and leaves the rest', async () => {
    const { client, host, engagement } = await readyClient(world, 'Nulls');
    const api = await world.api(await world.admin());
    const nulls = {
      name: null,
      domain: null,
      timeZone: null,
      locale: null,
      country: null,
      currency: null,
      version: null,
    };
    const patched = await api.patch(`/clients/${client.id}`, nulls).expect(200);
    expect(patched.body).toMatchObject({
      name: 'Nulls',
      domain: null,
      timeZone: 'Europe/Paris',
      currency: 'EUR',
    });
    const contact = await api
      .patch(`/contacts/${host.id}`, { name: null, email: null, isHost: null })
      .expect(200);
    expect(contact.body).toMatchObject({ name: host.name, email: null, isHost: true });
    const put = await api
      .put(`/engagements/${engagement.engagement.id}`, {
        ...NORDIA_TERMS,
        price: { retainerCents: null, feeBasis: null, daysPerMonth: null, feeCapCents: null },
        targets: { held: null, qualified: null },
        qualificationCriteria: null,
        acceptanceDays: null,
        endsOn: null,
        version: null,
      })
      .expect(200);
    expect(put.body).toMatchObject({
      price: { retainerCents: 0, feeBasis: 'qualified', daysPerMonth: 0, feeCapCents: null },
      targets: { held: 0, qualified: 0 },
      qualificationCriteria: [],
      acceptanceDays: 5,
    });
    const icp = await api
      .post(`/clients/${client.id}/icps`, {
        name: 'N',
        industries: null,
        headcount: { min: null, max: null },
        exclusions: null,
      })
      .expect(201);
    await api
      .post(`/icps/${icp.body.id as string}/judge`, { title: null, headcount: null, technologies: null })
      .expect(200);
  });

  it('whoever owns prospects is not taken off unsaid: the answer counts them, and who takes over is said', async () => {
    const { client } = await readyClient(world, 'Passing on');
    const admin = await world.admin();
    const api = await world.api(admin);
    const lou = await world.person('sdr', [client.id], 'Lou');
    const kim = await world.person('sdr', [client.id], 'Kim');
    const owned = await prospectOf(world, client.id, { ownerId: lou.userId });
    const owner = async () => (await world.get(ProspectQueries).get(admin, owned)).ownerName;
    const team = async () => {
      const { items } = (await api.get(`/clients/${client.id}/people`)).body as { items: { name: string }[] };
      return items.map(({ name }) => name);
    };
    const off = `/clients/${client.id}/people/${lou.userId}`;

    const unsaid = await api.delete(off).expect(409);
    expect(unsaid.body).toMatchObject({ error: 'conflict' });
    expect(unsaid.body.message).toContain('Lou owns 1 prospect of Passing on, with no open task');
    expect([await team(), await owner()]).toEqual([['Kim', 'Lou'], 'Lou']);
    await api.delete(off, { toIds: [kim.userId], isFreed: true }).expect(422);
    await api.delete(off, { leave: true }).expect(422);

    const said = await api.delete(off, { toIds: [kim.userId] }).expect(202);
    await world.get(BulkActs).settled(said.body.id, 30);
    expect([await team(), await owner()]).toEqual([['Kim'], 'Kim']);
    await api.delete(off).expect(404);

    const idle = await world.person('sdr', [client.id], 'Idle');
    await api.delete(`/clients/${client.id}/people/${idle.userId}`).expect(204);
    const freed = await api
      .delete(`/clients/${client.id}/people/${kim.userId}`, { isFreed: true })
      .expect(202);
    await world.get(BulkActs).settled(freed.body.id, 30);
    expect([await team(), await owner()]).toEqual([[], null]);
  });

  it('no id, cursor or search text makes the server stumble', async () => {
    const api = await world.api(await world.admin());
    const nul = Buffer.from(JSON.stringify(['a\0b', NO_ID])).toString('base64url');
    await api.get(`/clients?cursor=${nul}`).expect(422);
    await api.get('/clients?q=%25_%5C').expect(200);
    for (const id of ["'--", 'x'.repeat(90), '%F0%9F%A6%84']) {
      await api.get(`/clients/${id}`).expect(404);
      await api.patch(`/clients/${id}`, { name: 'X' }).expect(404);
      await api.post(`/clients/${id}/switch-off`).expect(404);
      await api.post(`/clients/${id}/engagements`, NORDIA_TERMS).expect(404);
      await api.put(`/engagements/${id}`, NORDIA_TERMS).expect(404);
      await api.get(`/engagements/${id}/versions`).expect(404);
      await api.post(`/clients/${id}/icps`, NORDIA_ICP).expect(404);
      await api.put(`/icps/${id}`, NORDIA_ICP).expect(404);
      await api.post(`/icps/${id}/shelve`).expect(404);
      await api.patch(`/contacts/${id}`, { name: 'X' }).expect(404);
      await api.delete(`/contacts/${id}`).expect(404);
      await api.delete(`/clients/${NO_ID}/people/${id}`).expect(404);
    }
  });

  it("another client's manager finds nothing, an SDR may not write, the client itself may not enter", async () => {
    const { client, engagement, icp, host } = await readyClient(world, 'Closed');
    const home = `/clients/${client.id}`;
    const stranger = await world.api(await world.person('manager', [], 'Stan'));
    for (const path of [home, `${home}/engagements`, `${home}/icps`, `${home}/contacts`, `${home}/people`]) {
      await stranger.get(path).expect(404);
    }
    await stranger.get(`/engagements/${engagement.engagement.id}`).expect(404);
    await stranger.get(`/engagements/${engagement.engagement.id}/versions`).expect(404);
    await stranger.put(`/engagements/${engagement.engagement.id}`, NORDIA_TERMS).expect(404);
    await stranger.get(`/icps/${icp.icp.id}`).expect(404);
    await stranger.put(`/icps/${icp.icp.id}`, NORDIA_ICP).expect(404);
    await stranger.post(`/icps/${icp.icp.id}/judge`, {}).expect(404);
    await stranger.patch(`/contacts/${host.id}`, { name: 'X' }).expect(404);
    await stranger.delete(`/contacts/${host.id}`).expect(404);
    await stranger.post(`${home}/switch-off`).expect(404);
    await stranger.post(`${home}/people`, { userId: host.id }).expect(404);
    expect((await stranger.get('/clients').expect(200)).body).toEqual({ items: [], nextCursor: null });

    const sdr = await world.api(await world.person('sdr', [client.id], 'Sam'));
    await sdr.get(home).expect(200);
    await sdr.patch(home, { name: 'X' }).expect(403);
    await sdr.post(`${home}/icps`, NORDIA_ICP).expect(403);
    const theirs = await world.api(await world.person('client', [client.id], 'Cléo'));
    await theirs.get(home).expect(403);
    await theirs.get(`${home}/engagements`).expect(403);
    await (await world.api()).get(home).expect(401);
    const admin = await world.api(await world.admin());
    await admin.get(`/clients/${NO_ID}`).expect(404);
    await admin.get('/clients/nonsense').expect(404);
  });

  it('the same POST under one Idempotency-Key opens one client', async () => {
    const api = await world.api(await world.admin());
    const open = (): PromiseLike<{ body: { id: string } }> =>
      api.post('/clients', { name: 'Once' }).set('idempotency-key', 'once-1').expect(201);
    const [first, second] = [await open(), await open()];
    expect(second.body.id).toBe(first.body.id);
  });

  it('an upload under a used Idempotency-Key is answered as before, another file refused', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world, 'Uploads');
    const api = await world.api(admin);
    const bring = (name: string): PromiseLike<{ status: number; body: { id: string } }> =>
      api
        .upload(`/clients/${client.id}/imports`, {
          name: 'a.csv',
          content: `E-mail;Nom\n${name}@x.example;A`,
        })
        .set('idempotency-key', 'upload-1');
    const [first, again, other] = [await bring('jean'), await bring('jean'), await bring('jeanne')];
    expect([first.status, again.status, other.status]).toEqual([202, 202, 409]);
    expect(again.body.id).toBe(first.body.id);
  });

  it('a property no input has, and every object, is refused like any other', async () => {
    const api = await world.api(await world.admin());
    const answer = await api.post('/clients', { name: { constructor: 'x' } }).expect(422);
    expect(answer.body).toHaveProperty('fields.name');
  });

  it('is read with a token only, however the address is written, and kept by nobody on the way', async () => {
    const admin = await world.admin();
    const page = await (await world.browser(admin)).get('/clients');
    expect(page.headers['cache-control']).toBe('private, no-store');
    const answer = await (await world.browser(admin)).get('/%61pi/v1/clients');
    expect(answer.status).toBe(401);
  });
});
