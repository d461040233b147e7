import { beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { AnswerTemplates } from '../../src/outreach/outgoing/answer-templates.service.js';
import { AnswerTexts } from '../../src/sequences/replies/answer-texts.queries.js';
import { addressee, engineCast, enrolAll } from '../support/engine-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('ready answers', (world) => {
  let admin: Actor;

  beforeAll(async () => {
    world.clock.set('2026-11-02T09:00:00Z');
    admin = await world.admin();
    const templates = world.get(AnswerTemplates);
    await templates.add(admin, { name: 'Créneaux', locale: 'fr', body: 'Bonjour {{firstName}}' });
    await templates.add(admin, { name: 'Slots', locale: 'en', body: 'Hello {{firstName}}' });
  });

  const offered = async (clientId: string, id: string) =>
    (await world.get(AnswerTexts).of(admin, { id, clientId })).map(({ name, language }) => [name, language]);

  it('somebody an English sequence wrote to is answered in English first, in a French client too', async () => {
    const cast = await engineCast(world, 'Anglais', { sequence: { locale: 'en' } });
    const id = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [id]);
    expect(await offered(cast.client.id, id)).toEqual([
      ['Slots', 'EN'],
      ['Créneaux', 'FR'],
    ]);
  });

  it('nobody wrote to them yet: the client’s language comes first', async () => {
    const cast = await engineCast(world, 'Neuf', { sequence: { locale: 'en' } });
    const id = await prospectOf(world, cast.client.id, { firstName: 'Zoé' });
    expect(await offered(cast.client.id, id)).toEqual([
      ['Créneaux', 'FR'],
      ['Slots', 'EN'],
    ]);
  });

  it('a new one is in the language of whoever writes it, and the page names that of each', async () => {
    const browser = await world.browser(admin);
    const english = (await browser.get('/settings/answers')).text;
    expect(english).toMatch(/value="en" selected/);
    expect(english).toMatch(/<strong>Créneaux<\/strong> <span class="muted small">French/);
    await browser.submit('/me/language', { locale: 'fr' });
    expect((await browser.get('/settings/answers')).text).toMatch(/value="fr" selected/);
  });
});
