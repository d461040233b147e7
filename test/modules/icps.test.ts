import { expect, it } from 'vitest';
import { bestFit } from '../../src/icp/best-fit.js';
import { IcpQueries } from '../../src/icp/icp.queries.js';
import { Icps } from '../../src/icp/icps.service.js';
import { Conflict, InvalidInput, NotAllowed, NotFound } from '../../src/shared/errors.js';
import { NORDIA_ICP, readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('ICPs', (world) => {
  it('other criteria make a new version; what was judged before keeps the version it was judged by', async () => {
    const admin = await world.admin();
    const { client, icp } = await readyClient(world);
    const { id } = icp.icp;
    const refined = await world
      .get(Icps)
      .refine(admin, id, { ...NORDIA_ICP, countries: ['France'], version: 1 });
    expect([refined.icp.version, refined.version.criteria.countries]).toEqual([2, ['FR']]);
    const versions = await world.get(IcpQueries).versions(admin, id);
    expect(versions.map(({ version, criteria }) => [version, criteria.countries])).toEqual([
      [2, ['FR']],
      [1, ['FR', 'BE']],
    ]);
    expect(versions[1]!.id).toBe(icp.version.id);
    const [inForce] = await world.get(IcpQueries).inForce(client.id);
    expect(inForce).toMatchObject({ icpId: id, versionId: versions[0]!.id, version: 2 });
    await expect(world.get(Icps).refine(admin, id, { ...NORDIA_ICP, version: 1 })).rejects.toBeInstanceOf(
      Conflict,
    );
  });

  it('another name, or the same lists in another order, make no new version', async () => {
    const admin = await world.admin();
    const { icp } = await readyClient(world, 'Renamed');
    const same = { ...NORDIA_ICP, name: 'Autrement', countries: ['Belgique', 'France'] };
    const renamed = await world.get(Icps).refine(admin, icp.icp.id, same);
    expect([renamed.icp.name, renamed.icp.version]).toEqual(['Autrement', 1]);
  });

  it('a shelved ICP judges nobody until it is taken up again', async () => {
    const admin = await world.admin();
    const { client, icp } = await readyClient(world, 'Shelved');
    await world.get(Icps).shelve(admin, icp.icp.id);
    expect(await world.get(IcpQueries).inForce(client.id)).toEqual([]);
    expect(await world.get(IcpQueries).list(admin, client.id)).toEqual([]);
    expect(await world.get(IcpQueries).list(admin, client.id, { withArchived: true })).toHaveLength(1);
    await world.get(Icps).takeUpAgain(admin, icp.icp.id);
    expect(await world.get(IcpQueries).inForce(client.id)).toHaveLength(1);
  });

  it('a prospect keeps the kindest verdict of all the ICPs of its client', async () => {
    const admin = await world.admin();
    const { client, icp } = await readyClient(world, 'Several');
    const bakers = await world
      .get(Icps)
      .define(admin, client.id, { name: 'Boulangers', functions: ['boulanger'] });
    const inForce = await world.get(IcpQueries).inForce(client.id);
    expect(bestFit(inForce, { title: 'Artisan boulanger', country: 'Suisse' })).toMatchObject({
      versionId: bakers.version.id,
      verdict: 'fit',
    });
    expect(bestFit(inForce, { title: 'CEO', country: 'FR' })).toMatchObject({
      versionId: icp.version.id,
      verdict: 'unknown',
    });
    expect(bestFit([], { title: 'CEO' })).toBeNull();
  });

  it('is edited by managers, read by SDRs of the client, unknown to everybody else', async () => {
    const { client, icp } = await readyClient(world, 'Rights');
    const sdr = await world.person('sdr', [client.id]);
    const stranger = await world.person('manager', []);
    const theirs = await world.person('client', [client.id]);
    expect((await world.get(IcpQueries).get(sdr, icp.icp.id)).icp.name).toBe(NORDIA_ICP.name);
    await expect(world.get(Icps).refine(sdr, icp.icp.id, NORDIA_ICP)).rejects.toBeInstanceOf(NotAllowed);
    for (const actor of [stranger, theirs]) {
      await expect(world.get(IcpQueries).get(actor, icp.icp.id)).rejects.toBeInstanceOf(NotFound);
      await expect(world.get(Icps).refine(actor, icp.icp.id, NORDIA_ICP)).rejects.toBeInstanceOf(NotFound);
    }
  });

  it('wrong criteria are named, where they were typed', async () => {
    const { client } = await readyClient(world, 'Wrong');
    const wrong = {
      name: 'X',
      headcount: { min: 10, max: 5 },
      nafCodes: ['62'],
      exclusions: { nafCodes: ['informatique'] },
    };
    const error: unknown = await (async () =>
      world.get(Icps).define(await world.admin(), client.id, wrong))().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(Object.keys((error as InvalidInput).fields).sort()).toEqual([
      'exclusions.nafCodes',
      'headcount.max',
    ]);
  });
});
