import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { bringIn, sheet } from '../support/import-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Industries, departments and ranks of English sources', (world) => {
  let admin: Actor;
  let id: string;

  beforeAll(async () => {
    admin = await world.admin();
    const clientId = (await readyClient(world, 'Sources')).client.id;
    await bringIn(
      world,
      admin,
      clientId,
      sheet(
        'First Name;Last Name;Email;Industry;Departments;Seniority',
        'Ada;Byron;ada@torre.example;Automotive;C-Suite;Entry',
      ),
    );
    const found = await (await world.api(admin)).get(`/clients/${clientId}/prospects`);
    id = (found.body as { items: { id: string }[] }).items[0]!.id;
  });

  it('are French to a French reader, who corrects the person without changing them; programs get what the source wrote', async () => {
    const browser = await world.browser(admin);
    const english = (await browser.get(`/prospects/${id}`)).text;
    expect(english).toContain('Automotive');
    await browser.submit('/me/language', { locale: 'fr' });
    const french = (await browser.get(`/prospects/${id}`)).text;
    for (const word of ['Automobile', 'Direction générale', 'Débutant']) expect(french).toContain(word);
    expect(french).not.toMatch(/Automotive|C-Suite|Entry/);
    expect((await browser.get(`/today?item=${id}`)).text).toContain('Automobile');

    const form = (await browser.get(`/prospects/${id}/edit`)).text;
    expect(form).toContain('value="Automotive"');
    expect(form).toMatch(/En français\s: Automobile\./u);
    await browser.submit(`/prospects/${id}`, {
      title: 'Directrice',
      industry: 'Automotive',
      seniority: 'Entry',
    });
    const kept = await (await world.api(admin)).get(`/prospects/${id}`);
    expect(kept.body).toMatchObject({ industry: 'Automotive', seniority: 'Entry' });
  });
});
