import { expect, it } from 'vitest';
import { Clients } from '../../src/clients/clients.service.js';
import { ClientTeam } from '../../src/clients/client-team.service.js';
import { EngagementQueries } from '../../src/clients/engagements.queries.js';
import { IcpQueries } from '../../src/icp/icp.queries.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { prospectOf } from '../support/prospect-stories.js';
import { NORDIA_NOTICE, readyClient } from '../support/stories.js';
import { onBothDatabases, PASSWORD } from '../support/world.js';

onBothDatabases('pages about clients', (world) => {
  it('lead a new manager from the first client to its engagement, ICP, contact and import', async () => {
    const manager = await world.person('manager', [], 'Mona');
    const browser = await world.browser(manager);
    expect((await browser.get('/clients')).text).toContain('Create a client');
    const opened = await browser.submit('/clients', {
      name: 'Nordia',
      domain: 'https://www.nordia.fr',
      country: 'FR',
    });
    expect(opened.text).toContain('Next: the engagement');
    const [clientId] = /[\da-f-]{36}/.exec(opened.text)!;
    const home = `/clients/${clientId}`;

    const agreed = await browser.submit(`${home}/engagements`, {
      startsOn: '2026-01-01',
      price: { retainerCents: '3,500', feePerUnitCents: '250.50', feeBasis: 'qualified', includedUnits: '2' },
      targets: { held: '8', qualified: '5' },
      qualificationCriteria: 'A budget is identified\r\nThe need is real\r\n',
      acceptanceDays: '5',
      agencyReferentId: manager.userId,
      clientReferentId: '',
      endsOn: '',
    });
    expect(agreed.text).toContain('Next: the ideal customer profile');
    expect(agreed.text).toContain('€3,500');
    // 3,500.00 + (5 − 2) × 250.50 = 4,251.50 in a month on target.
    expect(agreed.text).toContain('€4,251.50');

    const defined = await browser.submit(`${home}/icps`, {
      name: 'Heads of sales',
      industries: 'Software\nLogiciels',
      nafCodes: '6201z',
      'functions[]': 'sales',
      headcount: { min: '50', max: '' },
      exclusions: { domains: 'www.rival.fr' },
    });
    expect(defined.text).toContain('62.01Z Programmation informatique');
    expect((await browser.get(home)).text).toContain('Next: who receives the meetings');

    await browser.submit(`${home}/contacts`, {
      name: 'Hélène Hôte',
      email: 'helene@nordia.fr',
      isHost: 'on',
    });
    const ready = await browser.get(home);
    expect(ready.text).toContain('Next: the prospects');
    expect(ready.text).toContain('Hélène Hôte');

    // Whoever brings prospects in is asked for what the first sequence needs: hands, a notice, a way out.
    await prospectOf(world, clientId);
    expect((await browser.get(home)).text).toContain('Next: who works the prospects');
    const sol = await world.person('sdr', [], 'Sol');
    await browser.submit(`${home}/people`, { userId: sol.userId });
    expect((await browser.get(home)).text).toContain('Next: the notice to the people contacted');
    await world.get(Clients).edit(await world.admin(), clientId, NORDIA_NOTICE);
    const last = await browser.get(home);
    expect(last.text).toContain('Next: a mailbox');
    expect(last.text).toContain('Without one, mails are sent by hand');
  });

  it('an engagement of dates alone is no step taken; what the notice needs is not called optional', async () => {
    const browser = await world.browser(await world.person('manager', [], 'Mona'));
    const opened = await browser.submit('/clients', { name: 'Vague', country: 'FR', locale: 'fr' });
    const home = `/clients/${/[\da-f-]{36}/.exec(opened.text)![0]}`;
    const dates = { startsOn: '2026-01-01', qualificationCriteria: 'Un besoin', acceptanceDays: '5' };
    expect((await browser.submit(`${home}/engagements`, dates)).status).toBe(200);
    expect((await browser.get(home)).text).toContain('Next: the engagement');
    const form = (await browser.get(`${home}/edit`)).text;
    expect(form).toMatch(/Legal name<\/label>/);
    expect(form).toMatch(/Source of the addresses, in French<\/label>/);
    expect(form).toMatch(/Source of the addresses, in English <span class="field__optional">/);
    expect(form).toContain('Needed before the first message.');
  });

  it('a name of spaces is a name that is missing, and is said to be', async () => {
    const browser = await world.browser(await world.admin());
    const client = await browser.post('/clients', { name: ' ' });
    expect([client.status, client.text.includes('This is needed.')]).toEqual([422, true]);
    expect(client.text).not.toContain('At most 200');
    const { id } = (await readyClient(world, 'Espaces')).client;
    const contact = await browser.post(`/clients/${id}/contacts`, { name: '  ', email: 'x@y.example' });
    expect([contact.status, contact.text.includes('This is needed.')]).toEqual([422, true]);
    expect(contact.text).not.toMatch(/At most \d+ characters/);
  });

  it('the search for a NAF code stays in the form: in place with a script, in a window of its own without', async () => {
    const browser = await world.browser(await world.admin());
    const { id } = (await readyClient(world, 'Codes NAF')).client;
    const { text } = await browser.get(`/clients/${id}/icps/new`);
    const search = /<form id="naf-search"[^>]*>/.exec(text)![0];
    expect(search).toContain('target="_blank"');
    // A form that htmx asks by itself is not boosted: nothing leaves the page.
    expect(search).toContain('hx-get="/naf"');
    expect(search).toContain('hx-target="#naf-results"');
    expect(text).toMatch(/<button class="[^"]*" form="naf-search">/);
  });

  it('a refused form comes back filled in, with the sentence at the field', async () => {
    const { client } = await readyClient(world, 'Refused');
    const browser = await world.browser(await world.admin());
    const home = `/clients/${client.id}`;
    const nameless = await browser.post('/clients', { name: ' ', domain: 'nordia.fr' });
    expect(nameless.status).toBe(422);
    expect(nameless.text).toMatch(/id="name-error"/);
    expect(nameless.text).toContain('value="nordia.fr"');

    const terms = await browser.post(`${home}/engagements`, {
      startsOn: '2025-01-01',
      endsOn: '2024-01-01',
      price: { retainerCents: 'lots' },
      targets: {},
    });
    expect(terms.status).toBe(422);
    expect(terms.text).toMatch(/id="price-retainerCents-error"/);
    expect(terms.text).toContain('value="lots"');
    const backwards = await browser.post(`${home}/engagements`, {
      startsOn: '2025-01-01',
      endsOn: '2024-01-01',
      price: {},
      targets: {},
    });
    expect(backwards.text).toMatch(/id="endsOn-error"/);

    const icp = await browser.post(`${home}/icps`, {
      name: 'X',
      nafCodes: 'software',
      headcount: { min: '9', max: '5' },
    });
    expect(icp.status).toBe(422);
    expect(icp.text).toMatch(/id="nafCodes-error"/);
    expect(icp.text).toMatch(/id="headcount-max-error"/);

    const contact = await browser.post(`${home}/contacts`, { name: 'Paul', email: 'nowhere' });
    expect(contact.status).toBe(422);
    expect(contact.text).toMatch(/id="email-error"/);
    expect(contact.text).toContain('value="Paul"');
  });

  it('a reworded criterion keeps its key, and what the form cannot show is not dropped', async () => {
    const admin = await world.admin();
    const { client, engagement, icp } = await readyClient(world, 'Kept');
    const browser = await world.browser(admin);
    await browser.submit(`/clients/${client.id}/engagements/${engagement.engagement.id}/edit`, {
      startsOn: '2026-01-01',
      price: { retainerCents: '3500' },
      targets: { held: '8', qualified: '5' },
      qualificationCriteria: 'Un budget est voté\nLe besoin est exprimé',
      version: '1',
    });
    const { terms } = await world.get(EngagementQueries).get(admin, engagement.engagement.id);
    expect(terms.version).toBe(2);
    expect(terms.qualificationCriteria).toEqual([
      { key: 'budget', label: 'Un budget est voté' },
      { key: 'need', label: 'Le besoin est exprimé' },
    ]);

    const api = await world.api(admin);
    await api
      .put(`/icps/${icp.icp.id}`, { name: 'K', exclusions: { seniorities: ['intern'], domains: ['a.fr'] } })
      .expect(200);
    const form = await browser.get(`/clients/${client.id}/icps/${icp.icp.id}/edit`);
    expect(form.text).toContain('name="exclusions[seniorities][]" value="intern"');
    await browser.submit(`/clients/${client.id}/icps/${icp.icp.id}/edit`, {
      name: 'K',
      'exclusions[seniorities][]': 'intern',
      exclusions: { domains: '' },
      version: '2',
    });
    const { version } = await world.get(IcpQueries).get(admin, icp.icp.id);
    expect(version.criteria).toEqual({ exclusions: { seniorities: ['intern'] } });
  });

  it('two people who edit the same thing: the second is told, and keeps what they typed', async () => {
    const { client } = await readyClient(world, 'Twice');
    const browser = await world.browser(await world.admin());
    await browser.submit(`/clients/${client.id}/edit`, { name: 'First', version: '1' });
    const second = await browser.post(`/clients/${client.id}/edit`, { name: 'Second', version: '1' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('Somebody else saved a newer version');
    expect(second.text).toContain('value="Second"');
  });

  it('the ICP page judges an example, whole without a script and in part with one', async () => {
    const { client, icp } = await readyClient(world, 'Judge');
    const sdr = await world.person('sdr', [client.id], 'Sam');
    const browser = await world.browser(sdr);
    const path = `/clients/${client.id}/icps/${icp.icp.id}`;
    expect((await browser.get(path)).text).toContain('Fill in a field');
    const fit = await browser.get(
      `${path}?title=Directrice+des+ventes&nafCode=6201Z&headcount=120&country=France`,
    );
    expect(fit.text).toContain('data-status="fit"');
    expect(fit.text).toContain('Headcount: 120 (wanted: 50–500)');
    const part = await browser.get(`${path}?title=Comptable`, { 'hx-request': 'true' });
    expect(part.text).toContain('data-status="unfit"');
    expect(part.text).not.toContain('<main');
    expect((await browser.get('/naf?q=programmation')).text).toContain('62.01Z');
  });

  it('prospects keep their verdict when the ICP changes, until they are judged again', async () => {
    const admin = await world.admin();
    const { client, icp } = await readyClient(world, 'Again');
    const api = await world.api(admin);
    const camille = {
      firstName: 'Camille',
      lastName: 'Roux',
      email: 'camille@edilog.fr',
      title: 'Directrice des ventes',
      country: 'DE',
    };
    const added = await api.post(`/clients/${client.id}/prospects`, camille).expect(201);
    const path = `/prospects/${(added.body as { id: string }).id}`;
    const judged = async (): Promise<unknown> => {
      const prospect = (await api.get(path).expect(200)).body as { fit: string; icpVersionId: string };
      return [prospect.fit, prospect.icpVersionId];
    };
    expect(await judged()).toEqual(['unfit', icp.version.id]);
    const put = await api
      .put(`/icps/${icp.icp.id}`, { name: 'Germany', countries: ['DE'], functions: ['sales'] })
      .expect(200);
    expect(await judged()).toEqual(['unfit', icp.version.id]);
    const browser = await world.browser(admin);
    const again = await browser.submit(`/clients/${client.id}/icps/rejudge`);
    expect(again.text).toContain('1 prospect judged; 1 verdict changed.');
    expect(await judged()).toEqual(['fit', (put.body as { versionId: string }).versionId]);
  });

  it('an SDR reads without edit buttons and is refused the forms; a stranger finds nothing; the client neither', async () => {
    const { client, host } = await readyClient(world, 'Shut');
    const home = `/clients/${client.id}`;
    const sdr = await world.browser(await world.person('sdr', [client.id], 'Sol'));
    const read = await sdr.get(home);
    expect(read.status).toBe(200);
    expect(read.text).not.toContain(`${home}/edit`);
    expect((await sdr.get(`${home}/edit`)).status).toBe(403);
    expect((await sdr.post(`${home}/switch-off`)).status).toBe(403);
    const stranger = await world.browser(await world.person('manager', [], 'Stan'));
    for (const path of [
      '',
      '/edit',
      '/engagements',
      '/engagements/new',
      '/icps',
      '/icps/new',
      '/contacts',
      `/contacts/${host.id}/edit`,
    ])
      expect((await stranger.get(home + path)).status, path).toBe(404);
    expect((await stranger.post(`${home}/contacts/${host.id}/leave`)).status).toBe(404);
    const theirs = await world.browser(await world.person('client', [client.id], 'Cléo'));
    expect((await theirs.get(home)).status).toBe(403);
  });

  it('switching off asks nothing back but can be undone, and the page says so', async () => {
    const { client } = await readyClient(world, 'Off');
    const browser = await world.browser(await world.admin());
    const off = await browser.submit(`/clients/${client.id}/switch-off`, { reason: 'unpaid' });
    expect(off.text).toContain('its portal is read-only');
    expect(off.text).toContain(`action="/clients/${client.id}/switch-on"`);
    const on = await browser.submit(`/clients/${client.id}/switch-on`);
    expect(on.text).not.toContain('its portal is read-only');
  });

  it('people are assigned and taken off; a thing of another client is not found under this one', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world, 'Here');
    const other = await readyClient(world, 'There');
    const sdr = await world.person('sdr', [], 'Sia');
    const browser = await world.browser(admin);
    const home = `/clients/${client.id}`;
    expect((await browser.submit(`${home}/people`, { userId: sdr.userId })).text).toContain(
      `${home}/people/${sdr.userId}/unassign`,
    );
    expect((await browser.submit(`${home}/people/${sdr.userId}/unassign`)).text).not.toContain(
      `people/${sdr.userId}/unassign`,
    );
    for (const path of [
      `/icps/${other.icp.icp.id}`,
      `/icps/${other.icp.icp.id}/edit`,
      `/engagements/${other.engagement.engagement.id}/edit`,
      `/contacts/${other.host.id}/edit`,
      '/icps/nonsense',
    ])
      expect((await browser.get(home + path)).status, path).toBe(404);
  });

  it('whoever owns prospects is taken off with a word on whom those go to; a manager of the client may', async () => {
    const { client } = await readyClient(world, 'Passing on');
    const other = await readyClient(world, 'Elsewhere');
    const max = await world.person('manager', [client.id], 'Max');
    const lou = await world.person('sdr', [client.id, other.client.id], 'Lou');
    const kim = await world.person('sdr', [client.id], 'Kim');
    const ids = [
      await prospectOf(world, client.id, { ownerId: lou.userId }),
      await prospectOf(world, client.id, { ownerId: lou.userId }),
    ];
    const elsewhere = await prospectOf(world, other.client.id, { ownerId: lou.userId });
    const browser = await world.browser(max);
    const off = `/clients/${client.id}/people/${lou.userId}/unassign`;
    const asked = await browser.get(off);
    expect(asked.text).toContain('Lou owns 2 prospects of Passing on, with no open task.');
    const unsaid = await browser.submit(off);
    expect([unsaid.status, unsaid.text.includes('Choose who takes over')]).toEqual([422, true]);
    expect(await world.get(ClientTeam).list(max, client.id)).toContainEqual(
      expect.objectContaining({ name: 'Lou' }),
    );
    const gone = await browser.submit(off, { toIds: [kim.userId] });
    expect(gone.status).toBe(200);
    await expect
      .poll(async () => (await ownersOf([...ids, elsewhere])).join())
      .toBe([kim.userId, kim.userId, lou.userId].join());
    expect(await world.get(ClientTeam).list(max, client.id)).not.toContainEqual(
      expect.objectContaining({ name: 'Lou' }),
    );
    const stranger = await world.browser(await world.person('manager', [], 'Stan'));
    expect((await stranger.get(off)).status).toBe(404);
    expect((await (await world.browser(kim)).get(off)).status).toBe(403);
  });

  it('a manager who takes themselves off hands over first, with the rights they still have', async () => {
    const { client } = await readyClient(world, 'Self');
    const max = await world.person('manager', [client.id], 'Max');
    const id = await prospectOf(world, client.id, { ownerId: max.userId });
    const browser = await world.browser(max);
    const off = `/clients/${client.id}/people/${max.userId}/unassign`;
    expect((await browser.submit(off, { isFreed: 'on' })).status).toBe(200);
    expect(await ownersOf([id])).toEqual([null]);
    expect((await browser.get(`/clients/${client.id}`)).status).toBe(404);
  });

  it('prospects of somebody who no longer works for the client are found by owner, and can be handed over', async () => {
    const { client } = await readyClient(world, 'Stray');
    const admin = await world.admin();
    const lou = await world.person('sdr', [client.id], 'Lou Perdu');
    await prospectOf(world, client.id, { ownerId: lou.userId, lastName: 'Oublié' });
    await world.get(ClientTeam).unassign(admin, client.id, lou.userId);
    const browser = await world.browser(admin);
    const people = await browser.get(`/clients/${client.id}/contacts`);
    expect(people.text).toContain(
      'Lou Perdu no longer works for this client and still owns 1 prospect here.',
    );
    expect(people.text).toContain(`/clients/${client.id}/people/${lou.userId}/unassign`);
    const list = await browser.get(`/clients/${client.id}/prospects?owner=${lou.userId}`);
    expect(list.text).toContain('Lou Perdu (no longer here)');
    expect(list.text).toContain('Oublié');
    const off = `/clients/${client.id}/people/${lou.userId}/unassign`;
    expect((await browser.get(off)).text).toContain('Hand over Lou Perdu’s prospects');
  });

  it('a manager lets a contact of their client into the portal, typing nothing twice', async () => {
    const { client, host } = await readyClient(world, 'Porte ouverte');
    const other = await readyClient(world, 'Porte close');
    const max = await world.person('manager', [client.id], 'Max');
    const browser = await world.browser(max);
    const home = `/clients/${client.id}`;
    const people = await browser.get(`${home}/contacts`);
    expect(people.text).toContain(`${home}/portal-access/new?contact&#x3D;${host.id}`);
    const form = await browser.get(`${home}/portal-access/new?contact=${host.id}`);
    expect(form.text).toContain(`value="${host.name}"`);
    expect(form.text).toContain(`value="${host.email!}"`);
    const made = await browser.post(`${home}/portal-access`, { name: host.name, email: host.email });
    const link = /\/invitations\/[\w-]+/.exec(made.text)![0];
    expect(made.text).toContain('href="mailto:');
    const guest = await world.browser();
    const door = await guest.get(link);
    expect(door.text).toContain(`The account of ${host.name} for the portal of Porte ouverte, kept by`);
    expect((await guest.post(link, { password: PASSWORD })).headers['location']).toBe('/');
    expect((await guest.get('/')).headers['location']).toBe('/portal');
    expect((await guest.get(link)).status).toBe(404);
    expect((await browser.get(`${home}/contacts`)).text).not.toContain(`new?contact&#x3D;${host.id}`);
    // Neither another client's people, nor the agency's own.
    expect((await browser.post(`/clients/${other.client.id}/portal-access`, {})).status).toBe(404);
    const smuggled = { name: 'Eve', email: 'eve@x.example', role: 'admin' };
    expect((await browser.post(`${home}/portal-access`, smuggled)).status).toBe(422);
    const again = (userId: string) => browser.post(`${home}/portal-access/${userId}/invitation`, {});
    expect((await again(max.userId)).status).toBe(403);
    const theirs = await world.person('client', [other.client.id], 'Cléo');
    expect((await again(theirs.userId)).status).toBe(404);
    const ours = await world.person('client', [client.id], 'Colin');
    expect((await again(ours.userId)).text).toContain('/invitations/');
    const sdr = await world.browser(await world.person('sdr', [client.id], 'Sol'));
    expect((await sdr.get(`${home}/contacts`)).text).toContain('The account manager of this client');
    expect((await sdr.get(`${home}/portal-access/new`)).status).toBe(403);
  });

  const ownersOf = (ids: string[]) =>
    world.database.read(async (db) => {
      const owners: (string | null)[] = [];
      for (const id of ids) owners.push((await db.entities.findOneByOrFail(Prospect, { id })).ownerId);
      return owners;
    });
});
