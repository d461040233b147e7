import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('The people of one import', (world) => {
  let admin: Actor;
  let clientId: string;
  let second: string;
  const head = 'Prénom;Nom;E-mail;Fonction';

  beforeAll(async () => {
    admin = await world.admin();
    clientId = (await readyClient(world, 'Salon')).client.id;
    await bringIn(
      world,
      admin,
      clientId,
      sheet(
        head,
        'Ada;Ancienne;ada@a.example;',
        'Bob;Connu;bob@b.example;DG',
        'Cléo;Ailleurs;cleo@c.example;DG',
      ),
    );
    // Of the second file one is new, one completed, and one already known as she is.
    const rows = sheet(
      head,
      'Dan;Nouveau;dan@d.example;DG',
      'Ada;Ancienne;ada@a.example;DRH',
      'Bob;Connu;bob@b.example;',
    );
    second = (await bringIn(world, admin, clientId, { ...rows, name: 'salon & co.csv' })).id;
  });

  const plain = (html: string) => html.replaceAll('&#x3D;', '=');
  const namesIn = (html: string) =>
    ['Ada', 'Bob', 'Cléo', 'Dan'].filter((name) =>
      new RegExp(`<a href="/prospects/[^"]+"[^>]*>${name} `).test(html),
    );

  it('its page leads to those it created or completed, and to nobody else', async () => {
    const browser = await world.browser(admin);
    const result = plain((await browser.get(`/imports/${second}`)).text);
    const href = `/clients/${clientId}/prospects?import=${second}`;
    expect(result).toContain(`href="${href}"`);
    const list = (await browser.get(href)).text;
    expect(namesIn(list)).toEqual(['Ada', 'Dan']);
    expect(list).toContain('2 of 4');
    expect(list).toContain('Import: salon &amp; co.csv (');
  });

  it('the filter stays while others are added, goes with a cross, and goes along into files', async () => {
    const browser = await world.browser(admin);
    const base = `/clients/${clientId}/prospects`;
    const list = plain((await browser.get(`${base}?import=${second}&q=dan&status=new`)).text);
    expect(namesIn(list)).toEqual(['Dan']);
    expect(list).toContain(`<input type="hidden" name="import" value="${second}">`);
    expect(list).toContain(`href="${base}?q=dan&amp;status=new"`);
    const csv = (await browser.get(`${base}.csv?import=${second}`)).text.trim().split('\r\n');
    expect(csv).toHaveLength(3);
  });

  it('an act on everybody found stays among them', async () => {
    const browser = await world.browser(admin);
    const base = `/clients/${clientId}/prospects`;
    const asked = await browser.post(`${base}/bulk`, {
      ...{ everyone: 'on', act: 'enlist', newList: 'Du salon', back: `${base}?import=${second}` },
      formKey: '0192a3b4-0000-7000-8000-00000000aaaa',
    });
    await browser.submit(`${String(asked.headers['location'])}/start`);
    const api = await world.api(admin);
    const { items } = (await api.get(`/clients/${clientId}/lists`)).body as {
      items: { id: string; name: string }[];
    };
    const listId = items.find(({ name }) => name === 'Du salon')!.id;
    const listed = (await api.get(`/clients/${clientId}/prospects?list=${listId}&sort=name`)).body as {
      items: { fullName: string }[];
    };
    expect(listed.items.map(({ fullName }) => fullName)).toEqual(['Ada Ancienne', 'Dan Nouveau']);
  });

  it('a program asks the same; an import of another client finds nobody, and its name is not told', async () => {
    const elsewhere = (await readyClient(world, 'Ailleurs')).client.id;
    const foreign = await bringIn(world, admin, elsewhere, {
      ...sheet(head, 'Eve;Secrète;eve@e.example;DG'),
      name: 'secret.csv',
    });
    const api = await world.api(admin);
    const found = async (id: string) =>
      ((await api.get(`/clients/${clientId}/prospects?import=${id}`)).body as { items: object[] }).items;
    expect(await found(second)).toHaveLength(2);
    for (const id of [foreign.id, 'nonsense', '0192a3b4-0000-7000-8000-000000000000'])
      expect(await found(id)).toEqual([]);
    const page = await (
      await world.browser(admin)
    ).get(`/clients/${clientId}/prospects?import=${foreign.id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Import: unknown file');
    expect(page.text).not.toMatch(/secret\.csv|Secrète/);
  });

  it('kept under a name, it still says which file it means', async () => {
    const browser = await world.browser(admin);
    const kept = await browser.post(`/clients/${clientId}/filters`, {
      name: 'Salon',
      filter: { import: second },
    });
    const page = (await browser.get(String(kept.headers['location']))).text;
    expect(namesIn(page)).toEqual(['Ada', 'Dan']);
    expect(page).toContain('“Salon” finds: Import: salon &amp; co.csv (');
  });

  it('an import that found everybody as they are leads to the whole list, and says so', async () => {
    const again = await bringIn(world, admin, clientId, sheet(head, 'Bob;Connu;bob@b.example;DG'));
    const result = (await (await world.browser(admin)).get(`/imports/${again.id}`)).text;
    expect(result).toContain('See all prospects');
    expect(result).not.toContain('?import=');
  });
});
