import sql from 'sql-template-tag';
import { beforeAll, expect, it } from 'vitest';
import type { Actor, Locale } from '../../src/accounts/actor.js';
import { maybe, text } from '../../src/database/rows.js';
import { bringIn, goodFile, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Carnet’s own file of prospects, brought back', (world) => {
  let admin: Actor;

  beforeAll(async () => {
    admin = await world.admin();
  });

  const filled = async (name: string) => {
    const { id } = (await readyClient(world, name)).client;
    await bringIn(world, admin, id, goodFile('apollo'));
    await bringIn(world, admin, id, goodFile('phantombuster'));
    const own = sheet(
      'Prénom;Nom;E-mail;Fonction;Mobile;Société;Site web',
      'Loïc;NUÑEZ DE LA TORRE;;"- DG";06 12 34 56 78;Torre;torre.example',
      ';;seule@exemple.fr;=1+1;;;',
      'Léa;;lea@gmail.com;;;Studio Léa;',
    );
    await bringIn(world, admin, id, own);
    return id;
  };
  const exported = async (clientId: string, kind: 'csv' | 'xlsx', locale: Locale) => {
    const reader = await world.person('manager', [clientId], `Lecteur ${locale}`);
    await world.database.write((tx) =>
      tx.run(sql`UPDATE app_user SET locale = ${locale} WHERE id = ${reader.userId}`),
    );
    const answer = await (
      await world.api(reader)
    )
      .get(`/clients/${clientId}/prospects.${kind}`)
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect(answer.status).toBe(200);
    return { name: `prospects.${kind}`, content: answer.body as Buffer };
  };
  const people = (clientId: string) =>
    world.database.read((db) =>
      db.rows(
        sql`SELECT full_name, title, external_key FROM prospect WHERE client_id = ${clientId} ORDER BY id`,
        { fullName: text, title: maybe(text), externalKey: maybe(text) },
      ),
    );

  it.each([
    ['csv', 'fr'],
    ['csv', 'en'],
    ['xlsx', 'fr'],
    ['xlsx', 'en'],
  ] as const)('%s in %s: each column is recognised, and overwriting changes nobody', async (kind, locale) => {
    const clientId = await filled(`Aller-retour ${kind} ${locale}`);
    const before = await people(clientId);
    const file = await exported(clientId, kind, locale);
    const back = await bringIn(world, admin, clientId, file, { onDuplicate: 'overwrite' });
    const columns = back.mapping.map(({ column }) => column);
    expect(back.source).toBe('carnet');
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns[0]).toBe(locale === 'fr' ? 'Nom complet' : 'Full name');
    expect(back.mapping.map(({ field }) => field)).toEqual([
      ...[null, 'firstName', 'lastName', 'title', 'companyName', 'website', 'email', 'phone', 'mobilePhone'],
      ...['linkedinUrl', 'city', 'country', null, null, null, null, null, null, null, 'externalId'],
    ]);
    expect(back).toMatchObject({ created: 0, updated: 0, skipped: 0, failed: 0, rows: back.unchanged });
    expect(back.unchanged).toBe(before.length);
    expect(await people(clientId)).toEqual(before);
  });

  /** The CSV a person downloads from the page. */
  const downloaded = async (clientId: string, locale: Locale) => {
    const reader = await world.person('manager', [clientId], `Lectrice ${locale}`);
    await world.database.write((tx) =>
      tx.run(sql`UPDATE app_user SET locale = ${locale} WHERE id = ${reader.userId}`),
    );
    const answer = await (await world.browser(reader)).get(`/clients/${clientId}/prospects.csv?sort=name`);
    expect(answer.status).toBe(200);
    return { name: 'prospects.csv', content: answer.text };
  };
  /** One person at fixed moments, whose texts hold every separator. */
  const known = async (name: string) => {
    const { id } = (await readyClient(world, name)).client;
    const own = sheet(
      'Nom;Prénom;E-mail;Mobile;Société;Fonction',
      'Zola;Émile;e@z.example;06 12 34 56 78;=cmd;"DG; chef, ""a"""',
    );
    await bringIn(world, admin, id, own);
    await world.database.write((tx) =>
      tx.run(sql`UPDATE prospect SET status = 'later', status_until = '2026-03-01',
        last_activity_at = ${new Date('2026-07-31T22:30:00Z')}, created_at = ${new Date('2026-01-05T09:05:59Z')}
        WHERE client_id = ${id} AND email = 'e@z.example'`),
    );
    return id;
  };

  it('a person’s CSV opens with a double click: French cells part at semicolons, and dates are those of the client’s clock', async () => {
    const clientId = await known('Double clic');
    const french = (await downloaded(clientId, 'fr')).content;
    expect(french.startsWith('\ufeffNom complet;Prénom;Nom;')).toBe(true);
    expect(french).toContain(`;"DG; chef, ""a""";'=cmd;`);
    expect(french).toContain(`;'+33612345678;`);
    expect(french).toContain(';01/03/2026;');
    // Half past ten in the evening of July in Greenwich is August in Paris.
    expect(french).toContain(';01/08/2026 00:30;05/01/2026 10:05;');
    const english = (await downloaded(clientId, 'en')).content;
    expect(english.startsWith('\ufeffFull name,First name,Last name,')).toBe(true);
    expect(english).toContain(',2026-08-01 00:30,2026-01-05 10:05,');
  });

  it('what a program takes keeps its commas and instants, whatever language its owner reads', async () => {
    const clientId = await known('Programme');
    const plain = (await exported(clientId, 'csv', 'fr')).content.toString();
    expect(plain.startsWith('Nom complet,Prénom,Nom,')).toBe(true);
    expect(plain).toContain(',2026-03-01,');
    expect(plain).toContain(',2026-07-31T22:30:00.000Z,2026-01-05T09:05:59.000Z,');
  });

  it.each(['fr', 'en'] as const)(
    'the page’s CSV in %s, brought back over everybody, changes nobody',
    async (locale) => {
      const clientId = await filled(`Page aller-retour ${locale}`);
      const before = await people(clientId);
      const file = await downloaded(clientId, locale);
      const back = await bringIn(world, admin, clientId, file, { onDuplicate: 'overwrite' });
      expect(back).toMatchObject({ source: 'carnet', created: 0, updated: 0, unchanged: before.length });
      expect(back.rows).toBe(before.length);
      expect(await people(clientId)).toEqual(before);
    },
  );

  it('a person whose every other sign was changed in the sheet is still that person, by Carnet’s id', async () => {
    const clientId = await filled('Corrigé au tableur');
    const { content } = await exported(clientId, 'csv', 'fr');
    const corrected = content
      .toString()
      .replace('seule@exemple.fr,seule@exemple.fr', 'x')
      .replaceAll('seule@exemple.fr', 'autre@exemple.fr')
      .replaceAll("'=1+1", 'Gérante');
    const back = await bringIn(
      world,
      admin,
      clientId,
      { name: 'corrigé.csv', content: corrected },
      { onDuplicate: 'overwrite' },
    );
    expect(back).toMatchObject({ created: 0, updated: 1, unchanged: back.rows - 1 });
    expect((await people(clientId)).map(({ title }) => title)).toContain('Gérante');
  });

  it('another client’s file brings its people by their own signs: Carnet’s ids say nothing here', async () => {
    const file = await exported(await filled('Client A'), 'csv', 'fr');
    const other = (await readyClient(world, 'Client B')).client.id;
    const first = await bringIn(world, admin, other, file);
    const again = await bringIn(world, admin, other, file, { onDuplicate: 'overwrite' });
    expect(first).toMatchObject({ created: first.rows, failed: 0 });
    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: first.rows });
    expect((await people(other)).map(({ externalKey }) => externalKey)).toEqual(
      Array.from({ length: first.rows }, () => null),
    );
    const nameless = sheet('Identifiant Carnet;Prénom', '0192a3b4-0000-7000-8000-000000000000;Zoé');
    expect(await bringIn(world, admin, other, nameless)).toMatchObject({
      failed: 1,
      reasons: { missing_identity: 1 },
    });
  });

  it('two columns for one field are refused by the name of the field, and so are two columns of one name', async () => {
    const clientId = (await readyClient(world, 'Deux colonnes')).client.id;
    const api = await world.api(admin);
    const send = (file: { name: string; content: string | Buffer }, mapping?: object) =>
      api.upload(
        `/clients/${clientId}/imports`,
        file,
        mapping === undefined ? {} : { mapping: JSON.stringify(mapping) },
      );
    const doubled = await send(goodFile('apollo'), { Stage: 'email' });
    expect(doubled.status).toBe(422);
    const { fields } = doubled.body as { fields: Record<string, string> };
    expect(fields['mapping.email']).toContain('“Email”, “Stage”');
    const names = sheet('Nom;Prénom;Nom;E-mail', 'Loïc Nuñez;Loïc;Nuñez;loic@x.example');
    const twice = await send(names);
    expect(Object.keys((twice.body as { fields: object }).fields)).toEqual(['mapping.lastName']);
    expect((await send(names, { 0: 'fullName' })).status).toBe(202);
    const browser = await world.browser(admin);
    const columns = await browser.upload(`/clients/${clientId}/imports`, goodFile('apollo'));
    const home = String(columns.headers['location']);
    const stage = /name="(mapping\[c\d+\])"[^>]*>(?:(?!<\/select>).)*custom:Stage/s.exec(
      (await browser.get(home)).text,
    )![1]!;
    const refused = await browser.post(`${home}/check`, { [stage]: 'email' });
    expect(refused.status).toBe(422);
    expect(refused.text).toMatch(/Several columns become “E-?mail”: Email, Stage\./i);
  });
});
