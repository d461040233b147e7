import { expect, it } from 'vitest';
import { addressee, engineCast, enrolAll } from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('The outbox', (world) => {
  it('counts the mails it lists, due later too, and says when it lists not all of them', async () => {
    // A Saturday: the first mails are due on Monday.
    world.clock.set('2027-01-09T09:00:00Z');
    const cast = await engineCast(world, 'Envois');
    const people = await Promise.all(Array.from({ length: 52 }, () => addressee(world, cast.client.id)));
    const browser = await world.browser(cast.sdr);
    const page = async () => {
      const { text } = await browser.get(`/clients/${cast.client.id}/outbox`);
      return {
        waiting: /To send <span class="num muted">([^<]*)</.exec(text)?.[1],
        rows: text.match(/<th scope="row"/g)?.length ?? 0,
        isCut: text.includes('The 50 that go first are shown'),
      };
    };
    await enrolAll(world, cast, people.slice(0, 2));
    expect(await page()).toEqual({ waiting: '2', rows: 2, isCut: false });
    await enrolAll(world, cast, people.slice(2));
    expect(await page()).toEqual({ waiting: '52', rows: 50, isCut: true });
  });
});
