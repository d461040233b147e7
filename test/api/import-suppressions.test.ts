import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { beforeAll, expect, it, vi } from 'vitest';
import { AuditQueries } from '../../src/accounts/audit.queries.js';
import type { Actor } from '../../src/accounts/actor.js';
import { integer, maybe, text } from '../../src/database/rows.js';
import { ImportClearing } from '../../src/prospects/import/import-clearing.service.js';
import { ImportFiles } from '../../src/prospects/import/import-files.service.js';
import type { ListOutcome } from '../../src/prospects/import/suppression-imports.service.js';
import { merge } from '../support/merge-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('a list of oppositions brought as a file', (world) => {
  let actor: Actor;
  beforeAll(async () => {
    actor = await world.admin();
  });
  const client = async (name?: string) => (await readyClient(world, name)).client.id;
  const bring = async (
    path: string,
    content: string | Buffer,
    reason = 'Liste du client',
  ): Promise<ListOutcome> => {
    const answer = await (await world.api(actor)).upload(path, { name: 'liste.csv', content }, { reason });
    expect(answer.status, answer.text).toBe(200);
    return answer.body as ListOutcome;
  };
  const listed = (clientId: string | null) =>
    world.database.read(async (db) => {
      const scope = clientId === null ? sql`client_id IS NULL` : sql`client_id = ${clientId}`;
      const rows = await db.rows(
        sql`SELECT kind, value, reason, source FROM suppression WHERE ${scope} AND removed_at IS NULL ORDER BY kind, value`,
        { kind: text, value: text, reason: text, source: text },
      );
      return rows.map(({ kind, value }) => `${kind} ${value}`);
    });

  it('is on the trail before the first line is entered, and leaves no file behind, be the process killed in between', async () => {
    const clientId = await client();
    const killed = vi.spyOn(world.get(ImportFiles), 'forget').mockRejectedValue(new Error('killed'));
    await (
      await world.api(actor)
    )
      .upload(
        `/clients/${clientId}/suppressions/import`,
        { name: 'a.csv', content: 'a@x.example' },
        { reason: 'x' },
      )
      .expect(500);
    killed.mockRestore();
    const trail = await world.get(AuditQueries).list(actor, { clientId });
    expect(trail.items.map(({ act }) => act)).toContain('suppression.file_begun');
    const folder = world.get(ImportFiles).folder;
    expect(readdirSync(folder)).toHaveLength(1);
    await world.get(ImportClearing).forgetFiles(new Date(Date.now() + 60_000));
    expect(readdirSync(folder)).toHaveLength(1);
    await world.get(ImportClearing).forgetFiles(new Date(Date.now() + 2 * 3_600_000));
    expect(readdirSync(folder)).toHaveLength(0);
  });

  it('a line that names somebody by an address of before a merge stops them', async () => {
    const clientId = await client();
    const kept = await prospectOf(world, clientId, { email: 'lea@morel.example' });
    const gone = await prospectOf(world, clientId, { email: 'lea.morel@perso.example' });
    await merge(world, actor, kept, gone);
    const path = `/clients/${clientId}/suppressions/import`;
    expect(await bring(path, 'lea.morel@perso.example')).toMatchObject({ added: 1, stopped: 1 });
    const status = await world.database.read((db) =>
      db.row(sql`SELECT status FROM prospect WHERE id = ${kept}`, { status: text }),
    );
    expect(status).toEqual({ status: 'do_not_contact' });
  });

  it('one column of everything, without a header: each line is what it looks like', async () => {
    const clientId = await client();
    const lines = [
      'Jean@Dupont.example',
      '*.concurrent.example',
      '@autre.example',
      '06 39 98 12 34',
      'linkedin.com/in/claire',
      'gmail.com',
      'n’importe quoi',
      'jean+x@dupont.example',
    ];
    const outcome = await bring(`/clients/${clientId}/suppressions/import`, lines.join('\r\n'));
    expect(outcome).toMatchObject({
      ...{ rows: 8, added: 5, already: 0, repeated: 1, stopped: 0 },
      refused: { free_mail: 1, unreadable: 1 },
      named: [
        { row: 6, cell: 'gmail.com', problem: 'free_mail' },
        { row: 7, cell: 'n’importe quoi', problem: 'unreadable' },
      ],
    });
    expect(await listed(clientId)).toEqual([
      'domain *.concurrent.example',
      'domain autre.example',
      'email jean@dupont.example',
      'linkedin https://www.linkedin.com/in/claire',
      'phone +33639981234',
    ]);
    expect(await bring(`/clients/${clientId}/suppressions/import`, lines.join('\n'))).toMatchObject({
      added: 0,
      already: 5,
      repeated: 1,
    });
  });

  it('several columns: a column of sites beside people silences no company, one called “domaine” does', async () => {
    const clientId = await client();
    const withSites = ['E-mail;Téléphone;Site web', 'a@roux.example;0639981111;www.roux.example', ';;'].join(
      '\n',
    );
    await bring(`/clients/${clientId}/suppressions/import`, withSites);
    expect(await listed(clientId)).toEqual(['email a@roux.example', 'phone +33639981111']);
    await bring(
      `/clients/${clientId}/suppressions/import`,
      'E-mail;Domaine\nb@blanc.example;\n;noir.example',
    );
    expect(await listed(clientId)).toContain('domain noir.example');
  });

  it('who is on it is contacted no more, comes in from no file, and the reason stays on the entry', async () => {
    const clientId = await client();
    await bringIn(
      world,
      actor,
      clientId,
      sheet('E-mail;Téléphone', 'a@x.example;', 'b@x.example;06 39 98 22 22', 'c@x.example;'),
    );
    const outcome = await bring(
      `/clients/${clientId}/suppressions/import`,
      'E-mail;Téléphone\nA+news@x.example;\n;+33639982222\nd@x.example;',
    );
    expect(outcome).toMatchObject({ added: 3, stopped: 2 });
    const people = await world.database.read((db) =>
      db.rows(sql`SELECT email, status FROM prospect WHERE client_id = ${clientId} ORDER BY email`, {
        email: maybe(text),
        status: text,
      }),
    );
    expect(people.map(({ status }) => status)).toEqual(['do_not_contact', 'do_not_contact', 'new']);
    expect(
      await bringIn(world, actor, clientId, sheet('E-mail', 'd@x.example', 'e@x.example')),
    ).toMatchObject({
      created: 1,
      reasons: { suppressed: 1 },
    });
    const api = await world.api(actor);
    const { items } = (await api.get(`/clients/${clientId}/suppressions`)).body as {
      items: { reason: string; source: string }[];
    };
    expect(items[0]).toMatchObject({ reason: 'Liste du client', source: 'import' });
  });

  it('for the whole agency by managers alone, from a workbook too; without a reason or a file, 422', async () => {
    const clientId = await client();
    // Of the agency nobody knows the country: numbers without a code are told, not guessed.
    const workbook = readFileSync(new URL('../imports/ok/french-sheet.xlsx', import.meta.url));
    expect(await bring('/suppressions/import', workbook, 'Demande générale')).toMatchObject({
      rows: 6,
      added: 10,
      refused: { unreadable: 7 },
    });
    expect(await bringIn(world, actor, clientId, sheet('E-mail', 'zoe@zeta.example'))).toMatchObject({
      skipped: 1,
    });
    const sdr = await world.api(await world.person('sdr', [clientId]));
    const list = { name: 'l.csv', content: 'x@x.example' };
    expect((await sdr.upload('/suppressions/import', list, { reason: 'x' })).status).toBe(403);
    expect((await sdr.upload(`/clients/${clientId}/suppressions/import`, list, { reason: 'x' })).status).toBe(
      200,
    );
    const stranger = await world.api(await world.person('manager', []));
    expect(
      (await stranger.upload(`/clients/${clientId}/suppressions/import`, list, { reason: 'x' })).status,
    ).toBe(404);
    const api = await world.api(actor);
    expect((await api.upload('/suppressions/import', list, {})).status).toBe(422);
    expect(
      (await api.upload('/suppressions/import', { name: 'e.csv', content: '' }, { reason: 'x' })).status,
    ).toBe(422);
  });

  it('on the page: the counts, each refused cell with why, and the way back', async () => {
    const clientId = await client();
    const browser = await world.browser(actor);
    const home = await browser.get(`/clients/${clientId}/suppressions`);
    expect(home.text).toContain('Bring a list as a file');
    const content = 'E-mail\njean@dupont.example\nrien\n';
    const path = `/clients/${clientId}/suppressions/import`;
    const shown = await browser.upload(path, { name: 'liste.csv', content }, { reason: 'Demandé' });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('Neither address, domain, number nor profile');
    expect(shown.text).toContain('rien');
    const refused = await browser.upload(path, { name: 'x.csv', content: '' }, { reason: 'Demandé' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('This file is empty.');
  });

  it('of a hundred thousand lines holds nobody up: others are answered, and write, before it is', async () => {
    const clientId = await client('Longue');
    const { client: neighbour } = await readyClient(world, 'Voisin');
    const sam = await world.api(await world.person('sdr', [neighbour.id], 'Sam'));
    const prospectId = await prospectOf(world, neighbour.id);
    const content = Array.from({ length: 100_000 }, (_, at) => `p${at}@longue.example`).join('\n');
    const order: string[] = [];
    const answered = bring(`/clients/${clientId}/suppressions/import`, content).then((outcome) => {
      order.push('the file');
      return outcome;
    });
    const entered = () =>
      world.database.read(async (db) => {
        const scope = sql`SELECT COUNT(*) AS n FROM suppression WHERE client_id = ${clientId}`;
        return (await db.row(scope, { n: integer }))!.n;
      });
    while ((await entered()) === 0) await pause();
    for (let n = 0; n < 5; n += 1) {
      await sam.get(`/clients/${neighbour.id}/prospects`).expect(200);
      await sam.post(`/prospects/${prospectId}/touches`, { channel: 'call', kind: 'no_answer' }).expect(201);
      order.push('a neighbour');
    }
    expect(await entered()).toBeLessThan(100_000);
    expect(await answered).toMatchObject({ rows: 100_000, added: 100_000 });
    expect(order).toEqual([...Array<string>(5).fill('a neighbour'), 'the file']);
  }, 120_000);

  it('of more rows than a file may have is refused by name, and nothing of it is entered', async () => {
    const clientId = await client('Trop longue');
    const content = 'jean@dupont.example\n'.repeat(200_001);
    const file = { name: 'liste.csv', content };
    const path = `/clients/${clientId}/suppressions/import`;
    const answer = await (await world.api(actor)).upload(path, file, { reason: 'Liste' });
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('200,000')]);
    expect(await listed(clientId)).toEqual([]);
    const page = (await world.browser(actor)).upload(path, file, { reason: 'Liste' });
    expect((await page).status).toBe(422);
  }, 120_000);
});
