import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { EnrolmentEnds } from '../../src/sequences/enrolments/enrolment-ends.service.js';
import { Mailboxes } from '../../src/outreach/mailboxes/mailboxes.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { ArchiveClearing } from '../../src/sequences/archive-clearing.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { SequenceStories } from '../../src/sequences/sequence-story.queries.js';
import { SequenceTest } from '../../src/sequences/test-segment/sequence-test.entity.js';
import { SequenceTests } from '../../src/sequences/test-segment/sequence-tests.service.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { drawSample } from '../../src/sequences/test-segment/test-sample.js';
import { mailboxOf, prospectNow } from '../support/engine-stories.js';
import { FOUR_STEPS, putLive, reachable } from '../support/sequence-stories.js';
import { readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('a sequence cut off in the middle', (world) => {
  let setting: Setting;
  let manager: Actor;

  beforeEach(async () => {
    world.clock.set(MONDAY);
    setting = await readyClient(world, `Client ${Math.random().toString(36).slice(2, 8)}`);
    manager = await world.person('manager', [setting.client.id], 'Mona Manager');
  });

  const approved = async () => {
    const { sequence } = await world.get(Sequences).create(manager, setting.client.id, FOUR_STEPS);
    await putLive(world, manager, sequence.id, 'approved');
    return sequence.id;
  };
  const people = (n: number) =>
    Promise.all(Array.from({ length: n }, () => reachable(world, setting.client.id)));
  const enrolmentsOf = (sequenceId: string) =>
    world.database.read((db) => db.entities.findBy(Enrolment, { sequenceId }));

  it('the archive lets its people go: they are counted before, taken out, and enter another sequence', async () => {
    const [id, other] = [await approved(), await approved()];
    const ids = await people(3);
    await world.get(Enrolments).enrol(manager, id, ids);
    const browser = await world.browser(manager);
    const page = await browser.get(`/sequences/${id}`);
    expect(page.text).toContain('3 people are still on their way: they are taken out');
    await browser.post(`/sequences/${id}/archive`, {});
    for (const { state, reason } of await enrolmentsOf(id))
      expect({ state, reason }).toEqual({ state: 'finished', reason: 'removed' });
    expect((await prospectNow(world, ids[0]!)).status).toBe('new');
    expect(await world.get(Enrolments).enrol(manager, other, ids)).toEqual({ enrolled: 3, skipped: [] });
  });

  it('an archiving that was cut off goes on by itself', async () => {
    const id = await approved();
    const ids = await people(3);
    await world.get(Enrolments).enrol(manager, id, ids);
    const ends = world.get(EnrolmentEnds) as { finish: EnrolmentEnds['finish'] };
    const { finish } = EnrolmentEnds.prototype;
    ends.finish = () => Promise.reject(new Error('killed'));
    await expect(world.get(SequenceCourse).archive(manager, id)).rejects.toThrow('killed');
    ends.finish = finish;
    expect((await enrolmentsOf(id)).map(({ state }) => state)).toEqual(['active', 'active', 'active']);
    expect(await world.get(ArchiveClearing).takeUp()).toBeGreaterThanOrEqual(3);
    expect((await enrolmentsOf(id)).map(({ reason }) => reason)).toEqual(['removed', 'removed', 'removed']);
    expect(await world.get(ArchiveClearing).takeUp()).toBe(0);
  });

  it('a test whose start was cut off says how many are in it and goes on with the same draw', async () => {
    const id = await approved();
    const ids = await people(7);
    const { test } = await world.get(SequenceTests).start(manager, id, { size: 5, seed: 'abc' });
    // As a kill left it: two of the five are in, nothing was written at the end.
    const drawn = drawSample(ids, 5, 'abc');
    await world.database.write(async (tx) => {
      for (const prospectId of drawn.slice(2)) {
        await tx.entities.delete(Enrolment, { testId: test.id, prospectId });
        await tx.entities.update(Prospect, { id: prospectId }, { status: 'new' });
      }
      await tx.entities.update(SequenceTest, { id: test.id }, { enrolled: 0 });
    });
    const [line] = await world.get(SequenceStories).tests(manager, id);
    expect(line).toMatchObject({ enrolled: 2, isBegun: true, size: 5 });
    const browser = await world.browser(manager);
    const page = await browser.get(`/sequences/${id}/test`);
    expect(page.text).toContain('2 people of the 5 wanted are in the test.');
    expect(page.text).toContain('Go on enrolling');
    const api = await world.api(manager);
    const again = await api.post(`/sequences/${id}/test`, { size: 500, seed: 'xyz' }).expect(201);
    expect(again.body).toMatchObject({ testId: test.id, seed: 'abc', enrolled: 5 });
    const inside = (await enrolmentsOf(id)).map(({ prospectId }) => prospectId);
    expect(inside.sort()).toEqual([...drawn].sort());
    // Begun to its end, it waits for its decision.
    await api.post(`/sequences/${id}/test`, { size: 5 }).expect(409);
    expect((await browser.get(`/sequences/${id}/test`)).text).not.toContain('Go on enrolling');
  });

  it('two who go on with the same start enrol no more than were wanted', async () => {
    const id = await approved();
    await people(6);
    const start = () => world.get(SequenceTests).start(manager, id, { size: 4, seed: 's' });
    const { test } = await start();
    await world.database.write(async (tx) => {
      await tx.entities.delete(Enrolment, { testId: test.id });
      await tx.entities.update(SequenceTest, { id: test.id }, { enrolled: 0 });
    });
    await world.database.write((tx) =>
      tx.entities.update(Prospect, { clientId: setting.client.id }, { status: 'new' }),
    );
    await Promise.allSettled([start(), start()]);
    expect(await enrolmentsOf(id)).toHaveLength(4);
  });

  it('a client without a mailbox is told before the test and the launch that no mail leaves by itself', async () => {
    const id = await approved();
    const browser = await world.browser(manager);
    const told = async (path: string) => (await browser.get(`/sequences/${id}${path}`)).text;
    for (const path of ['', '/test']) {
      expect(await told(path)).toContain('This client has no mailbox');
      expect(await told(path)).toContain('href="/settings/mailboxes/new?client');
    }
    const mailbox = await mailboxOf(world, setting.client.id);
    for (const path of ['', '/test']) expect(await told(path)).not.toContain('id="mail-road"');
    await world.get(Mailboxes).pause(manager, mailbox.id, null);
    expect(await told('')).toContain('No mailbox of this client is at work');
  });
});
