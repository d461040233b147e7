import { beforeEach, expect, it, vi } from 'vitest';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { AccountRule } from '../../src/sequences/enrolments/account-rule.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { company, MONDAY, WAITS, WEDNESDAY } from '../support/colleague-stories.js';
import { enrolmentIn, quietOthers, tickAt } from '../support/engine-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('the account rule, for an answer by any channel', (world) => {
  beforeEach(() => quietOthers(world));

  it('what a person says of somebody makes the colleagues wait, and nobody else', async () => {
    const { cast, ids, stand } = await company(world, 'Appel');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect(await stand()).toEqual(['finished replied', WAITS, WAITS, 'active null']);
  });

  it('a colleague whom somebody let go on does not stop again with the next word of the same answer', async () => {
    const { cast, ids, stand } = await company(world, 'Reprise');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'replied' });
    const colleague = await enrolmentIn(world, cast.sequence.id, ids[1]!);
    await world.get(EnrolmentCare).resume(cast.sdr, colleague.id);
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect((await stand())[1]).toBe('active null');
  });

  it('a slip taken back lets the colleagues go on, but not those who waited before', async () => {
    const { cast, ids, stand } = await company(world, 'Erreur');
    const before = await enrolmentIn(world, cast.sequence.id, ids[2]!);
    await world.get(EnrolmentCare).pause(cast.sdr, before.id, { reason: 'Congé' });
    const was = await stand();
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect((await stand())[1]).toBe(WAITS);
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect(await stand()).toEqual(was);
  });

  it('nor those whom another answer of the company stopped as well', async () => {
    const { cast, ids, stand } = await company(world, 'Deux');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    await world.get(Statuses).change(cast.sdr, ids[1]!, { to: 'interested' });
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect((await stand())[2]).toBe(WAITS);
  });

  it('taken back one after the other, in whatever order, the last answer frees everybody', async () => {
    for (const [name, order] of Object.entries({ Endroit: [0, 1], Envers: [1, 0] })) {
      const { cast, ids, stand } = await company(world, name);
      await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
      await world.get(Statuses).change(cast.sdr, ids[1]!, { to: 'interested' });
      await world.get(Statuses).undo(cast.sdr, ids[order[0]!]!);
      expect((await stand())[2], name).toBe(WAITS);
      await world.get(Statuses).undo(cast.sdr, ids[order[1]!]!);
      expect(await stand(), name).toEqual(ids.map(() => 'active null'));
    }
  });

  it('an act on several people of one company, taken back, leaves nobody waiting', async () => {
    const { cast, ids, stand } = await company(world, 'Lot');
    const acts = world.get(BulkActs);
    const { id } = await acts.open(cast.sdr, cast.client.id, {
      kind: 'status',
      to: 'replied',
      prospectIds: [ids[1]!, ids[0]!],
    });
    for (const wish of ['start', 'undo'] as const) {
      await acts[wish](cast.sdr, id);
      await acts.settled(id, 30);
      const people = (await stand()).slice(0, 3);
      if (wish === 'start') expect(people).toEqual(['finished replied', 'finished replied', WAITS]);
      else expect(people).toEqual(['active null', 'active null', 'active null']);
    }
  });

  it('somebody who waited, and was said by a slip to have answered as well, waits again', async () => {
    const { cast, ids, stand, story } = await company(world, 'Attente');
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    await world.get(Statuses).change(cast.sdr, ids[1]!, { to: 'interested' });
    expect((await stand())[1]).toBe('finished replied');
    await world.get(Statuses).undo(cast.sdr, ids[1]!);
    expect((await stand())[1]).toBe(WAITS);
    story.posted.length = 0;
    await tickAt(world, WEDNESDAY);
    expect(story.posted).toHaveLength(1);
  });

  it('an answer that comes while somebody is said by a slip to have answered makes them wait once that is taken back', async () => {
    const { cast, ids, stand } = await company(world, 'Entre-deux');
    const acts = world.get(BulkActs);
    const { id } = await acts.open(cast.sdr, cast.client.id, {
      kind: 'status',
      to: 'replied',
      prospectIds: [ids[1]!],
    });
    await acts.start(cast.sdr, id);
    await acts.settled(id, 30);
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    await acts.undo(cast.sdr, id);
    await acts.settled(id, 30);
    expect(await stand()).toEqual(['finished replied', WAITS, WAITS, 'active null']);
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    expect(await stand()).toEqual(ids.map(() => 'active null'));
  });

  it('said of three colleagues at the same moment, nobody waits for another for ever', async () => {
    const { cast, ids, stand } = await company(world, 'Ensemble');
    const three = ids.slice(0, 3);
    await Promise.all(
      three.reverse().map((id) => world.get(Statuses).change(cast.sdr, id, { to: 'interested' })),
    );
    expect((await stand()).slice(0, 3)).toEqual(three.map(() => 'finished replied'));
    for (const id of three) await world.get(Statuses).undo(cast.sdr, id);
    expect(await stand()).toEqual(ids.map(() => 'active null'));
  });

  it('whoever is away when a colleague answers waits when they are back, and resumes on no earlier day', async () => {
    const { cast, ids, stand } = await company(world, 'Absent');
    const away = await enrolmentIn(world, cast.sequence.id, ids[1]!);
    await world.get(EnrolmentCare).pause(cast.sdr, away.id, { until: '2027-01-20T08:00:00.000Z' });
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    expect((await stand())[1]).toBe(WAITS);
    await tickAt(world, '2027-01-21T09:00:00Z');
    expect((await stand())[1]).toBe(WAITS);
    world.clock.set(MONDAY);
    await world.get(EnrolmentCare).resume(cast.sdr, away.id);
    expect((await enrolmentIn(world, cast.sequence.id, ids[1]!)).dueAt).toEqual(
      new Date('2027-01-20T08:00:00.000Z'),
    );
  });

  it('a crash right after the status loses nothing: no mail goes to the colleagues, and the next round makes them wait', async () => {
    const { cast, ids, stand, story } = await company(world, 'Panne');
    const rule = world.get(AccountRule);
    const deaf = vi.spyOn(rule, 'stop').mockResolvedValue();
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    deaf.mockRestore();
    expect((await stand())[1]).toBe('active null');
    story.posted.length = 0;
    await tickAt(world, WEDNESDAY);
    expect(story.posted.map(({ mail }) => mail.to.address)).toEqual([expect.stringContaining('societe-')]);
    await rule.takeUp();
    expect(await stand()).toEqual(['finished replied', WAITS, WAITS, 'active null']);
    const colleague = await enrolmentIn(world, cast.sequence.id, ids[1]!);
    await world.get(EnrolmentCare).resume(cast.sdr, colleague.id);
    await rule.takeUp();
    expect((await stand())[1]).toBe('active null');
  });

  it('a crash, then the slip is taken back: nobody waits', async () => {
    const { cast, ids, stand } = await company(world, 'Repentir');
    const rule = world.get(AccountRule);
    const deaf = vi.spyOn(rule, 'stop').mockResolvedValue();
    await world.get(Statuses).change(cast.sdr, ids[0]!, { to: 'interested' });
    deaf.mockRestore();
    await world.get(Statuses).undo(cast.sdr, ids[0]!);
    await rule.takeUp();
    expect(await stand()).toEqual(ids.map(() => 'active null'));
  });
});
