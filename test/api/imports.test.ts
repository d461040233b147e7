import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { SYSTEM } from '../../src/accounts/actor.js';
import { integer, json, maybe, text } from '../../src/database/rows.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import { Suppressions } from '../../src/prospects/suppression/suppressions.service.js';
import { bringIn, goodFile, outcomeOf, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const PERSON = {
  id: text,
  fullName: text,
  email: maybe(text),
  title: maybe(text),
  phone: maybe(text),
  companyName: maybe(text),
  companyId: maybe(text),
  fit: maybe(text),
  fitScore: maybe(integer),
  searchText: text,
  custom: maybe(json<Record<string, string>>()),
  version: integer,
};

onBothDatabases('importing a file', (world) => {
  let actor: Actor;
  beforeAll(async () => {
    actor = await world.admin();
  });
  const client = async (name?: string) => (await readyClient(world, name)).client.id;
  const people = (clientId: string) =>
    world.database.read((db) =>
      db.rows(sql`SELECT * FROM prospect WHERE client_id = ${clientId} ORDER BY sort_name, email`, PERSON),
    );
  const count = async (table: 'company' | 'activity' | 'activity_pending' | 'list_member' | 'prospect') => {
    const query = {
      company: sql`SELECT COUNT(*) n FROM company`,
      activity: sql`SELECT COUNT(*) n FROM activity`,
      activity_pending: sql`SELECT COUNT(*) n FROM activity_pending`,
      list_member: sql`SELECT COUNT(*) n FROM list_member`,
      prospect: sql`SELECT COUNT(*) n FROM prospect`,
    }[table];
    return (await world.database.read((db) => db.row(query, { n: integer })))!.n;
  };

  it.each(readdirSync(new URL('../imports/ok/', import.meta.url)))(
    '%s: six people come in, and a second time nothing changes',
    async (name) => {
      const clientId = await client(name);
      const first = await bringIn(world, actor, clientId, goodFile(name));
      const optedOut = name === 'salesloft.csv' ? 1 : 0;
      expect(first).toMatchObject({
        status: 'done',
        rows: 6,
        created: 6 - optedOut,
        skipped: optedOut,
        failed: 0,
      });
      const before = await people(clientId);
      const second = await bringIn(world, actor, clientId, goodFile(name));
      expect(second).toMatchObject({
        status: 'done',
        rows: 6,
        created: 0,
        updated: 0,
        unchanged: 6 - optedOut,
      });
      expect(await people(clientId)).toEqual(before);
    },
  );

  it('each new prospect has its company, its fact, its turn in the reports, its verdict and its place on the list', async () => {
    const clientId = await client();
    const [companies, facts, pending, members] = await Promise.all(
      (['company', 'activity', 'activity_pending', 'list_member'] as const).map(count),
    );
    await bringIn(world, actor, clientId, goodFile('apollo'), { listName: 'Salon 2026' });
    expect(await count('company')).toBe(companies! + 6);
    expect(await count('activity')).toBe(facts! + 6);
    expect(await count('activity_pending')).toBe(pending! + 6);
    expect(await count('list_member')).toBe(members! + 6);
    const anne = (await people(clientId)).find(({ fullName }) => fullName === 'Anne-Sophie Lefèvre')!;
    // Nordia looks for directors of sales in French or Belgian software firms of 50 to 500 people: a firm of 120 in Annecy.
    expect(anne).toMatchObject({ fit: 'fit', companyName: 'Coopérative du Léman' });
    expect(anne.searchText).toContain('anne sophie lefevre cooperative du leman');
  });

  it('what was blank is filled by the next file, what was filled stays; overwrite lets the file win', async () => {
    const clientId = await client();
    await bringIn(
      world,
      actor,
      clientId,
      sheet('Prénom;Nom;E-mail;Fonction', 'Claire;Vasseur;claire@roux.example;Directrice'),
    );
    const next = sheet(
      'Prénom;Nom;E-mail;Fonction;Téléphone',
      'Claire;Vasseur;CLAIRE+x@roux.example;PDG;06 39 98 12 34',
    );
    expect(await bringIn(world, actor, clientId, next)).toMatchObject({ created: 0, updated: 1 });
    expect(await people(clientId)).toMatchObject([
      { title: 'Directrice', phone: '+33639981234', email: 'claire@roux.example' },
    ]);
    expect(await bringIn(world, actor, clientId, next, { onDuplicate: 'skip' })).toMatchObject({
      skipped: 1,
      reasons: { already_known: 1 },
    });
    expect(await bringIn(world, actor, clientId, next, { onDuplicate: 'overwrite' })).toMatchObject({
      updated: 1,
    });
    expect(await people(clientId)).toMatchObject([{ title: 'PDG', email: 'claire+x@roux.example' }]);
  });

  it('homonyms at two companies are two prospects', async () => {
    const clientId = await client();
    const file = sheet(
      'Prénom;Nom;Société;Site web',
      'Jean;Dupont;Roux SARL;roux.example',
      'Jean;Dupont;Roux SARL;roux-transports.example',
      'JEAN;DUPONT;Roux;https://www.roux.example/contact',
    );
    const result = await bringIn(world, actor, clientId, file);
    expect(result).toMatchObject({ created: 2, skipped: 1, reasons: { duplicate_in_file: 1 } });
    const companies = new Set((await people(clientId)).map(({ companyId }) => companyId));
    expect(companies.size).toBe(2);
  });

  it('people who must not be contacted are refused, be it for the client, the agency, their address, domain, phone or profile', async () => {
    const clientId = await client();
    const other = await client('Boréal');
    await world.database.write(async (tx) => {
      const enter = (scope: string | null, kind: 'email' | 'domain' | 'phone' | 'linkedin', value: string) =>
        world.get(Suppressions).enter(tx, SYSTEM, {
          clientId: scope,
          keys: [{ kind, value }],
          reason: 'opposition',
          source: 'manual',
        });
      await enter(clientId, 'email', 'a@x.example');
      await enter(null, 'domain', '*.secret.example');
      await enter(null, 'phone', '+33639981234');
      await enter(clientId, 'linkedin', 'https://www.linkedin.com/in/jean-d');
      await enter(other, 'email', 'f@x.example');
    });
    const file = sheet(
      'E-mail;Téléphone;LinkedIn',
      'A+tag@x.example;;',
      'b@mail.secret.example;;',
      'c@x.example;06.39.98.12.34;',
      'd@x.example;;fr.linkedin.com/in/Jean-D/',
      'e@x.example;;',
      'f@x.example;;',
    );
    expect(await bringIn(world, actor, clientId, file)).toMatchObject({
      created: 2,
      skipped: 4,
      reasons: { suppressed: 4 },
    });
    expect((await people(clientId)).map(({ email }) => email)).toEqual(['e@x.example', 'f@x.example']);
  });

  it('a client never learns of another: the same person is new to each', async () => {
    const [one, two] = [await client('Un'), await client('Deux')];
    const file = sheet('E-mail;Fonction', 'partout@x.example;PDG');
    await bringIn(world, actor, one, file);
    expect(await bringIn(world, actor, two, sheet('E-mail', 'partout@x.example'))).toMatchObject({
      created: 1,
      reasons: {},
    });
    expect(await people(two)).toMatchObject([{ title: null }]);
  });

  it('a dry run counts and writes nothing; its counts are those of the import that follows', async () => {
    const clientId = await client();
    const file = sheet(
      'Prénom;Nom;E-mail;Téléphone',
      'Claire;Vasseur;claire@x.example;abc',
      'Claire;Vasseur;Claire@x.example;',
      'Sans;Adresse;;',
      'Mal;Écrite;mal@@x;',
      ';;;',
    );
    const dry = await bringIn(world, actor, clientId, file, { dryRun: 'true' });
    expect(dry).toMatchObject({
      status: 'checked',
      rows: 4,
      totalRows: 4,
      created: 1,
      skipped: 1,
      failed: 2,
      reasons: { duplicate_in_file: 1, missing_identity: 1, bad_email: 1 },
      warnings: { bad_phone: 1 },
    });
    expect(await people(clientId)).toEqual([]);
    const { created, skipped, failed, reasons } = dry;
    expect(await bringIn(world, actor, clientId, file)).toMatchObject({
      status: 'done',
      created,
      skipped,
      failed,
      reasons,
    });
  });

  it('the rejects file holds the rows as they were, each with where and why; mended, it comes in', async () => {
    const clientId = await client();
    const file = sheet(
      'Prénom;Nom;E-mail;Note',
      'Sans;Adresse;;"=1+1; dangereux"',
      'Claire;Vasseur;claire@x.example;',
    );
    const { id } = await bringIn(world, actor, clientId, file);
    const rejects = await (await world.api(actor)).get(`/imports/${id}/rejects.csv`);
    expect(rejects.headers['content-type']).toContain('text/csv');
    expect(rejects.text.split('\r\n')).toEqual([
      '\ufeffPrénom;Nom;E-mail;Note;Carnet row;Carnet outcome;Carnet reason',
      `Sans;Adresse;;"'=1+1; dangereux";2;failed;missing_identity`,
      '',
    ]);
    const mended = rejects.text.replace('Sans;Adresse;;', 'Sans;Adresse;sans@x.example;');
    expect(await bringIn(world, actor, clientId, { name: 'rejects.csv', content: mended })).toMatchObject({
      created: 1,
    });
    const sans = (await people(clientId)).find(({ email }) => email === 'sans@x.example');
    expect(sans?.custom).toEqual({ Note: '=1+1; dangereux' });
  });

  it('a mapping of one’s own is followed; one that names nothing is refused at its column', async () => {
    const clientId = await client();
    const file = sheet('A;B;C', 'x@x.example;Claire Vasseur;rouge', 'y@x.example;Paul Roux;vert');
    const mapping = JSON.stringify({ B: 'fullName', 2: 'custom:Couleur' });
    expect(await bringIn(world, actor, clientId, file, { mapping })).toMatchObject({ created: 2 });
    expect(await people(clientId)).toMatchObject([
      { fullName: 'Paul Roux', custom: { Couleur: 'vert' } },
      { fullName: 'Claire Vasseur', custom: { Couleur: 'rouge' } },
    ]);
    const api = await world.api(actor);
    const wrong = await api.upload(`/clients/${clientId}/imports`, file, {
      mapping: '{"Z":"email","B":"shoeSize"}',
    });
    expect(wrong.status).toBe(422);
    expect(Object.keys((wrong.body as { fields: object }).fields)).toEqual(['mapping.Z', 'mapping.B']);
    expect((await api.upload(`/clients/${clientId}/imports`, file, { mapping: 'nonsense' })).status).toBe(
      422,
    );
    expect((await api.upload(`/clients/${clientId}/imports`, file, { onDuplicate: 'shout' })).status).toBe(
      422,
    );
  });

  const bad = readdirSync(new URL('../imports/not-ok/', import.meta.url), {
    recursive: true,
    encoding: 'utf8',
  });
  it.each(bad.filter((path) => path.includes('/')))(
    '%s is refused at the door, with a sentence',
    async (name) => {
      const clientId = await client();
      const before = await count('prospect');
      const content = readFileSync(new URL(`../imports/not-ok/${name}`, import.meta.url));
      const answer = await (await world.api(actor)).upload(`/clients/${clientId}/imports`, { name, content });
      expect(answer.status).toBe(422);
      expect((answer.body as { fields: { file: string } }).fields.file).toMatch(/\.$/);
      expect(await count('prospect')).toBe(before);
    },
  );

  it('no file, two words for a file, a file for nobody’s client: 4xx', async () => {
    const clientId = await client();
    const api = await world.api(actor);
    expect((await api.post(`/clients/${clientId}/imports`, {})).status).toBe(422);
    expect((await api.upload(`/clients/nobody/imports`, sheet('E-mail', 'a@x.example'))).status).toBe(404);
    const stranger = await world.api(await world.person('manager', []));
    expect(
      (await stranger.upload(`/clients/${clientId}/imports`, sheet('E-mail', 'a@x.example'))).status,
    ).toBe(404);
    expect((await (await world.api()).get('/imports/x')).status).toBe(401);
    expect((await api.get('/imports/x')).status).toBe(404);
    const { id } = await bringIn(world, actor, clientId, sheet('E-mail', 'a@x.example'));
    const { items } = (await api.get(`/clients/${clientId}/imports`)).body as { items: object[] };
    expect(items).toMatchObject([{ id, fileName: 'liste.csv', created: 1, createdByName: 'Ada Admin' }]);
    for (const path of [`/imports/${id}`, `/imports/${id}/rejects.csv`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`/imports/${id}/revert`)).status).toBe(404);
  });

  it('a revert takes back creations and changes, keeps what was worked since, and says which', async () => {
    const clientId = await client();
    await bringIn(
      world,
      actor,
      clientId,
      sheet('E-mail;Fonction;Note', 'known@x.example;;ancienne', 'edited@x.example;;'),
    );
    const before = await people(clientId);
    const file = sheet(
      'E-mail;Fonction;Note;Société',
      'known@x.example;PDG;nouvelle;Roux',
      'edited@x.example;DRH;;',
      'new@x.example;;;Neuve',
      'worked@x.example;;;',
      'known@x.example;;;',
    );
    const { id } = await bringIn(world, actor, clientId, file, {
      onDuplicate: 'overwrite',
      listName: 'À reprendre',
    });
    await world.database.write(async (tx) => {
      await tx.run(
        sql`UPDATE prospect SET version = version + 1 WHERE client_id = ${clientId} AND email IN ('edited@x.example', 'worked@x.example')`,
      );
    });
    const api = await world.api(actor);
    const answer = await api.post(`/imports/${id}/revert`);
    expect(answer.body).toMatchObject({
      removed: 1,
      restored: 1,
      keptCount: 2,
      kept: [{ reason: 'changed_since' }, { reason: 'worked_since' }],
    });
    const after = await people(clientId);
    expect(after.map(({ email }) => email)).toEqual([
      'edited@x.example',
      'known@x.example',
      'worked@x.example',
    ]);
    const restored = after.find(({ email }) => email === 'known@x.example')!;
    const was = before.find(({ email }) => email === 'known@x.example')!;
    expect({ ...restored, version: 0 }).toEqual({ ...was, version: 0 });
    expect(await outcomeOf(api, id)).toMatchObject({ status: 'reverted' });
    expect((await api.post(`/imports/${id}/revert`)).status).toBe(409);
  });

  it('an import cut off in the middle goes on where it stood, and its counts are exact', async () => {
    const clientId = await client();
    const rows = Array.from({ length: 3_000 }, (_, at) => `p${at % 2_900}@x.example;Nom ${at}`);
    const whole = await bringIn(world, actor, await client('Témoin'), sheet('E-mail;Fonction', ...rows));
    expect(whole).toMatchObject({
      rows: 3_000,
      created: 2_900,
      skipped: 100,
      reasons: { duplicate_in_file: 100 },
    });

    const api = await world.api(actor);
    const answer = await api.upload(`/clients/${clientId}/imports`, sheet('E-mail;Fonction', ...rows));
    const { id } = answer.body as { id: string };
    const runner = world.get(ImportRunner);
    await stopAfterOneChunk(runner, id);
    const halfway = await outcomeOf(api, id);
    expect(halfway.status).toBe('importing');
    expect(halfway.rows).toBeLessThan(3_000);
    runner.start(id);
    await runner.finished(id);
    const { created, skipped, reasons } = whole;
    expect(await outcomeOf(api, id)).toMatchObject({
      status: 'done',
      rows: 3_000,
      created,
      skipped,
      reasons,
    });
  });

  it('others are served while a file comes in, and what they write is kept', async () => {
    const clientId = await client();
    const rows = Array.from({ length: 5_000 }, (_, at) => `q${at}@x.example;Nom ${at}`);
    const api = await world.api(actor);
    const answer = await api.upload(`/clients/${clientId}/imports`, sheet('E-mail;Fonction', ...rows));
    const { id } = answer.body as { id: string };
    const names: string[] = [];
    for (let turn = 0; (await outcomeOf(api, id)).status === 'importing'; turn += 1) {
      const opened = await api.post('/clients', { name: `Pendant ${turn}` });
      expect(opened.status).toBe(201);
      names.push((opened.body as { id: string }).id);
    }
    await world.get(ImportRunner).finished(id);
    expect(await outcomeOf(api, id)).toMatchObject({ status: 'done', created: 5_000 });
    expect(names.length).toBeGreaterThan(2);
    for (const opened of names) expect((await api.get(`/clients/${opened}`)).status).toBe(200);
  });

  /** What a stop of the process does: the chunk under way is finished, the next never begins. */
  async function stopAfterOneChunk(runner: ImportRunner, id: string): Promise<void> {
    const position = sql`SELECT position n FROM import WHERE id = ${id}`;
    // As a writer asks: whatever was held back is committed before the answer.
    while ((await world.database.write((tx) => tx.row(position, { n: integer })))?.n === 0) await breath();
    await runner.onModuleDestroy();
    (runner as unknown as { isClosing: boolean }).isClosing = false;
  }
});
