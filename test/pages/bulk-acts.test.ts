import excel from 'exceljs';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { prospectOf } from '../support/prospect-stories.js';
import { liveSequence, reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Pages for many prospects', (world) => {
  let admin: Actor;
  let sam: Actor;
  let clientId: string;
  let base: string;

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world)).client.id;
    base = `/clients/${clientId}/prospects`;
    sam = await world.person('sdr', [clientId], 'Sam');
  });

  const sizeOf = async (filter: object, actor = admin) =>
    (await world.get(ProspectList).size(actor, clientId, filter)).size;

  it('all found by a filter: counted, confirmed, done, undone, without a script', async () => {
    for (let nth = 0; nth < 3; nth += 1) await prospectOf(world, clientId, { companyName: 'Forge' });
    await prospectOf(world, clientId, { companyName: 'Forge', status: 'meeting_booked' });
    const browser = await world.browser(admin);
    const list = await browser.get(`${base}?q=forge`);
    const formKey = /name="formKey" value="([^"]+)"/.exec(list.text)![1]!;
    const form = { act: 'status', to: 'not_interested', everyone: 'on', back: `${base}?q=forge`, formKey };
    const first = await browser.post(`${base}/bulk`, form);
    const again = await browser.post(`${base}/bulk`, form);
    const home = String(first.headers['location']);
    expect(again.headers['location']).toBe(home);
    const counted = await browser.get(home);
    expect(counted.text).toContain('3 prospects of 4 would change');
    expect(counted.text).toContain('Not possible from “Meeting booked”');
    expect(await sizeOf({ q: 'forge', status: 'new' })).toBe(3);
    const done = await browser.submit(`${home}/start`);
    expect(done.text).toContain('3 prospects were changed.');
    expect(await sizeOf({ q: 'forge', status: 'not_interested' })).toBe(3);
    const undone = await browser.submit(`${home}/undo`);
    expect(undone.text).toContain('3 prospects were put back.');
    expect(await sizeOf({ q: 'forge', status: 'new' })).toBe(3);
    expect((await browser.get(`/clients/${clientId}/bulk-acts`)).text).toContain(home);
  });

  it('those ticked change at once, and the toast takes it back', async () => {
    const ids = [await prospectOf(world, clientId), await prospectOf(world, clientId)];
    const browser = await world.browser(sam);
    const page = await browser.submit(`${base}/bulk`, { act: 'status', to: 'interested', prospectIds: ids });
    expect(page.text).toContain('2 prospects moved.');
    const undo = /action="(\/bulk-acts\/[^"]+\/undo)"/.exec(page.text)![1]!;
    expect((await browser.submit(undo)).text).toContain('2 prospects were put back.');
    const nobody = await browser.submit(`${base}/bulk`, { act: 'status', to: 'interested' });
    expect(nobody.text).toContain('Nobody was selected.');
  });

  it('enrolling is counted first, even of those ticked, and says who is left out and why; nobody launched, no menu', async () => {
    const { client, sdr, sequence } = await liveSequence(world, 'Inscriptions');
    const home = `/clients/${client.id}/prospects`;
    const ids = [
      await reachable(world, client.id),
      await reachable(world, client.id, { firstName: null, lastName: 'Sansprénom' }),
    ];
    const browser = await world.browser(sdr);
    expect((await browser.get(home)).text).toContain('Directeurs de site (Live)');
    expect((await browser.get(base)).status).toBe(404);
    const act = { act: 'enrol', sequenceId: sequence.sequence.id, prospectIds: ids };
    const counted = await browser.submit(`${home}/bulk`, act);
    expect(counted.text).toContain('1 prospect of 2 would be enrolled');
    expect(counted.text).toContain('Sansprénom');
    expect(counted.text).toContain('Missing: First name');
    const at = /action="(\/bulk-acts\/[^"]+)\/start"/.exec(counted.text)![1]!;
    const done = await browser.submit(`${at}/start`);
    expect(done.text).toContain('1 person was enrolled.');
    expect((await browser.get(`/clients/${client.id}/bulk-acts`)).text).toContain(
      'Enrol in “Directeurs de site”',
    );
    expect((await browser.submit(`${at}/undo`)).text).toContain('1 person was withdrawn.');
    const admins = await world.browser(admin);
    expect((await admins.get(base)).text).not.toContain('value="enrol"');
  });

  it('a filter is saved from the list, chosen there, made into a list, and deleted', async () => {
    await prospectOf(world, clientId, { lastName: 'Garde', status: 'later', statusUntil: '2031-01-01' });
    const browser = await world.browser(sam);
    const kept = await browser.submit(`/clients/${clientId}/filters`, {
      name: 'À rappeler',
      isShared: 'on',
      filter: { status: 'later' },
    });
    expect(kept.text).toContain('The filter “À rappeler” is saved.');
    expect(kept.text).toContain('Garde');
    const twice = await browser.submit(`/clients/${clientId}/filters`, {
      name: 'a rappeler',
      isShared: 'on',
      filter: { status: 'later' },
    });
    expect([twice.status, twice.text.includes('There is a filter called')]).toEqual([409, true]);
    const lists = await browser.get(`/clients/${clientId}/lists`);
    const id = /filters\/([0-9a-f-]{36})\/drop/.exec(lists.text)![1]!;
    const made = await browser.submit(`/clients/${clientId}/filters/${id}/list`, { name: 'Rappels de mai' });
    expect(made.text).toContain('1 prospect of 1 would change');
    const dropped = await browser.submit(`/clients/${clientId}/filters/${id}/drop`);
    expect(dropped.text).toContain('The filter “À rappeler” is deleted.');
    expect((await browser.get(`${base}?segment=${id}`)).status).toBe(404);
  });

  it('exports hold the people of the filter, in its order, with formulas made harmless', async () => {
    await prospectOf(world, clientId, {
      lastName: 'Zèbre',
      firstName: 'Ana',
      companyName: 'Export',
      title: '=HYPERLINK("http://evil.example")',
      phone: '+33612345678',
    });
    await prospectOf(world, clientId, {
      lastName: 'Abel',
      firstName: 'Noé',
      companyName: 'Export',
      ownerId: sam.userId,
    });
    const browser = await world.browser(sam);
    const csv = await browser.get(`${base}.csv?q=export&sort=name`);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.headers['content-disposition']).toMatch(/"prospects-nordia-20\d\d-\d\d-\d\d\.csv"$/);
    expect(csv.text.startsWith('\ufeff')).toBe(true);
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^Full name,First name,Last name/);
    expect(lines[1]).toContain('Noé Abel');
    expect(lines[1]).toContain('Sam');
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    const api = await world.api(sam);
    const answer = await api
      .get(`/clients/${clientId}/prospects.xlsx?q=export&sort=name`)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, Buffer.concat(parts)));
      });
    const book = new excel.Workbook();
    await book.xlsx.load(answer.body as never);
    const sheet = book.worksheets[0]!;
    expect(sheet.rowCount).toBe(3);
    expect(sheet.getCell('D3').value).toBe('=HYPERLINK("http://evil.example")');
    expect(sheet.getCell('H3').value).toBe('+33 6 12 34 56 78');
    expect(sheet.getCell('D3').type).toBe(excel.ValueType.String);
    expect((await browser.get(`${base}.csv?cursor=nonsense&sort=nonsense`)).status).toBe(422);
  });

  it('one search over all clients in sight, and no further', async () => {
    const elsewhere = (await readyClient(world, 'Elsewhere')).client.id;
    const here = await prospectOf(world, clientId, { lastName: 'Quérard' });
    await prospectOf(world, elsewhere, { lastName: 'Querard', firstName: 'Secret' });
    const page = await (await world.browser(sam)).get('/search?q=QUERARD');
    expect(page.text).toContain(`/prospects/${here}`);
    expect(page.text).not.toContain('Secret');
    const all = await (await world.api(admin)).get('/search?q=querar');
    expect((all.body as { items: object[] }).items).toHaveLength(2);
    for (const q of ['', '%22', '*', 'a'.repeat(10_000)])
      expect((await (await world.api(sam)).get(`/search?q=${q}`)).status).toBe(200);
  });

  it('somebody leaves: their prospects are handed to the others in turn, and the page says when none are left', async () => {
    const lea = await world.person('sdr', [clientId], 'Léa Partante');
    const tom = await world.person('sdr', [clientId], 'Tom');
    const ids: string[] = [];
    for (let nth = 0; nth < 4; nth += 1) ids.push(await prospectOf(world, clientId, { ownerId: lea.userId }));
    const browser = await world.browser(admin);
    const home = `/settings/people/${lea.userId}`;
    expect((await browser.get(home)).text).toContain('Léa Partante owns 4 prospects.');
    const off = await browser.submit(`${home}/disable`);
    expect(off.text).toContain('Hand over Léa Partante’s prospects');
    expect(off.text).toContain('Tom');
    const none = await browser.submit(`${home}/hand-over`, { toIds: [tom.userId] });
    expect(none.status).toBe(422);
    const nobody = await browser.submit(`${home}/hand-over`, { clientIds: [clientId] });
    expect(nobody.text).toContain('Choose who takes over');
    const done = await browser.submit(`${home}/hand-over`, {
      clientIds: [clientId],
      toIds: [tom.userId, sam.userId],
    });
    expect(done.text).toContain('Give to Tom and Sam');
    const id = /\/bulk-acts\/([0-9a-f-]{36})/.exec(done.text)![1]!;
    await world.get(BulkActs).settled(id, 30);
    const owners = await Promise.all(
      ids.map(async (one) => (await world.get(ProspectQueries).get(admin, one)).ownerName),
    );
    expect(owners.sort()).toEqual(['Sam', 'Sam', 'Tom', 'Tom']);
    expect((await browser.get(`${home}/hand-over`)).text).toContain('owns no prospects');
    const stranger = await world.person('sdr', [], 'Stranger');
    const api = await world.api(admin);
    const refused = await api.post(`/people/${sam.userId}/prospects/hand-over`, {
      clientIds: [clientId],
      toIds: [stranger.userId],
    });
    expect(refused.status).toBe(422);
  });

  it('taken off a client on their own page, whoever owns prospects there is let go with a word on whom those go to', async () => {
    const { client: other } = await readyClient(world, 'Ailleurs');
    const zoe = await world.person('sdr', [clientId, other.id], 'Zoé Double');
    const tim = await world.person('sdr', [clientId], 'Tim');
    const ids = [
      await prospectOf(world, clientId, { ownerId: zoe.userId }),
      await prospectOf(world, clientId, { ownerId: zoe.userId }),
    ];
    const elsewhere = await prospectOf(world, other.id, { ownerId: zoe.userId });
    const ownerOf = async (id: string) => (await world.get(ProspectQueries).get(admin, id)).ownerName;
    const browser = await world.browser(admin);
    const home = `/settings/people/${zoe.userId}`;
    const off = { role: 'sdr', clientIds: [other.id] };

    const asked = await browser.submit(home, off);
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('Zoé Double owns 2 prospects of');
    expect(asked.text).toContain('Choose who takes over');
    // The page keeps what was asked for, and nothing has changed.
    expect(asked.text).toMatch(new RegExp(`value="${other.id}" checked`));
    expect(asked.text).toMatch(new RegExp(`value="${clientId}">`));
    expect((await world.actorOf(zoe.userId)).clients).toContain(clientId);

    const gone = await browser.submit(home, { ...off, toIds: [tim.userId] });
    expect(gone.text).toContain('Give to Tim');
    expect((await world.actorOf(zoe.userId)).clients).toEqual([other.id]);
    await expect.poll(async () => Promise.all(ids.map(ownerOf))).toEqual(['Tim', 'Tim']);
    expect(await ownerOf(elsewhere)).toBe('Zoé Double');
    // Who becomes an admin sees every client: nothing is left behind.
    await browser.submit(home, { role: 'admin' });
    expect(await world.actorOf(zoe.userId)).toMatchObject({ role: 'admin' });
    // And back: every client they own prospects at is one they leave.
    expect((await browser.submit(home, { role: 'sdr' })).status).toBe(422);
    await browser.submit(home, { role: 'sdr', isFreed: 'on' });
    expect(await world.actorOf(zoe.userId)).toMatchObject({ role: 'sdr', clients: [] });
    await expect.poll(() => ownerOf(elsewhere)).toBeNull();
  });

  it('a role and its clients change together or not at all', async () => {
    const una = await world.person('sdr', [clientId], 'Una');
    const browser = await world.browser(admin);
    const refused = await browser.post(`/settings/people/${una.userId}`, {
      role: 'manager',
      clientIds: ['00000000-0000-7000-8000-00000000dead'],
    });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await world.actorOf(una.userId)).toMatchObject({ role: 'sdr', clients: [clientId] });
  });
});
