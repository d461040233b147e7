import { setImmediate as breath } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { integer, maybe, text } from '../../src/database/rows.js';
import { ErasedPeople } from '../../src/prospects/suppression/erased-people.service.js';
import { Import } from '../../src/prospects/import/import.entity.js';
import { ImportClearing } from '../../src/prospects/import/import-clearing.service.js';
import { ImportReverts } from '../../src/prospects/import/import-reverts.service.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { bringIn, outcomeOf, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('an import and what people decide about it', (world) => {
  let actor: Actor;
  beforeAll(async () => {
    actor = await world.admin();
  });
  const client = async (name?: string) => (await readyClient(world, name)).client.id;
  const people = (clientId: string) =>
    world.database.read((db) =>
      db.rows(
        sql`SELECT id, email, title, email_key FROM prospect WHERE client_id = ${clientId} ORDER BY email`,
        { id: text, email: maybe(text), title: maybe(text), emailKey: maybe(text) },
      ),
    );
  const upload = async (clientId: string, file: { name: string; content: string }) => {
    const answer = await (await world.api(actor)).upload(`/clients/${clientId}/imports`, file);
    expect(answer.status, answer.text).toBe(202);
    return (answer.body as { id: string }).id;
  };
  const importNow = (id: string) => world.database.read((db) => db.entities.findOneByOrFail(Import, { id }));
  /** Reverts an import by itself, killed after so many transactions. */
  const cutOff = async (id: string, transactions: number) => {
    await world.database.write((tx) =>
      tx.entities.update(Import, { id }, { status: 'reverting', carriedBy: 'here' }),
    );
    const job = await importNow(id);
    const write = world.database.write.bind(world.database);
    let left = transactions;
    const killed = vi.spyOn(world.database, 'write').mockImplementation((act) => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('killed')) : write(act);
    });
    await world
      .get(ImportReverts)
      .carryThrough(job, () => false)
      .catch((error: unknown) => expect(error).toMatchObject({ message: 'killed' }));
    killed.mockRestore();
  };
  const many = (count: number, of = 'p') =>
    sheet('E-mail;Fonction', ...Array.from({ length: count }, (_, at) => `${of}${at}@x.example;Nom ${at}`));
  /** Resolves once some rows are in. Asked as a writer asks: whatever was held back is committed before the answer. */
  const underWay = async (id: string) => {
    const position = sql`SELECT position n FROM import WHERE id = ${id}`;
    while ((await world.database.write((tx) => tx.row(position, { n: integer })))?.n === 0) await breath();
  };

  it('people who are in a sequence are brought too, or left out and counted, as chosen', async () => {
    const clientId = await client();
    await bringIn(world, actor, clientId, sheet('E-mail;Fonction', 'busy@x.example;', 'free@x.example;'));
    await world.database.write((tx) =>
      tx.run(
        sql`UPDATE prospect SET status = 'in_sequence' WHERE client_id = ${clientId} AND email LIKE 'busy%'`,
      ),
    );
    const file = sheet('E-mail;Fonction', 'busy@x.example;PDG', 'free@x.example;PDG', 'new@x.example;PDG');
    expect(await bringIn(world, actor, clientId, file, { onActive: 'leave', dryRun: 'true' })).toMatchObject({
      ...{ created: 1, updated: 1, skipped: 1 },
      reasons: { in_sequence: 1 },
    });
    await bringIn(world, actor, clientId, file, { onActive: 'leave' });
    expect((await people(clientId)).map(({ title }) => title)).toEqual([null, 'PDG', 'PDG']);
    expect(await bringIn(world, actor, clientId, file)).toMatchObject({ updated: 1, unchanged: 2 });
    expect((await people(clientId)).map(({ title }) => title)).toEqual(['PDG', 'PDG', 'PDG']);
  });

  it('somebody who was erased does not come back: by no key, from no file, by nobody’s hand, and no row of theirs is kept', async () => {
    const clientId = await client();
    const elsewhere = await client('Ailleurs');
    const erased = world.get(ErasedPeople);
    const keys = {
      external: null,
      email: 'claire@roux.example',
      linkedin: null,
      name: 'claire vasseur@roux.example',
    };
    await world.database.write((tx) => erased.remember(tx, clientId, keys));
    const file = sheet(
      'Prénom;Nom;E-mail;Site web',
      'Claire;Vasseur;claire+x@roux.example;',
      'CLAIRE;VASSEUR;autre@gmail.com;www.roux.example',
      'Paul;Roux;paul@roux.example;',
    );
    const outcome = await bringIn(world, actor, clientId, file);
    expect(outcome).toMatchObject({ created: 1, skipped: 2, reasons: { erased: 2 } });
    const api = await world.api(actor);
    const { text: rejects } = await api.get(`/imports/${outcome.id}/rejects.csv`);
    expect(rejects).toContain('erased');
    expect(rejects.toLowerCase()).not.toContain('claire');
    const stored = await world.database.read((db) =>
      db.rows(sql`SELECT digest, client_id FROM erased_identity`, { digest: text, clientId: maybe(text) }),
    );
    expect(JSON.stringify(stored)).not.toContain('claire');
    const typed = { firstName: 'Claire', lastName: 'Vasseur', email: 'claire@roux.example' };
    expect((await api.post(`/clients/${clientId}/prospects`, typed)).status).toBe(409);
    expect((await api.post(`/clients/${elsewhere}/prospects`, typed)).status).toBe(201);
    const logged = await world.database.read((db) =>
      db.row(
        sql`SELECT details FROM audit_entry WHERE act = 'import.refused_people' AND subject_id = ${outcome.id}`,
        {
          details: (raw: unknown) => (typeof raw === 'string' ? (JSON.parse(raw) as unknown) : raw),
        },
      ),
    );
    expect(logged?.details).toEqual({ suppressed: 0, erased: 2 });
    await world.database.write((tx) =>
      erased.remember(tx, null, { ...keys, email: 'paul@autre.example', name: null }),
    );
    expect(await bringIn(world, actor, elsewhere, sheet('E-mail', 'paul@autre.example'))).toMatchObject({
      reasons: { erased: 1 },
    });
  });

  it('columns chosen for a source are chosen again for its next file, for this client alone', async () => {
    const [clientId, other] = [await client(), await client('Autre')];
    const file = sheet('Mail;Qui;Quoi', 'a@x.example;Claire Vasseur;rouge');
    const mapping = JSON.stringify({ Qui: 'fullName', Quoi: null });
    await bringIn(world, actor, clientId, file, { mapping });
    const fields = async (of: string, again: typeof file) =>
      (await bringIn(world, actor, of, again)).mapping.map(({ field }) => field);
    const next = sheet('Mail;Qui;Quoi', 'b@x.example;Paul Roux;vert');
    expect(await fields(clientId, next)).toEqual(['email', 'fullName', null]);
    expect(await fields(other, next)).toEqual(['email', 'custom:Qui', 'custom:Quoi']);
    expect(await fields(clientId, sheet('Mail;Qui', 'c@x.example;Léa Blanc'))).toEqual([
      'email',
      'custom:Qui',
    ]);
    await bringIn(world, actor, clientId, next, {
      mapping: JSON.stringify({ Qui: 'custom:Qui', Quoi: 'custom:Quoi' }),
    });
    expect(await fields(clientId, next)).toEqual(['email', 'custom:Qui', 'custom:Quoi']);
  });

  it('an import that is stopped keeps what it has written, says so, and can be taken back', async () => {
    const clientId = await client();
    const id = await upload(clientId, many(6_000));
    await underWay(id);
    const api = await world.api(actor);
    const stopped = (await api.post(`/imports/${id}/cancel`)).body as { status: string; created: number };
    expect(stopped.status).toBe('cancelled');
    expect(stopped.created).toBeGreaterThan(0);
    expect(stopped.created).toBeLessThan(6_000);
    expect(await people(clientId)).toHaveLength(stopped.created);
    expect((await api.post(`/imports/${id}/cancel`)).status).toBe(409);
    await world.get(ImportRunner).resume(new Date('2030-01-01'));
    expect(await outcomeOf(api, id)).toMatchObject({ status: 'cancelled', created: stopped.created });
    expect((await api.post(`/imports/${id}/revert`)).body).toMatchObject({
      removed: stopped.created,
      keptCount: 0,
    });
    expect(await people(clientId)).toEqual([]);
  });

  it('an import whose process has gone is taken up when the next one starts; one that lives elsewhere is left to it', async () => {
    const clientId = await client();
    const ids = [await upload(clientId, many(2_000)), await upload(clientId, many(2_000, 'q'))];
    const runner = world.get(ImportRunner);
    await Promise.all(ids.map(underWay));
    await runner.onModuleDestroy();
    (runner as unknown as { isClosing: boolean }).isClosing = false;
    const own = await world.database.read((db) =>
      db.row(sql`SELECT carried_by FROM import WHERE id = ${ids[0]}`, { carriedBy: text }),
    );
    const machine = own!.carriedBy.split(' ')[0]!;
    const names = [`${machine} 99999999 before run`, 'elsewhere 99999999 before run'];
    for (const [at, id] of ids.entries())
      await world.database.write((tx) =>
        tx.run(sql`UPDATE import SET status = 'importing', carried_by = ${names[at]} WHERE id = ${id}`),
      );
    await runner.onApplicationBootstrap();
    await Promise.all(ids.map((id) => runner.finished(id)));
    const api = await world.api(actor);
    expect(await outcomeOf(api, ids[0]!)).toMatchObject({ status: 'done', rows: 2_000, created: 2_000 });
    expect((await outcomeOf(api, ids[1]!)).status).toBe('importing');
    await runner.resume(new Date('2030-01-01'));
    expect(await outcomeOf(api, ids[1]!)).toMatchObject({ status: 'done', rows: 2_000, created: 2_000 });
  });

  it('two files of the same people at once: each ends, and nobody is there twice', async () => {
    const clientId = await client();
    const forth = many(2_000);
    const lines = forth.content.trim().split('\n');
    const back = sheet(
      lines[0]!,
      ...lines
        .slice(1)
        .reverse()
        .map((line) => line.replace('Nom', 'Poste')),
    );
    const api = await world.api(actor);
    const send = (file: { name: string; content: string }) =>
      api.upload(`/clients/${clientId}/imports`, file, { onDuplicate: 'overwrite' });
    const answers = await Promise.all([send(forth), send(back), send(forth)]);
    const ids = answers.map(({ body }) => (body as { id: string }).id);
    await Promise.all(ids.map((id) => world.get(ImportRunner).finished(id)));
    const outcomes = await Promise.all(ids.map((id) => outcomeOf(api, id)));
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(outcomes.reduce((sum, { created }) => sum + created, 0)).toBe(2_000);
    expect(await people(clientId)).toHaveLength(2_000);
  });

  it('a failure of other work takes nothing of a file that comes in meanwhile', async () => {
    const clientId = await client();
    const api = await world.api(actor);
    const { id } = (await api.upload(`/clients/${clientId}/imports`, many(3_000))).body as { id: string };
    const position = sql`SELECT position n FROM import WHERE id = ${id}`;
    for (let failures = 0; failures < 3; failures += 1) {
      let reached = 0;
      // As the next part sees it: what is brought in and not kept yet.
      while (reached === 0) {
        await breath();
        reached = (await world.database.writePart((tx) => tx.row(position, { n: integer }))).result!.n;
      }
      const failing = world.database.writePart(() => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
    }
    await world.get(ImportRunner).finished(id);
    expect(await outcomeOf(api, id)).toMatchObject({ status: 'done', rows: 3_000, created: 3_000 });
    expect(await people(clientId)).toHaveLength(3_000);
  });

  it('a revert names everybody it left, in a file of its own', async () => {
    const clientId = await client();
    const { id } = await bringIn(world, actor, clientId, many(150));
    await world.database.write((tx) =>
      tx.run(sql`UPDATE prospect SET version = 2 WHERE client_id = ${clientId} AND email <> 'p0@x.example'`),
    );
    const api = await world.api(actor);
    const body = (await api.post(`/imports/${id}/revert`)).body as { kept: object[] };
    expect(body).toMatchObject({ removed: 1, keptCount: 149 });
    expect(body.kept).toHaveLength(100);
    const lines = (await api.get(`/imports/${id}/kept.csv`)).text.trim().split('\r\n');
    expect(lines).toHaveLength(150);
    expect(lines[1]).toMatch(/^p1@x\.example,p1@x\.example,worked_since,/);
  });

  it('a revert that is cut off keeps nobody because of itself: who was changed twice by the file is as before', async () => {
    const clientId = await client();
    const header = 'E-mail;Fonction;Téléphone';
    const emails = Array.from({ length: 320 }, (_, at) => `q${at}@x.example`);
    await bringIn(world, actor, clientId, sheet(header, ...emails.map((one) => `${one};;`)));
    // The first of them comes again at the end of the file, and brings what the first line lacked.
    const rows = emails.map((one) => `${one};Gérant;`);
    const file = sheet(header, ...rows, `${emails[0]};;+33612345678`);
    const { id } = await bringIn(world, actor, clientId, file);
    const person = () =>
      world.database.read((db) => db.entities.findOneByOrFail(Prospect, { clientId, email: emails[0]! }));
    expect(await person()).toMatchObject({ title: 'Gérant', version: 3 });

    await cutOff(id, 1);
    await cutOff(id, 100);
    const { status, revertResult } = await importNow(id);
    expect({ status, revertResult }).toMatchObject({
      status: 'reverted',
      revertResult: { restored: 320, keptCount: 0 },
    });
    expect(await person()).toMatchObject({ title: null, phone: null, mobilePhone: null });
  });

  it('a revert leaves whoever would need an address that somebody else has by now, and goes on with the rest', async () => {
    const clientId = await client();
    const api = await world.api(actor);
    const profile = (n: number) => `https://www.linkedin.com/in/rv-${clientId.slice(-12)}-${n}`;
    const rows = (of: string) => [0, 1].map((n) => `${of}${n}@x.example;${profile(n)}`);
    await bringIn(world, actor, clientId, sheet('E-mail;LinkedIn', ...rows('old')));
    const { id } = await bringIn(world, actor, clientId, sheet('E-mail;LinkedIn', ...rows('new')), {
      onDuplicate: 'overwrite',
    });
    await api
      .post(`/clients/${clientId}/prospects`, { lastName: 'Autre', email: 'old1@x.example' })
      .expect(201);
    expect((await api.post(`/imports/${id}/revert`)).body).toMatchObject({
      ...{ restored: 1, keptCount: 1 },
      kept: [{ reason: 'key_taken' }],
    });
    expect((await people(clientId)).map(({ email }) => email)).toEqual([
      'new1@x.example',
      'old0@x.example',
      'old1@x.example',
    ]);
  });

  it('a company that went with one import is missing to no other: its name stays with the person', async () => {
    const clientId = await client();
    const api = await world.api(actor);
    const file = (...rows: string[]) => sheet('E-mail;Nom;Société;Site web', ...rows);
    const first = await bringIn(
      world,
      actor,
      clientId,
      file('pa@x.example;Un;Xco;https://xco.example.com', 'qu@x.example;Deux;Xco;https://xco.example.com'),
    );
    const moved = file('pa@x.example;Un;Yco;https://yco.example.org');
    const second = await bringIn(world, actor, clientId, moved, { onDuplicate: 'overwrite' });
    expect(second).toMatchObject({ updated: 1 });
    expect((await api.post(`/imports/${first.id}/revert`)).body).toMatchObject({ removed: 1, keptCount: 1 });
    expect((await api.post(`/imports/${second.id}/revert`)).body).toMatchObject({
      restored: 1,
      keptCount: 0,
    });
    const left = await world.database.read((db) => db.entities.findOneByOrFail(Prospect, { clientId }));
    expect(left).toMatchObject({ companyName: 'Xco', companyId: null });
  });

  it('brings columns with the names of what every object has', async () => {
    const clientId = await client();
    await bringIn(
      world,
      actor,
      clientId,
      sheet('E-mail;constructor;toString;__proto__', 'a@x.example;one;two;three'),
    );
    const person = await world.database.read((db) => db.entities.findOneByOrFail(Prospect, { clientId }));
    expect(person.custom).toEqual({ constructor: 'one', toString: 'two', proto: 'three' });
  });

  it('an import nobody decides about in a month is given up', async () => {
    const clientId = await client();
    const { id } = await bringIn(world, actor, clientId, many(1, 's'), { dryRun: 'true' });
    const clearing = world.get(ImportClearing);
    const { createdAt } = await importNow(id);
    await clearing.forgetFiles(new Date(createdAt.getTime() + 29 * 86_400_000));
    expect((await importNow(id)).status).toBe('checked');
    await clearing.forgetFiles(new Date(createdAt.getTime() + 31 * 86_400_000));
    expect((await importNow(id)).status).toBe('cancelled');
  });

  it('nor is anybody who was worked since counted twice', async () => {
    const clientId = await client();
    const { id } = await bringIn(world, actor, clientId, many(310, 'r'));
    await world.database.write((tx) =>
      tx.run(sql`UPDATE prospect SET version = 2 WHERE client_id = ${clientId} AND email = 'r0@x.example'`),
    );
    // One transaction looks for changes, the next takes 300 people away; then it is killed.
    await cutOff(id, 2);
    expect((await importNow(id)).revertResult).toMatchObject({ removed: 299, keptCount: 1 });
    await cutOff(id, 100);
    const { status, revertResult } = await importNow(id);
    expect(status).toBe('reverted');
    expect(revertResult).toMatchObject({ removed: 309, keptCount: 1, kept: [{ reason: 'worked_since' }] });
    expect(revertResult).not.toHaveProperty('after');
  });
});
