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

  it('answers the API in JSON, and strangers with 401', async () => {
    const answer = await (await world.api()).get('/no-such-thing');
    expect(answer.body).toMatchObject({ error: 'not_found' });
    expect(answer.headers['content-type']).toContain('application/json');
  });
});
