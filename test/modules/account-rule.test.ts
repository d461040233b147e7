import { beforeEach, expect, it } from 'vitest';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import {
  addressee,
  engineCast,
  enrolAll,
  enrolmentIn,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('the account rule, for an answer by any channel', (world) => {
  beforeEach(() => quietOthers(world));

  /** Three of one company and one of another, all written to on Monday. */
  async function company(name: string) {
    world.clock.set(MONDAY);
    storyMailer(world);
    const cast = await engineCast(world, name, { mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0 } });
    const domain = `${name.toLowerCase()}.example`;
    const ids: string[] = [];
    for (const who of ['anne', 'bruno', 'chloe'])
      ids.push(await addressee(world, cast.client.id, { email: `${who}@${domain}` }));
    ids.push(await addressee(world, cast.client.id));
    await enrolAll(world, cast, ids);
    await tickAt(world, MONDAY);
    const stand = () =>
      Promise.all(
        ids.map(async (id) => {
          const { state, reason } = await enrolmentIn(world, cast.sequence.id, id);
          return `${state} ${reason}`;
        }),
      );
    return { cast, ids, stand };
  }

  it('what a person says of somebody makes the colleagues wait, and nobody else', async () => {
    const { cast, ids, stand } = await company('Appel');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    const waits = 'paused colleague_replied';
    expect(await stand()).toEqual(['finished replied', waits, waits, 'active null']);
  });

  it('a colleague whom somebody let go on does not stop again with the next word of the same answer', async () => {
    const { cast, ids, stand } = await company('Reprise');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'replied' });
    const colleague = await enrolmentIn(world, cast.sequence.id, ids[1]!);
    await world.get(EnrolmentCare).resume(cast.sdr, colleague.id);
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect((await stand())[1]).toBe('active null');
  });

  it('a slip taken back lets the colleagues go on, but not those who waited before', async () => {
    const { cast, ids, stand } = await company('Erreur');
    const before = await enrolmentIn(world, cast.sequence.id, ids[2]!);
    await world.get(EnrolmentCare).pause(cast.sdr, before.id, { reason: 'Congé' });
    const was = await stand();
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect((await stand())[1]).toBe('paused colleague_replied');
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect(await stand()).toEqual(was);
  });

  it('nor those whom another answer of the company stopped as well', async () => {
    const { cast, ids, stand } = await company('Deux');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    await world.get(Statuses).change(cast.sdr, ids[1]!, { to: 'interested' });
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect((await stand())[2]).toBe('paused colleague_replied');
  });
});
