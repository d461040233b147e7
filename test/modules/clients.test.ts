import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit-entry.entity.js';
import { ClientTeam } from '../../src/clients/client-team.service.js';
import { ClientQueries } from '../../src/clients/clients.queries.js';
import { requireNewWork } from '../../src/clients/clients.policy.js';
import { Clients } from '../../src/clients/clients.service.js';
import { Contacts } from '../../src/clients/contacts.service.js';
import { engagementInForce, EngagementQueries } from '../../src/clients/engagements.queries.js';
import { Engagements } from '../../src/clients/engagements.service.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../src/shared/errors.js';
import { NORDIA_TERMS, readyClient } from '../support/stories.js';
import { onBothDatabases, type World } from '../support/world.js';

const fieldsOf = async (act: Promise<unknown>): Promise<string[]> => {
  const error: unknown = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InvalidInput);
  return Object.keys((error as InvalidInput).fields);
};

const actsOn = (world: World, clientId: string): Promise<string[]> =>
  world.database.read(async (db) => {
    const entries = await db.entities.find(AuditEntry, { where: { clientId }, order: { id: 'ASC' } });
    return entries.map(({ act }) => act);
  });

onBothDatabases('clients', (world) => {
  it('whoever opens a client works for it from then on', async () => {
    const manager = await world.person('manager', [], 'Mia');
    const client = await world.get(Clients).open(manager, { name: 'Solenne' });
    const seeing = await world.actorOf(manager.userId);
    expect(await world.get(ClientQueries).get(seeing, client.id)).toMatchObject({
      name: 'Solenne',
      timeZone: 'Europe/Paris',
      locale: 'en',
      currency: 'EUR',
      switchedOffAt: null,
    });
    expect((await world.get(ClientTeam).list(seeing, client.id)).map(({ name }) => name)).toEqual(['Mia']);
  });

  it('an SDR reads the clients they work for, edits none, and does not learn that others exist', async () => {
    const { client } = await readyClient(world, 'Nordia');
    const other = await world.get(Clients).open(await world.admin(), { name: 'Autre' });
    const sdr = await world.person('sdr', [client.id]);
    const queries = world.get(ClientQueries);
    expect((await queries.list(sdr)).items.map(({ name }) => name)).toEqual(['Nordia']);
    await expect(queries.get(sdr, other.id)).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(Clients).edit(sdr, other.id, { name: 'X' })).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(Clients).edit(sdr, client.id, { name: 'X' })).rejects.toBeInstanceOf(NotAllowed);
    await expect(world.get(Clients).open(sdr, { name: 'X' })).rejects.toBeInstanceOf(NotAllowed);
  });

  it("the client's own people find nothing here", async () => {
    const { client } = await readyClient(world, 'Portal');
    const theirs = await world.person('client', [client.id]);
    await expect(world.get(ClientQueries).get(theirs, client.id)).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(ClientQueries).list(theirs)).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(EngagementQueries).list(theirs, client.id)).rejects.toBeInstanceOf(NotFound);
    await expect(world.get(Contacts).list(theirs, client.id)).rejects.toBeInstanceOf(NotFound);
  });

  it('the list is by name, in pages that neither lose nor repeat a client', async () => {
    const names = ['alpha', 'Bêta', 'Beta', 'Zéta', 'zeta'];
    const ids: string[] = [];
    for (const name of names) ids.push((await world.get(Clients).open(await world.admin(), { name })).id);
    const manager = await world.person('manager', ids, 'Pia');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.get(ClientQueries).list(manager, { limit: 2, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([...seen].sort()).toEqual([...names].sort());
    expect(seen[0]).toBe('alpha');
    expect(await fieldsOf(world.get(ClientQueries).list(manager, { cursor: 'nonsense' }))).toEqual([
      'cursor',
    ]);
  });

  it('an older copy does not overwrite a newer one', async () => {
    const admin = await world.admin();
    const client = await world.get(Clients).open(admin, { name: 'Vélum' });
    const edited = await world
      .get(Clients)
      .edit(admin, client.id, { domain: 'https://www.velum.fr/contact', version: 1 });
    expect(edited).toMatchObject({ name: 'Vélum', domain: 'velum.fr', version: 2 });
    await expect(
      world.get(Clients).edit(admin, client.id, { name: 'Old', version: 1 }),
    ).rejects.toBeInstanceOf(Conflict);
    expect(await fieldsOf(world.get(Clients).edit(admin, client.id, { domain: 'pas un domaine' }))).toEqual([
      'domain',
    ]);
  });

  it('a client switched off takes no new work until it is switched on; each act is on the audit trail', async () => {
    const admin = await world.admin();
    const { id } = await world.get(Clients).open(admin, { name: 'Pause' });
    const off = await world.get(Clients).switchOff(admin, id, 'unpaid');
    await world.get(Clients).switchOff(admin, id);
    expect(() => requireNewWork(off)).toThrow(Conflict);
    expect(() => requireNewWork({ name: off.name, switchedOffAt: null })).not.toThrow();
    expect((await world.get(Clients).switchOn(admin, id)).switchedOffAt).toBeNull();
    expect(await actsOn(world, id)).toEqual(['client.opened', 'client.switched_off', 'client.switched_on']);
  });

  it('a contact who left takes no meetings; wrong addresses and numbers are named', async () => {
    const admin = await world.admin();
    const { client, host } = await readyClient(world, 'Contacts');
    const contacts = world.get(Contacts);
    const added = await contacts.add(admin, client.id, {
      name: 'Paul',
      phone: '06 12 34 56 78',
      email: ' Paul@Nordia.FR ',
    });
    expect(added).toMatchObject({ phone: '+33612345678', email: 'paul@nordia.fr', isHost: true });
    expect(await contacts.edit(admin, added.id, { phone: null, isHost: false })).toMatchObject({
      name: 'Paul',
      phone: null,
      email: 'paul@nordia.fr',
      isHost: false,
    });
    await contacts.leave(admin, host.id);
    expect((await contacts.list(admin, client.id)).map(({ name }) => name)).toEqual(['Paul']);
    expect(await fieldsOf(contacts.add(admin, client.id, { name: 'X', email: 'nope' }))).toEqual(['email']);
    expect(await fieldsOf(contacts.add(admin, client.id, { name: 'X', phone: '12' }))).toEqual(['phone']);
  });

  it('only people of the agency are assigned, and unassigning takes the sight away', async () => {
    const admin = await world.admin();
    const { client } = await readyClient(world, 'Team');
    const sdr = await world.person('sdr', [], 'Sam');
    const theirs = await world.person('client', [client.id]);
    const team = world.get(ClientTeam);
    await team.assign(admin, client.id, sdr.userId);
    await team.assign(admin, client.id, sdr.userId);
    expect((await team.list(admin, client.id)).map(({ name }) => name)).toEqual(['Sam']);
    expect((await world.actorOf(sdr.userId)).clients).toEqual([client.id]);
    expect((await team.portalUsers(admin, client.id)).map(({ userId }) => userId)).toEqual([theirs.userId]);
    expect(await fieldsOf(team.assign(admin, client.id, theirs.userId))).toEqual(['userId']);
    await team.unassign(admin, client.id, sdr.userId);
    expect((await world.actorOf(sdr.userId)).clients).toEqual([]);
  });
});

onBothDatabases('engagements', (world) => {
  it('other terms make a new version, and the old one stays as it was agreed', async () => {
    const admin = await world.admin();
    const { client, engagement } = await readyClient(world);
    const { id } = engagement.engagement;
    const engagements = world.get(Engagements);
    const amended = await engagements.amend(admin, id, {
      ...NORDIA_TERMS,
      price: { ...NORDIA_TERMS.price, retainerCents: 400_000 },
      version: 1,
    });
    expect([amended.engagement.version, amended.terms.price.retainerCents]).toEqual([2, 400_000]);
    const versions = await world.get(EngagementQueries).versions(admin, id);
    expect(versions.map(({ version, price }) => [version, price.retainerCents])).toEqual([
      [2, 400_000],
      [1, 350_000],
    ]);
    const inForce = await world.database.read((db) =>
      engagementInForce(db, client, new Date('2026-03-01T12:00:00Z')),
    );
    expect(inForce?.terms.version).toBe(2);
    await expect(engagements.amend(admin, id, { ...NORDIA_TERMS, version: 1 })).rejects.toBeInstanceOf(
      Conflict,
    );
  });

  it('other days alone make a version too, billed as before: a page opened earlier does not take them back', async () => {
    const admin = await world.admin();
    const { engagement } = await readyClient(world, 'Days');
    const { id } = engagement.engagement;
    const dated = await world.get(Engagements).amend(admin, id, { ...NORDIA_TERMS, endsOn: '2026-12-31' });
    expect([dated.engagement.version, dated.engagement.endsOn]).toEqual([2, '2026-12-31']);
    expect(dated.terms.appliesFromOn).toBe(engagement.terms.appliesFromOn);
    await expect(
      world.get(Engagements).amend(admin, id, { ...NORDIA_TERMS, version: 1 }),
    ).rejects.toBeInstanceOf(Conflict);
    const again = await world.get(Engagements).amend(admin, id, { ...NORDIA_TERMS, endsOn: '2026-12-31' });
    expect(again.engagement.version).toBe(2);
  });

  it('terms left out are nothing: no price, no cap, no criteria, five days', async () => {
    const admin = await world.admin();
    const { id } = await world.get(Clients).open(admin, { name: 'Bare' });
    const { terms } = await world
      .get(Engagements)
      .agree(admin, id, { startsOn: '2026-02-01', targets: {}, price: {} });
    expect(terms).toMatchObject({
      price: { retainerCents: 0, feeCapCents: null, feeBasis: 'qualified', includedUnits: 0 },
      targets: { held: 0, qualified: 0 },
      qualificationCriteria: [],
      acceptanceDays: 5,
    });
  });

  it('two engagements of a client never share a day, even when two managers agree them at once', async () => {
    const admin = await world.admin();
    const { id } = await world.get(Clients).open(admin, { name: 'Twice' });
    const agree = (startsOn: string, endsOn: string): Promise<unknown> =>
      world.get(Engagements).agree(admin, id, { ...NORDIA_TERMS, startsOn, endsOn });
    const both = await Promise.allSettled([
      agree('2026-01-01', '2026-06-30'),
      agree('2026-06-30', '2026-09-30'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await fieldsOf(agree('2026-06-30', '2026-06-30'))).toEqual(['startsOn']);
  });

  it('a referent is a person of the agency, or a contact of this client', async () => {
    const admin = await world.admin();
    const { client, host } = await readyClient(world, 'Referents');
    const other = await readyClient(world, 'Elsewhere');
    const engagements = world.get(Engagements);
    const later = { ...NORDIA_TERMS, startsOn: '2025-01-01', endsOn: '2025-12-31' };
    expect(
      await fieldsOf(
        engagements.agree(admin, client.id, {
          ...later,
          agencyReferentId: host.id,
          clientReferentId: other.host.id,
        }),
      ),
    ).toEqual(['agencyReferentId', 'clientReferentId']);
    const agreed = await engagements.agree(admin, client.id, {
      ...later,
      agencyReferentId: admin.userId,
      clientReferentId: host.id,
    });
    expect(agreed.state).toBe('ended');
  });
});

describe('the stories other tests begin with', () => {
  it('know the terms they promise', () => expect(NORDIA_TERMS.price.retainerCents).toBe(350_000));
});
