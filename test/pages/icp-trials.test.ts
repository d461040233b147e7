import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { IcpTrial } from '../../src/prospects/trial/icp-trial.entity.js';
import { newId } from '../../src/shared/id.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('The pages of an ICP at work', (world) => {
  let setting: Setting;
  let manager: Actor;
  let sam: Actor;

  beforeAll(async () => {
    setting = await readyClient(world);
    manager = await world.person('manager', [setting.client.id], 'Mona');
    sam = await world.person('sdr', [setting.client.id], 'Sam');
    const people = world.get(Prospects);
    await people.add(manager, setting.client.id, {
      ...{ firstName: 'Ana', lastName: 'Fit', title: 'Directrice commerciale', industry: 'Logiciels' },
      ...{ country: 'FR', headcount: '120', companyName: 'Acme', email: 'ana@acme.fr' },
    });
    await people.add(manager, setting.client.id, {
      ...{ firstName: 'Bea', lastName: 'Unknown', title: 'Directrice commerciale', industry: 'Logiciels' },
      ...{ country: 'FR', companyName: 'Beta', email: 'bea@beta.fr' },
    });
  });

  it('a version is chosen, tried, and each figure opens its people', async () => {
    const browser = await world.browser(sam);
    const home = `/clients/${setting.client.id}/icp-trials`;
    const choice = await browser.get(`${home}?version=${setting.icp.version.id}`);
    expect(choice.text).toContain(`value="${setting.icp.version.id}" selected`);
    const shown = await browser.submit(home, { icpVersionId: setting.icp.version.id, list: '', segment: '' });
    expect(shown.status).toBe(200);
    // Under thirty the counts come first.
    expect(shown.text).toContain('1 of 2 (50.0');
    expect(shown.text).toContain('What is unknown');
    const settles = /href="([^"]+figure(?:=|&#x3D;)settles[^"]+)"/.exec(shown.text)![1]!;
    const rows = await browser.get(settles.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    expect(rows.text).toContain('Bea Unknown');
    expect(rows.text).not.toContain('Ana Fit');
  });

  it('one trial of a client runs at a time; the second is told where the first is', async () => {
    const { client, icp } = await readyClient(world, 'Deux essais');
    const admin = await world.admin();
    const home = `/clients/${client.id}/icp-trials`;
    const running = newId();
    const now = world.clock.now();
    await world.database.write((tx) =>
      tx.entities.insert(IcpTrial, {
        ...{ id: running, clientId: client.id, icpVersionId: icp.version.id, scope: {}, state: 'running' },
        ...{ total: 50_000, judged: 12_000, summary: null, createdBy: null, createdAt: now, progressAt: now },
      }),
    );
    const browser = await world.browser(admin);
    const refused = await browser.post(home, { icpVersionId: icp.version.id });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('One trial runs at a time');
    expect(refused.text).toContain(`href="/icp-trials/${running}"`);
    const api = await world.api(admin);
    const told = await api.post(home, { icpVersionId: icp.version.id }).expect(409);
    expect((told.body as { message: string }).message).toContain(`/icp-trials/${running}`);
    // Another client's goes on; this one's too, once the first has been silent for a minute: it was cut off.
    const others = `/clients/${setting.client.id}/icp-trials`;
    await api.post(others, { icpVersionId: setting.icp.version.id }).expect(202);
    world.clock.set(new Date(now.getTime() + 61_000));
    await api.post(home, { icpVersionId: icp.version.id }).expect(202);
  });

  it('an SDR tries, a manager judges for real', async () => {
    const home = `/clients/${setting.client.id}/icp-trials`;
    expect((await (await world.browser(sam)).submit(`${home}/rejudge`)).status).toBe(403);
    const done = await (await world.browser(manager)).submit(`${home}/rejudge`);
    expect(done.text).toContain('2 prospects judged, no verdict changed.');
  });

  it('a trial of another client is not there', async () => {
    const other = await readyClient(world, 'Autre');
    const stranger = await world.person('sdr', [other.client.id], 'Olga');
    const begun = await (
      await world.api(sam)
    ).post(`/clients/${setting.client.id}/icp-trials`, {
      icpVersionId: setting.icp.version.id,
    });
    const { id } = begun.body as { id: string };
    const browser = await world.browser(stranger);
    expect((await browser.get(`/icp-trials/${id}`)).status).toBe(404);
    expect((await browser.get(`/icp-trials/${id}/rows`)).status).toBe(404);
  });
});
