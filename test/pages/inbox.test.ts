import { expect, it } from 'vitest';
import { mailIn } from '../support/cockpit-stories.js';
import { mailboxOf } from '../support/engine-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the number beside the inbox', (world) => {
  it('counts what waits for the clients in sight, and is nothing when nothing waits', async () => {
    const one = await readyClient(world, 'Une');
    const two = await readyClient(world, 'Deux');
    for (const { client } of [one, one, two])
      await mailIn(world, await mailboxOf(world, client.id), { prospectId: null, state: 'unmatched' });
    const seen = async (clientIds: string[]): Promise<string> =>
      (await (await world.browser(await world.person('sdr', clientIds))).get('/inbox/count')).text.trim();
    expect(await seen([one.client.id])).toContain('>2</span>');
    expect(await seen([one.client.id, two.client.id])).toContain('3 wait');
    expect(await seen([])).toBe('');
    const admin = await world.browser(await world.admin());
    expect((await admin.get('/inbox/count')).text).toContain('3 wait');
  });
});
