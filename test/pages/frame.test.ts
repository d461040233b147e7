import { expect, it } from 'vitest';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the frame of a page', (world) => {
  it('knows a signed-in person, and shows an error as a page in their language', async () => {
    const browser = await world.browser(await world.admin());
    const answer = await browser.get('/no-such-page');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('Ada Admin');
    expect(answer.text).toContain('Not found');
  });

  it('an address that is no address leads to the page of any other that leads nowhere', async () => {
    const browser = await world.browser(await world.admin());
    for (const path of ['/%ZZ', '/clients/%ZZ', '/prospects/caf%C3', '/clients/%FF/prospects?q=%ZZ']) {
      const answer = await browser.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).toContain('Ada Admin');
      expect(answer.text).toContain('Not found');
    }
    const api = await (await world.api(await world.admin())).get('/clients/%ZZ');
    expect([api.status, api.body]).toMatchObject([404, { error: 'not_found' }]);
  });

  it('answers the API in JSON, and strangers with 401', async () => {
    const answer = await (await world.api()).get('/no-such-thing');
    expect(answer.body).toMatchObject({ error: 'not_found' });
    expect(answer.headers['content-type']).toContain('application/json');
  });
});
