import { expect, it } from 'vitest';
import sql from 'sql-template-tag';
import { integer, maybe, text } from '../../src/database/rows.js';
import { ImportRunner } from '../../src/prospects/import/import-runner.service.js';
import type { Browser } from '../support/browser.js';
import { goodFile, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the import wizard, without a script', (world) => {
  async function sdrOf(name: string) {
    const { client } = await readyClient(world, name);
    const browser = await world.browser(await world.person('sdr', [client.id], 'Sam'));
    return { clientId: client.id, browser, home: `/clients/${client.id}/imports` };
  }
  const countOf = async (clientId: string): Promise<number> => {
    const query = sql`SELECT COUNT(*) n FROM prospect WHERE client_id = ${clientId}`;
    return (await world.database.read((db) => db.row(query, { n: integer })))!.n;
  };
  async function uploadedTo(
    browser: Browser,
    home: string,
    file: { name: string; content: string | Buffer },
  ): Promise<string> {
    await browser.get(home);
    const answer = await browser.upload(home, file);
    expect(answer.status, answer.text).toBe(303);
    return String(answer.headers['location']);
  }
  const rested = (path: string) => world.get(ImportRunner).finished(path.split('/').at(-1)!);
  /** What the form of the columns sends: every select with what is chosen in it. */
  function chosen(html: string): Record<string, string> {
    const selects = [...html.matchAll(/<select[^>]* name="(mapping\[c\d+\])"[^>]*>(.*?)<\/select>/gs)];
    return Object.fromEntries(
      selects.map(([, name, options]) => [name!, /value="([^"]*)" selected/.exec(options!)?.[1] ?? '']),
    );
  }

  it('an Apollo file: understood, checked with counts before anything is written, imported, taken back', async () => {
    const { clientId, browser, home } = await sdrOf('Apollon');
    const path = await uploadedTo(browser, home, goodFile('apollo'));
    const columns = await browser.get(path);
    expect(columns.text).toContain('Apollo');
    expect(columns.text).toContain('<dd>75</dd>');
    expect(columns.text).toContain('Anne-Sophie Lefèvre');
    expect(columns.text).toContain('+33 4 50 00 00 00');
    const form = chosen(columns.text);
    expect(Object.keys(form)).toHaveLength(75);
    expect(form['mapping[c5]']).toBe('email');

    await browser.post(`${path}/check`, { ...form, onDuplicate: 'fill', listName: 'Salon' });
    await rested(path);
    const checked = await browser.get(path);
    expect(checked.text).toContain('Will be created');
    expect(checked.text).toContain('Import 6 prospects');
    expect(await countOf(clientId)).toBe(0);

    await browser.post(`${path}/bring`);
    await rested(path);
    expect((await browser.get(path)).text).toContain('Result');
    expect(await countOf(clientId)).toBe(6);
    expect((await browser.get(home)).text).toContain('apollo.csv');

    await browser.submit(`${path}/revert`);
    await rested(path);
    const back = await browser.get(path);
    expect(back.text).toContain('6 prospects removed');
    expect(await countOf(clientId)).toBe(0);
  });

  it('columns changed by hand: one becomes a custom field, one is left out, and the preview shows it', async () => {
    const { clientId, browser, home } = await sdrOf('Manuel');
    const path = await uploadedTo(
      browser,
      home,
      sheet('E-mail;Nom;Ville;Fonction', 'a@x.example;Roux;Lyon;DRH'),
    );
    const form = {
      ...chosen((await browser.get(path)).text),
      'mapping[c2]': 'custom:Agence',
      'mapping[c3]': '-',
    };
    const preview = await browser.post(`${path}/preview`, form, { 'hx-request': 'true' });
    expect(preview.text).toContain('Agence: Lyon');
    expect(preview.text).not.toContain('DRH');
    await browser.post(`${path}/check`, { ...form, onDuplicate: 'fill' });
    await rested(path);
    await browser.post(`${path}/bring`);
    await rested(path);
    const stored = await world.database.read(
      (db) => db.entities.findOneByOrFail('Prospect', { clientId }) as Promise<Record<string, unknown>>,
    );
    expect(stored).toMatchObject({ custom: { Agence: 'Lyon' }, city: null, title: null });
  });

  it('a choice nobody can be recognised by is refused at the form, which keeps what was chosen', async () => {
    const { browser, home } = await sdrOf('Muet');
    const path = await uploadedTo(browser, home, sheet('E-mail;Note', 'a@x.example;un'));
    const answer = await browser.post(`${path}/check`, {
      'mapping[c0]': '-',
      'mapping[c1]': 'custom:Note',
      onDuplicate: 'skip',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('No column tells who is who');
    expect(chosen(answer.text)['mapping[c0]']).toBe('-');
    expect(answer.text).toMatch(/value="skip" checked/);
  });

  it('a file that is none, and no file at all: the same page, saying why', async () => {
    const { browser, home } = await sdrOf('Cassé');
    await browser.get(home);
    const binary = await browser.upload(home, {
      name: 'photo.csv',
      content: Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'),
    });
    expect(binary.status).toBe(422);
    expect(binary.text).toContain('This is not a text file');
    expect((await browser.post(home)).status).toBe(422);
  });

  it('a file that breaks off far down: the check says where, nothing is written, and the columns stay open', async () => {
    const { clientId, browser, home } = await sdrOf('Coupé');
    const good = Array.from({ length: 30 }, (_, at) => `p${at}@x.example;ok`);
    const path = await uploadedTo(
      browser,
      home,
      sheet('E-mail;Note', ...good, 'z@x.example;"jamais fermé', 'y@x.example;perdu'),
    );
    await browser.post(`${path}/check`, { ...chosen((await browser.get(path)).text), onDuplicate: 'fill' });
    await rested(path);
    const page = await browser.get(path);
    expect(page.text).toContain('In row 32 a quotation mark opens and never closes.');
    expect(page.text).toContain('Nothing was written.');
    expect(page.text).toContain('Check before importing');
    expect(await countOf(clientId)).toBe(0);
  });

  it('an SDR who brings people in owns them, unless they say nobody; those known before stay whose they are', async () => {
    const { clientId, browser, home } = await sdrOf('Propriétaire');
    const ownersOf = () =>
      world.database.read((db) =>
        db.rows(
          sql`SELECT p.email, u.name FROM prospect p LEFT JOIN app_user u ON u.id = p.owner_id
            WHERE p.client_id = ${clientId} ORDER BY p.email`,
          { email: text, name: maybe(text) },
        ),
      );
    const bring = async (rows: string[], choice: (html: string) => object = () => ({})) => {
      const path = await uploadedTo(browser, home, sheet('Nom;E-mail', ...rows));
      const { text: html } = await browser.get(path);
      const ownerId = /name="ownerId".*?value="([^"]*)" selected/s.exec(html)![1];
      await browser.post(`${path}/check`, { ...chosen(html), ownerId, ...choice(html) });
      await rested(path);
      await browser.post(`${path}/bring`);
      await rested(path);
      return html;
    };
    await bring(['Un;a@x.example'], () => ({ ownerId: '' }));
    await bring(['Un;a@x.example', 'Deux;b@x.example']);
    expect(await ownersOf()).toEqual([
      { email: 'a@x.example', name: null },
      { email: 'b@x.example', name: 'Sam' },
    ]);
    // Nobody hands work to a colleague but a manager, and nobody to a stranger.
    const tom = await world.person('sdr', [clientId], 'Tom');
    const max = await world.browser(await world.person('manager', [clientId], 'Max'));
    const path = await uploadedTo(browser, home, sheet('Nom;E-mail', 'Trois;c@x.example'));
    const form = chosen((await browser.get(path)).text);
    expect((await browser.post(`${path}/check`, { ...form, ownerId: tom.userId })).status).toBe(403);
    const stranger = await world.person('sdr', [], 'Stan');
    expect((await max.post(`${path}/check`, { ...form, ownerId: stranger.userId })).status).toBe(422);
    expect((await max.post(`${path}/check`, { ...form, ownerId: tom.userId })).status).toBe(303);
    await rested(path);
    await max.post(`${path}/bring`);
    await rested(path);
    expect((await ownersOf()).at(-1)).toEqual({ email: 'c@x.example', name: 'Tom' });
  });

  it('rows not taken: shown with their reason, and downloaded in the reader’s words', async () => {
    const { browser, home } = await sdrOf('Rejets');
    const path = await uploadedTo(
      browser,
      home,
      sheet('Prénom;Nom;E-mail', 'Sans;Adresse;', 'Avec;Adresse;a@x.example'),
    );
    const columns = await browser.get(path);
    await browser.post(`${path}/check`, { ...chosen(columns.text), onDuplicate: 'fill' });
    await rested(path);
    await browser.post(`${path}/bring`);
    await rested(path);
    expect((await browser.get(path)).text).toContain('Prénom: Sans · Nom: Adresse');
    const csv = await browser.get(`${path}/rejects.csv`);
    expect(csv.headers['content-disposition']).toContain('rows-not-taken');
    expect(csv.text).toContain('Sans;Adresse;;2;failed;Nobody to recognise');
    // A French reader has French words, and their mended file is understood as well.
    await browser.submit('/me/language', { locale: 'fr' });
    const french = (await browser.get(`${path}/rejects.csv`)).text;
    expect(french).toContain('E-mail;Carnet ligne;Carnet issue;Carnet motif');
    expect(french).toContain('Sans;Adresse;;2;refusée;');
    const mended = french.replace('Sans;Adresse;;', 'Sans;Adresse;sans@x.example;');
    const again = await uploadedTo(browser, home, { name: 'mended.csv', content: mended });
    expect(chosen((await browser.get(again)).text)).toEqual({
      ...{ 'mapping[c0]': 'firstName', 'mapping[c1]': 'lastName', 'mapping[c2]': 'email' },
      ...{ 'mapping[c3]': '-', 'mapping[c4]': '-', 'mapping[c5]': '-' },
    });
  });

  it('a step taken twice or too early says so, and nothing runs twice', async () => {
    const { browser, home } = await sdrOf('Pressé');
    const path = await uploadedTo(browser, home, sheet('E-mail', 'a@x.example', 'b@x.example'));
    expect((await browser.post(`${path}/bring`)).status).toBe(409);
    expect((await browser.post(`${path}/revert`)).status).toBe(409);
  });

  it('a stranger finds nothing', async () => {
    const { browser, home } = await sdrOf('Privé');
    const path = await uploadedTo(browser, home, sheet('E-mail', 'a@x.example'));
    const stranger = await world.browser(await world.person('sdr', [], 'Stan'));
    await stranger.get('/');
    for (const address of [home, path, `${path}/rejects.csv`])
      expect((await stranger.get(address)).status).toBe(404);
    for (const act of ['check', 'bring', 'revert', 'preview'])
      expect((await stranger.post(`${path}/${act}`)).status).toBe(404);
  });
});
