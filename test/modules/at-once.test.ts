import { setTimeout as pause } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { People } from '../../src/accounts/people.service.js';
import { Standing } from '../../src/accounts/standing.service.js';
import { ClientTeam } from '../../src/clients/client-team.service.js';
import { Contacts } from '../../src/clients/contacts.service.js';
import type { Tx } from '../../src/database/db.js';
import { BulkRunner } from '../../src/prospects/bulk-acts/bulk-runner.service.js';
import { Facts } from '../../src/prospects/facts.service.js';
import type { ImportOutput } from '../../src/prospects/import/import.dto.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import { Lists } from '../../src/prospects/lists/lists.service.js';
import { Prospects } from '../../src/prospects/prospects.service.js';
import { Projection } from '../../src/reporting/facts/projection.service.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { StepUndo } from '../../src/sequences/steps/step-undo.service.js';
import { Conflict } from '../../src/shared/errors.js';
import { bringIn, outcomeOf, sheet } from '../support/import-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { ReportStory } from '../support/report-stories.js';
import { enrolled, liveSequence } from '../support/sequence-stories.js';
import { readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases, PASSWORD } from '../support/world.js';

/** Begins in a turn of its own, none of the transaction under way: another request. */
const elsewhere = <T>(work: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => setImmediate(() => void work().then(resolve, reject)));

onBothDatabases('Two at once', (world) => {
  let sam: Actor;
  let nordia: Setting;
  let clientId: string;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    await world.admin();
    nordia = await readyClient(world);
    clientId = nordia.client.id;
    sam = await world.person('sdr', [clientId], 'Sam');
  });

  /** Somebody whose change is made and not yet safe while `meanwhile` begins. */
  async function whileUnsafe<T>(
    change: (tx: Tx) => Promise<unknown>,
    meanwhile: () => Promise<T>,
  ): Promise<T> {
    let second: Promise<T> | undefined;
    await world.database.write(async (tx) => {
      await change(tx);
      second = elsewhere(meanwhile);
      await pause(150);
    });
    return second!;
  }

  it('an edit keeps what another edit of the same moment wrote', async () => {
    const id = await prospectOf(world, clientId, { title: 'Acheteuse', email: 'a@once.example' });
    await whileUnsafe(
      (tx) => tx.run(sql`UPDATE prospect SET city = 'Lyon', version = version + 1 WHERE id = ${id}`),
      () => world.get(Prospects).edit(sam, id, { title: 'Directrice des achats' }),
    );
    const row = await world.database.read((db) =>
      db.row(sql`SELECT city, title, version FROM prospect WHERE id = ${id}`, {
        city: String,
        title: String,
        version: Number,
      }),
    );
    expect(row).toEqual({ city: 'Lyon', title: 'Directrice des achats', version: 3 });
  });

  it('an edit made on an older version is refused, however close it comes', async () => {
    const id = await prospectOf(world, clientId, { email: 'b@once.example' });
    const late = whileUnsafe(
      (tx) => tx.run(sql`UPDATE prospect SET city = 'Lyon', version = version + 1 WHERE id = ${id}`),
      () => world.get(Prospects).edit(sam, id, { title: 'Directrice', version: 1 }),
    );
    await expect(late).rejects.toBeInstanceOf(Conflict);
  });

  it('one person typed in twice is one prospect, and the second click is told so', async () => {
    const typed = { firstName: 'Zoé', lastName: 'Lenoir', email: 'zoe@once.example', companyName: 'Once' };
    const clicks = await Promise.allSettled(
      [1, 2, 3].map(() => world.get(Prospects).add(sam, clientId, typed)),
    );
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const click of clicks)
      if (click.status === 'rejected') expect(click.reason).toMatchObject({ code: 'prospects.alreadyKnown' });
  });

  it('a verdict changed while the report is being counted is counted', async () => {
    const story = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    const id = await story.prospect('Personne', [
      { kind: 'prospect.created', day: 0 },
      { kind: 'touch', day: 1, channel: 'email', result: 'sent' },
    ]);
    const projection = world.get(Projection);
    await whileUnsafe(
      async (tx) => {
        await tx.run(sql`UPDATE prospect SET fit = 'unfit' WHERE id = ${id}`);
        await world.get(Facts).recount(tx, id);
      },
      () => projection.catchUp(),
    );
    await projection.catchUp();
    expect((await projection.compare()).different).toEqual([]);
  });

  it('whoever holds a prospect and the counting of reports never wait for each other', async () => {
    const story = await new ReportStory(world, new Date('2026-03-02T08:00:00Z')).open('2026-03-01');
    const id = await story.prospect('Retenue', [
      { kind: 'prospect.created', day: 0 },
      { kind: 'touch', day: 1, channel: 'email', result: 'sent' },
    ]);
    const projection = world.get(Projection);
    let counting: Promise<number> | undefined;
    await world.database.write(async (tx) => {
      await hold(tx, id);
      counting = elsewhere(() => projection.catchUp());
      await pause(150);
      await world.get(Facts).recount(tx, id);
    });
    await counting;
    await projection.catchUp();
    expect(await projection.compare()).toMatchObject({ waiting: 0, different: [] });
  });

  it('somebody who is being worked stays when their import is taken back', async () => {
    const file = sheet('First name,Last name,Email', 'Ana,Un,ana@back.example', 'Bea,Deux,bea@back.example');
    const boss = await world.admin();
    const { id: importId } = await bringIn(world, boss, clientId, file);
    const [ana] = await peopleOf(importId);
    const note = { prospectId: ana!, clientId, kind: 'note', note: 'Veut être rappelée' };
    await whileUnsafe(
      (tx) => world.get(Facts).append(tx, sam, note),
      () => revert(boss, importId),
    );
    expect(await peopleOf(importId)).toEqual([ana]);
  });

  it('nobody enters a list while they go', async () => {
    const { id: listId } = await world.get(Lists).create(sam, clientId, 'Salon');
    const id = await prospectOf(world, clientId, { email: 'gone@once.example' });
    const added = await whileUnsafe(
      (tx) => tx.run(sql`DELETE FROM prospect WHERE id = ${id}`),
      () => world.get(Lists).enlist(sam, listId, [id]),
    );
    expect(added).toBe(0);
    expect((await world.get(Lists).of(sam, clientId)).find((list) => list.id === listId)).toMatchObject({
      size: 0,
    });
  });

  it('taking an import back and an act on the same people never wait for each other', async () => {
    const boss = await world.admin();
    const rows = (title: string) => [1, 2].map((n) => `Ida,Ordre${n},ida${n}@order.example,${title}`);
    const header = 'First name,Last name,Email,Title';
    const { id: first } = await bringIn(world, boss, clientId, sheet(header, ...rows('Acheteuse')));
    const { id: second } = await bringIn(world, boss, clientId, sheet(header, ...rows('Directrice')), {
      onDuplicate: 'overwrite',
    });
    const [one, other] = await peopleOf(first);
    let undone: Promise<ImportOutput> | undefined;
    await world.database.write(async (tx) => {
      await hold(tx, one!);
      undone = elsewhere(() => revert(boss, second));
      await pause(150);
      await hold(tx, other!);
    });
    expect(await undone).toMatchObject({ status: 'reverted', revertResult: { restored: 2 } });
  });

  it('an act on many and somebody with the same people never wait for each other', async () => {
    const api = await world.api(sam);
    const ids = [1, 2].map((n) => prospectOf(world, clientId, { email: `bulk${n}@once.example` }));
    const [first, last] = (await Promise.all(ids)).sort();
    const wanted = { kind: 'status', to: 'unreachable', prospectIds: [last, first] };
    const { id } = (await api.post(`/clients/${clientId}/bulk-acts`, wanted)).body as { id: string };
    await world.get(BulkRunner).finished(id);
    await world.database.write(async (tx) => {
      await hold(tx, first!);
      void elsewhere(() => api.post(`/bulk-acts/${id}/start`));
      // PostgreSQL looks for those who wait for each other after a second, and fails whoever began to wait last.
      await pause(1200);
      await hold(tx, last!);
    });
    await vi.waitFor(async () =>
      expect((await api.get(`/bulk-acts/${id}`)).body).toMatchObject({ changed: 2 }),
    );
  });

  const hold = (tx: Tx, id: string) =>
    tx.rows(sql`SELECT id FROM prospect WHERE id = ${id}${tx.dialect.forUpdate}`, {});

  async function revert(boss: Actor, importId: string): Promise<ImportOutput> {
    const api = await world.api(boss);
    await api.post(`/imports/${importId}/revert`);
    await world.get(ImportRunner).finished(importId);
    return outcomeOf(api, importId);
  }

  async function peopleOf(importId: string): Promise<string[]> {
    const rows = await world.database.read((db) =>
      db.rows(sql`SELECT id FROM prospect WHERE import_id = ${importId} ORDER BY id`, { id: String }),
    );
    return rows.map(({ id }) => id);
  }

  it('a step is not done for somebody whose refusal is being written down', async () => {
    const cast = await liveSequence(world, 'Refus');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const step = whileUnsafe(
      (tx) => tx.run(sql`UPDATE prospect SET status = 'not_interested' WHERE id = ${prospectId}`),
      () =>
        world.get(StepOutcomes).record(cast.sdr, enrolmentId, { position: 1, attempt: 1, result: 'sent' }),
    );
    await expect(step).rejects.toMatchObject({ code: 'sequences.stepNotDue' });
  });

  it('two clicks on undo take a step back once', async () => {
    const cast = await liveSequence(world, 'Deux clics');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const { id } = await world
      .get(StepOutcomes)
      .record(cast.sdr, enrolmentId, { position: 1, attempt: 1, result: 'sent' });
    const clicks = await Promise.allSettled([1, 2].map(() => world.get(StepUndo).undo(cast.sdr, id)));
    expect(clicks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const undone = await world.database.read((db) =>
      db.rows(sql`SELECT id FROM activity WHERE prospect_id = ${prospectId} AND undoes_id IS NOT NULL`, {
        id: String,
      }),
    );
    expect(undone).toHaveLength(1);
  });

  it('a contact keeps what two managers wrote of it', async () => {
    const boss = await world.admin();
    const { id } = nordia.host;
    const edited = await whileUnsafe(
      (tx) => tx.run(sql`UPDATE contact SET phone = '+33100000000' WHERE id = ${id}`),
      () => world.get(Contacts).edit(boss, id, { title: 'Directrice générale' }),
    );
    expect(edited).toMatchObject({ phone: '+33100000000', title: 'Directrice générale' });
  });

  it('somebody assigned by two clicks is on the team once', async () => {
    const boss = await world.admin();
    const { userId } = await world.person('sdr', [], 'Tina Team');
    await Promise.all([1, 2].map(() => world.get(ClientTeam).assign(boss, clientId, userId)));
    const team = await world.get(ClientTeam).list(boss, clientId);
    expect(team.filter((member) => member.userId === userId)).toHaveLength(1);
  });

  it('an address invited by two clicks is invited once, and the second says that it is taken', async () => {
    const boss = await world.admin();
    const wanted = { email: 'twice@once.example', name: 'Twice', role: 'sdr' as const };
    const clicks = await Promise.allSettled([1, 2].map(() => world.get(People).invite(boss, wanted)));
    const refused = clicks.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { fields: { email: 'emailTaken' } } }]);
  });

  it('of two admins who disable each other, one is left', async () => {
    const [one, other] = [await world.person('admin', [], 'One'), await world.person('admin', [], 'Other')];
    const clicks = await Promise.allSettled([
      world.get(Standing).disable(one, other.userId),
      world.get(Standing).disable(other, one.userId),
    ]);
    expect(clicks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

onBothDatabases('Two who found the agency at once', (world) => {
  it('are let in one at a time: one founds it, the other is told that it is there', async () => {
    const founding = (name: string) => ({
      agencyName: name,
      name,
      email: `${name.toLowerCase()}@once.example`,
      password: PASSWORD,
      locale: 'fr' as const,
    });
    const both = await Promise.allSettled(
      ['Une', 'Deux'].map((name) => world.get(People).found(founding(name))),
    );
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'alreadyFounded' } },
    ]);
  });
});
