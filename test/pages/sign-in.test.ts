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

  it('lets an address guess ten times a minute, and counts the visitors behind a proxy one by one', async () => {
    const guess = async (address: string): Promise<number> => {
      const form = { email: 'ada@epure.example', password: 'a guess' };
      return (await guesser.post('/sign-in', form, { 'x-forwarded-for': address })).status;
    };
    const guesser = await world.browser();
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push(await guess('203.0.113.7'));
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
    expect(await guess('203.0.113.8')).toBe(422);
  });
});
