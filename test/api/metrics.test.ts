import { statfs } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { Config } from '../../src/config/config.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('what a supervisor reads', (world) => {
  it('says how much room is left for what is kept, before the disk is full', async () => {
    const { text } = await (await world.api(await world.admin())).get('/metrics');
    const told = Number(/^carnet_data_free_bytes (\S+)$/m.exec(text)?.[1]);
    const { bavail, bsize } = await statfs(world.get(Config).dataDir);
    // Others write to this disk meanwhile.
    expect(told).toBeGreaterThan(bavail * bsize * 0.9);
    expect(told).toBeLessThan(bavail * bsize * 1.1);
  });
});
