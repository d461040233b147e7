import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Company } from '../../src/prospects/company.entity.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import { ListHeads } from '../../src/prospects/search/list-heads.queries.js';
import { Ownership } from '../../src/prospects/ownership/ownership.service.js';
import { ProspectList } from '../../src/prospects/search/prospect-list.queries.js';
import { PROSPECT_SORTS } from '../../src/prospects/search/prospect-list.dto.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { Rejudging } from '../../src/prospects/rejudging.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionLists } from '../../src/prospects/suppression/suppression-list.queries.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { Suppressions } from '../../src/prospects/suppression/suppressions.service.js';
import { Icps } from '../../src/icp/icps.service.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../src/shared/errors.js';
import { newId } from '../../src/shared/id.js';
import { prospectOf } from '../support/prospect-stories.js';
import { NORDIA_ICP, readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Prospects', (world) => {
  let admin: Actor;
  let sam: Actor;
  let nordia: Setting;
  let clientId: string;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    admin = await world.admin();
    nordia = await readyClient(world);
    clientId = nordia.client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
  });

  const jeanne = {
    firstName: 'Jeanne',
    lastName: 'DUPONT',
    email: ' Jeanne.Dupont@Acme.fr ',
    phone: '06 12 34 56 78',
    title: 'Directrice commerciale',
    country: 'France',
    companyName: 'Acme SAS',
    website: 'https://www.acme.fr/contact',
    industry: 'Logiciels',
    headcount: '120',
  };

  it('one typed by hand is written in the same form as a file’s, judged, and has a first fact', async () => {
    const made = await world.get(Prospects).add(sam, clientId, jeanne);
    expect(made).toMatchObject({
      fullName: 'Jeanne Dupont',
      email: 'jeanne.dupont@acme.fr',
      phone: '+33612345678',
      country: 'FR',
      companyDomain: 'acme.fr',
      headcount: 120,
      status: 'new',
      source: 'manual',
      version: 1,
      fit: 'fit',
    });
    const history = await world.get(ProspectQueries).history(sam, made.id);
    expect(history).toMatchObject([{ kind: 'prospect.created', userName: 'Sam' }]);
    await expect(
      world.get(Prospects).add(sam, clientId, { email: 'jeanne.dupont+crm@acme.fr' }),
    ).rejects.toMatchObject({ code: 'prospects.alreadyKnown' });
  });

  it('what cannot be read is asked for again, by field', async () => {
    const bad = {
      ...jeanne,
      email: 'jeanne at acme',
      phone: '12',
      linkedinUrl: 'https://example.com/x',
      timeZone: 'Mars/Nord',
    };
    const refusal = await world
      .get(Prospects)
      .add(sam, clientId, bad)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(Object.keys((refusal as InvalidInput).fields).sort()).toEqual([
      'email',
      'linkedinUrl',
      'phone',
      'timeZone',
    ]);
    await expect(world.get(Prospects).add(sam, clientId, { lastName: 'Nobody' })).rejects.toBeInstanceOf(
      InvalidInput,
    );
  });

  it('an edit keeps what it does not name, follows the keys, judges anew, and refuses an old version', async () => {
    const prospects = world.get(Prospects);
    const made = await prospects.add(sam, clientId, { ...jeanne, email: 'edit@acme.fr', firstName: 'Édith' });
    const edited = await prospects.edit(sam, made.id, {
      title: 'Stagiaire commerciale',
      phone: null,
      version: 1,
    });
    expect(edited).toMatchObject({
      email: 'edit@acme.fr',
      title: 'Stagiaire commerciale',
      phone: null,
      version: 2,
      fit: 'unfit',
    });
    await expect(prospects.edit(sam, made.id, { title: 'X', version: 1 })).rejects.toBeInstanceOf(Conflict);
    const other = await prospects.add(sam, clientId, { email: 'other@acme.fr', lastName: 'Other' });
    await expect(prospects.edit(sam, other.id, { email: 'edit@acme.fr' })).rejects.toMatchObject({
      code: 'prospects.alreadyKnown',
    });
  });

  it('a list shows every prospect once, in each order, whatever is added between two pages', async () => {
    const { client } = await readyClient(world, 'Paging');
    for (let at = 0; at < 23; at += 1) {
      world.clock.set(new Date(Date.UTC(2026, 9, 1 + (at % 5), at)));
      await prospectOf(world, client.id, {
        lastName: `Nom${at % 4}`,
        companyName: `Soc ${at % 3}`,
        fitScore: at % 4 === 0 ? null : at % 6,
      });
    }
    const list = world.get(ProspectList);
    for (const sort of PROSPECT_SORTS) {
      const whole = await list.page(admin, client.id, { sort, limit: 200 });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list.page(admin, client.id, {
          sort,
          limit: 5,
          ...(cursor === undefined ? {} : { cursor }),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect([sort, seen]).toEqual([sort, whole.items.map(({ id }) => id)]);
      expect(new Set(seen).size).toBe(23);
    }
    const byScore = (await list.page(admin, client.id, { sort: '-fitScore', limit: 200 })).items.map(
      ({ fitScore }) => fitScore ?? -1,
    );
    expect(byScore).toEqual([...byScore].sort((a, b) => b - a));
    const first = await list.page(admin, client.id, { sort: '-lastActivityAt', limit: 10 });
    world.clock.set('2026-11-02T09:00:00Z');
    await prospectOf(world, client.id, { lastName: 'Late' });
    const second = await list.page(admin, client.id, { limit: 10, cursor: first.nextCursor! });
    expect(second.items.some(({ id }) => first.items.some((one) => one.id === id))).toBe(false);
    await expect(list.page(admin, client.id, { cursor: 'nonsense' })).rejects.toBeInstanceOf(InvalidInput);
  });

  it('filters by status, fit, owner, list and words without accents, in any order', async () => {
    const { client } = await readyClient(world, 'Filters');
    const tim = await world.person('sdr', [client.id], 'Tim');
    const helene = await prospectOf(world, client.id, {
      firstName: 'Hélène',
      lastName: 'Brûlé',
      status: 'interested',
      fit: 'fit',
      ownerId: tim.userId,
      email: 'h.brule@electricite.fr',
    });
    await prospectOf(world, client.id, {
      firstName: 'Paul',
      lastName: 'Petit',
      status: 'interested',
      fit: 'unfit',
    });
    const list = await world.get(Lists).create(admin, client.id, 'Salon');
    expect(await world.get(Lists).enlist(admin, list.id, [helene, helene])).toBe(1);
    for (const filter of [
      { status: 'interested', fit: 'fit' },
      { owner: tim.userId },
      { list: list.id, status: 'interested' },
      { q: 'BRULE hel' },
      { q: 'hel BRULE' },
      { q: 'electricite' },
    ] as const) {
      for (const sort of ['-lastActivityAt', 'name', '-fitScore'] as const) {
        const page = await world.get(ProspectList).page(admin, client.id, { ...filter, sort });
        expect([filter, page.items.map(({ id }) => id)]).toEqual([filter, [helene]]);
      }
    }
    expect((await world.get(ProspectList).page(admin, client.id, { q: '100%' })).items).toEqual([]);
    expect((await world.get(ListHeads).of(admin, client.id)).counts).toEqual(new Map([['interested', 2]]));
  });

  it('an SDR takes what is free and nobody else’s; a manager hands out; only the team owns', async () => {
    const ownership = world.get(Ownership);
    const nora = await world.person('sdr', [clientId], 'Nora');
    const stranger = await world.person('sdr', [], 'Stranger');
    const id = await prospectOf(world, clientId);
    expect(await ownership.assign(sam, clientId, [id], sam.userId)).toBe(1);
    expect(await ownership.assign(nora, clientId, [id], nora.userId)).toBe(0);
    await expect(ownership.assign(nora, clientId, [id], sam.userId)).rejects.toBeInstanceOf(NotAllowed);
    await expect(ownership.assign(admin, clientId, [id], stranger.userId)).rejects.toBeInstanceOf(
      InvalidInput,
    );
    expect(await ownership.assign(admin, clientId, [id], nora.userId)).toBe(1);
    expect((await world.get(ProspectQueries).get(admin, id)).ownerName).toBe('Nora');
  });

  it('another version of the ICP judges everybody again, and leaves alone whose verdict stays', async () => {
    const setting = await readyClient(world, 'Judged');
    const made = await world.get(Prospects).add(admin, setting.client.id, jeanne);
    expect(await world.get(Rejudging).rejudge(admin, setting.client.id)).toEqual({
      judged: 1,
      changed: 0,
      spared: 0,
    });
    const narrower = { ...NORDIA_ICP, countries: ['BE'], version: 1 };
    await world.get(Icps).refine(admin, setting.icp.icp.id, narrower);
    expect(await world.get(Rejudging).rejudge(admin, setting.client.id)).toEqual({
      judged: 1,
      changed: 1,
      spared: 0,
    });
    expect((await world.get(ProspectQueries).get(admin, made.id)).fit).toBe('unfit');
  });

  it('the agency’s list beats the client’s, wildcards cover subdomains, channels narrow', async () => {
    const list = world.get(SuppressionList);
    await list.add(admin, clientId, {
      kind: 'email',
      value: 'Who@Mail.Example.com',
      reason: 'Asked',
      channels: ['email'],
    });
    await list.add(admin, null, { kind: 'domain', value: '*.example.com', reason: 'Competitor' });
    const person = { id: 'x', clientId, email: 'who@mail.example.com' };
    const asked = (one: typeof person) =>
      world.database.read((db) => world.get(Suppressions).covering(db, clientId, [one]));
    const covering = (await asked(person)).get('x')!;
    expect(covering.map(({ clientId: scope, kind, channels }) => [scope, kind, channels])).toEqual([
      [null, 'domain', null],
      [clientId, 'email', ['email']],
    ]);
    expect((await asked({ ...person, email: 'who@example.org' })).size).toBe(0);
    const objections = await world.database.read((db) => world.get(Suppressions).objectionsOf(db, [person]));
    expect(objections.get('x')).toBe('all');
    await expect(
      list.add(admin, null, { kind: 'domain', value: '*.fr', reason: 'All of France' }),
    ).rejects.toBeInstanceOf(InvalidInput);
    await expect(list.add(sam, null, { kind: 'email', value: 'a@b.fr', reason: 'x' })).rejects.toBeInstanceOf(
      NotAllowed,
    );
    const again = { kind: 'domain' as const, value: '*.EXAMPLE.com', reason: 'Again' };
    expect((await list.add(admin, null, again)).reason).toBe('Competitor');
    await expect(list.add(admin, null, { ...again, channels: ['email'] })).rejects.toBeInstanceOf(Conflict);
  });

  it('an opposition of a domain stops everybody at it at once: by their address, by their company; lifted, they go back', async () => {
    const { client } = await readyClient(world, 'Domains');
    const companyId = newId();
    const company = {
      id: companyId,
      clientId: client.id,
      name: 'Mécalor',
      nameKey: 'mecalor',
      domain: 'mecalor.example',
    };
    await world.database.write((tx) =>
      tx.entities.insert(Company, { ...company, createdAt: world.clock.now() }),
    );
    const people = {
      byAddress: await prospectOf(world, client.id, {
        email: 'eleonore@mecalor.example',
        status: 'interested',
      }),
      byCompany: await prospectOf(world, client.id, { companyId, email: 'jean@perso.example' }),
      below: await prospectOf(world, client.id, { email: 'lille@nord.mecalor.example' }),
      other: await prospectOf(world, client.id, { email: 'paul@mecalor.example.org' }),
    };
    const statuses = async () => {
      const queries = world.get(ProspectQueries);
      const of = async (id: string) => (await queries.get(admin, id)).status;
      return Promise.all(Object.values(people).map(of));
    };
    const list = world.get(SuppressionList);
    const entry = await list.add(admin, client.id, {
      kind: 'domain',
      value: 'mecalor.example',
      reason: 'Competitor',
    });
    expect(await statuses()).toEqual(['do_not_contact', 'do_not_contact', 'new', 'new']);
    const wide = await list.add(admin, null, { kind: 'domain', value: '*.mecalor.example', reason: 'Group' });
    expect(await statuses()).toEqual(['do_not_contact', 'do_not_contact', 'do_not_contact', 'new']);
    await list.lift(admin, entry.id, 'Mistake');
    expect(await statuses()).toEqual(['do_not_contact', 'do_not_contact', 'do_not_contact', 'new']);
    await list.lift(admin, wide.id, 'Mistake');
    expect(await statuses()).toEqual(['interested', 'new', 'new', 'new']);
  });

  it('an opposition of the agency moves the person at every client, and lifting it lets them go back where they stood', async () => {
    const other = (await readyClient(world, 'Second')).client.id;
    const email = 'twice@known.example';
    const here = await prospectOf(world, clientId, { email, status: 'interested' });
    const there = await prospectOf(world, other, { email, status: 'in_sequence' });
    const list = world.get(SuppressionList);
    const own = await list.add(sam, clientId, { kind: 'email', value: email, reason: 'Said no' });
    const statusOf = async (id: string) => (await world.get(ProspectQueries).get(admin, id)).status;
    expect([await statusOf(here), await statusOf(there)]).toEqual(['do_not_contact', 'in_sequence']);
    const entry = await list.add(admin, null, { kind: 'email', value: email, reason: 'Wrote to the agency' });
    expect(await statusOf(there)).toBe('do_not_contact');
    const [fact] = await world.get(ProspectQueries).history(admin, there);
    expect(fact).toMatchObject({ toStatus: 'do_not_contact', reason: null });
    await list.lift(admin, own.id, 'Only the agency’s stays');
    expect(await statusOf(here)).toBe('do_not_contact');
    await expect(world.get(SuppressionList).lift(sam, entry.id, 'x')).rejects.toBeInstanceOf(NotAllowed);
    await list.lift(admin, entry.id, 'Came back to us');
    expect([await statusOf(here), await statusOf(there)]).toEqual(['interested', 'new']);
    await expect(list.lift(admin, entry.id, 'Again')).rejects.toBeInstanceOf(NotFound);
  });

  it('from a person’s page a manager lifts all that the client’s list holds against them', async () => {
    const id = await prospectOf(world, clientId, {
      email: 'lift@me.example',
      linkedinUrl: 'https://www.linkedin.com/in/liftme',
    });
    await world.get(Statuses).change(sam, id, { to: 'do_not_contact', reason: 'By mistake' });
    const list = world.get(SuppressionList);
    await expect(list.liftPerson(sam, id, 'x')).rejects.toBeInstanceOf(NotAllowed);
    await list.liftPerson(admin, id, 'It was somebody else');
    expect((await world.get(ProspectQueries).get(admin, id)).status).toBe('new');
    const page = await world.get(SuppressionLists).ofClient(admin, clientId, { q: 'lift' });
    expect(page.items).toEqual([]);
  });

  it('a suppressed person cannot be added by hand, and nothing says which list or client it comes from', async () => {
    await world
      .get(SuppressionList)
      .add(admin, null, { kind: 'email', value: 'never@again.example', reason: 'Client X' });
    const refusal = await world
      .get(Prospects)
      .add(sam, clientId, { email: 'never@again.example' })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'prospects.suppressed', params: {} });
  });

  it('another client’s ids are simply not there', async () => {
    const { client } = await readyClient(world, 'Stranger’s');
    const theirs = await prospectOf(world, client.id);
    const list = await world.get(Lists).create(admin, client.id, 'Theirs');
    const own = await prospectOf(world, clientId);
    await expect(world.get(ProspectQueries).get(sam, theirs)).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(ProspectList).page(sam, client.id, {})).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(Lists).enlist(sam, list.id, [own])).rejects.toBeInstanceOf(NotFound);
    expect(await world.get(Lists).enlist(admin, list.id, [own])).toBe(0);
    await expect(world.get(Prospects).edit(sam, theirs, { title: 'x' })).rejects.toBeInstanceOf(NotFound);
  });
});
