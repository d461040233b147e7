import { expect, it } from 'vitest';
import { onBothDatabases, PASSWORD } from '../support/world.js';

onBothDatabases('signing in', (world) => {
  it('leads the first visitor to found the agency, and nobody after', async () => {
    const visitor = await world.browser();
    expect((await visitor.get('/')).headers['location']).toBe('/setup');
    const founded = await visitor.post('/setup', {
      agencyName: 'Épure',
      name: 'Ada',
      email: 'Ada@Epure.example',
      password: PASSWORD,
      locale: 'fr',
    });
    expect([founded.status, founded.headers['location']]).toEqual([303, '/clients']);
    expect((await (await world.browser()).get('/setup')).status).toBe(404);
  });

  it('draws the form again with a sentence when the password is wrong, whoever it is', async () => {
    const browser = await world.browser();
    const known = await browser.post('/sign-in', { email: 'ada@epure.example', password: 'not this one' });
    const unknown = await browser.post('/sign-in', {
      email: 'nobody@epure.example',
      password: 'not this one',
    });
    expect([known.status, unknown.status]).toEqual([422, 422]);
    expect(known.text).toContain('do not go together');
    expect(known.text).toContain('value="ada@epure.example"');
  });

  it('opens with the right one, and goes on to the page that was asked for, on this site only', async () => {
    const browser = await world.browser();
    const form = { email: 'ada@epure.example', password: PASSWORD };
    expect((await browser.post('/sign-in', { ...form, next: '/clients' })).headers['location']).toBe(
      '/clients',
    );
    expect((await browser.post('/sign-in', { ...form, next: '//evil.example' })).headers['location']).toBe(
      '/',
    );
  });

  it('refuses a form without its token', async () => {
    const browser = await world.browser();
    await browser.get('/sign-in');
    const answer = await browser.post('/sign-in', { email: 'a', password: 'b' }, { 'x-csrf-token': 'wrong' });
    expect(answer.status).toBe(403);
  });
});
