import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Clients } from '../../src/clients/clients.service.js';
import { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { Approvals } from '../../src/sequences/approval/approvals.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { EnrolmentMigrations } from '../../src/sequences/enrolments/enrolment-migrations.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { SequenceVersion } from '../../src/sequences/sequence.entity.js';
import { SequenceTests } from '../../src/sequences/test-segment/sequence-tests.service.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { addressee, mailboxOf, quietOthers, storyMailer, tickAt } from '../support/engine-stories.js';
import { enrolmentOf } from '../support/sequence-stories.js';
import { NORDIA_NOTICE, readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
const TUESDAY = '2027-01-12T09:00:00Z';
const saying = (word: string) => [
  {
    day: 0,
    channel: 'email' as const,
    variants: [{ subject: 'Bonjour', body: `${word}, {{firstName}}.\n\n{{notice}}` }],
  },
];

onBothDatabases('words that lost their approval', (world) => {
  let setting: Setting;
  let manager: Actor;
  let id: string;

  beforeEach(async () => {
    await quietOthers(world);
    world.clock.set(MONDAY);
    setting = await readyClient(world, `Client ${Math.random().toString(36).slice(2, 8)}`);
    const clientId = setting.client.id;
    manager = await world.person('manager', [clientId], 'Mona Manager');
    await world.get(Clients).edit(manager, clientId, NORDIA_NOTICE);
    await mailboxOf(world, clientId, { gapMinSeconds: 0, gapMaxSeconds: 0 });
    const input = { name: 'Printemps', steps: saying('POMPEUX') };
    id = (await world.get(Sequences).create(manager, clientId, input)).sequence.id;
    await approve();
  });

  const approve = async () => {
    await world.get(Approvals).submit(manager, id);
    await world.get(Approvals).approve(manager, id, { reason: 'Par e-mail' });
  };
  const people = (n: number) =>
    Promise.all(Array.from({ length: n }, () => addressee(world, setting.client.id)));
  const enrol = (ids: string[]) => world.get(Enrolments).enrol(manager, id, ids);
  const test = (size: number) => world.get(SequenceTests).start(manager, id, { size });
  const decide = (decision: 'go' | 'no_go') =>
    world.get(SequenceTests).decide(manager, id, { decision, reason: 'Le ton' });
  const rewrite = async () => {
    await world.get(Sequences).saveSteps(manager, id, { steps: saying('SOBRE') });
    await approve();
  };
  /** Everybody’s standing, counted. */
  const standings = async () => {
    const all = await world.database.read((db) => db.entities.findBy(Enrolment, { sequenceId: id }));
    const counts: Record<string, number> = {};
    for (const { state, reason } of all) {
      const key = [state, reason].filter(Boolean).join(' ');
      counts[key] = (counts[key] ?? 0) + 1;
    }
    return counts;
  };
  const sent = async () => {
    const mails = await world.database.read((db) =>
      db.entities.find(OutgoingMail, { where: { clientId: setting.client.id }, order: { id: 'ASC' } }),
    );
    return mails.map(({ text }) => /^\w+/.exec(text)![0]);
  };

  it('no mail of a version that got a NO-GO leaves with the launch of the next, for whoever waited or was tested', async () => {
    storyMailer(world);
    await enrol(await people(4));
    const [tested] = await people(1);
    await test(1);
    await decide('no_go');
    expect(await standings()).toEqual({ 'paused no_go': 5 });

    await rewrite();
    await people(1);
    await test(1);
    await decide('go');
    await world.get(SequenceCourse).launch(manager, id);
    // Nobody lets the old words go out by hand either.
    const { id: old } = await enrolmentOf(world, tested!);
    await expect(world.get(EnrolmentCare).resume(manager, old)).rejects.toMatchObject({
      name: 'Conflict',
      code: 'sequences.versionHeld',
      params: { version: 1 },
    });
    const api = await world.api(manager);
    await api.post(`/enrolments/${old}/resume`).expect(409);
    await tickAt(world, TUESDAY);
    expect(await sent()).toEqual(['SOBRE']);

    const overview = (await (await world.browser(manager)).get(`/sequences/${id}`)).text;
    expect(overview).toContain('5 people wait with messages that may not be sent.');
    // The page says why, and leads to the new version instead.
    const page = await (await world.browser(manager)).get(`/sequences/${id}/people?state=paused`);
    expect(page.text).toContain('On hold since the NO-GO on its messages');
    expect(page.text).toContain(`href="/sequences/${id}/migration"`);
    expect(page.text).not.toContain(`/enrolments/${old}/resume`);
    expect(await world.get(EnrolmentMigrations).migrate(manager, id)).toMatchObject({ moved: 5, stayed: 0 });
    await tickAt(world, '2027-01-12T10:00:00Z');
    expect(await sent()).toEqual(Array.from({ length: 6 }, () => 'SOBRE'));
  });

  it('the engine reads the state of a version each time, whatever it knows of its texts', async () => {
    storyMailer(world);
    await people(2);
    await test(1);
    expect(await tickAt(world, TUESDAY)).toMatchObject({ delivered: 1 });
    await decide('no_go');
    // As if an enrolment had been let through: active, due, of a sequence that runs.
    const [person] = await people(1);
    await rewrite();
    await enrol([person!]);
    await people(1);
    await test(1);
    await decide('go');
    await world.get(SequenceCourse).launch(manager, id);
    await world.database.write(async (tx) => {
      const old = await tx.entities.findOneByOrFail(SequenceVersion, { sequenceId: id, version: 1 });
      const sequenceVersionId = old.id;
      await tx.entities.update(Enrolment, { prospectId: person! }, { sequenceVersionId });
    });
    await tickAt(world, '2027-01-13T09:00:00Z');
    expect(await sent()).toEqual(['POMPEUX', 'SOBRE']);
    expect(await enrolmentOf(world, person!)).toMatchObject({ waitReason: 'not_approved' });
  });

  it('an absence or a pause with an end does not outlast a NO-GO; what somebody stopped by hand stays theirs', async () => {
    const [away, byHand] = await people(2);
    await enrol([away!, byHand!]);
    const held = await enrolmentOf(world, away!);
    await world.get(EnrolmentCare).pause(manager, held.id, { until: '2027-01-20T08:00:00Z' });
    const stopped = await enrolmentOf(world, byHand!);
    await world.get(EnrolmentCare).pause(manager, stopped.id, { reason: 'En congé parental' });
    await people(1);
    await test(1);
    await decide('no_go');
    expect(await enrolmentOf(world, away!)).toMatchObject({
      state: 'paused',
      reason: 'no_go',
      pausedUntil: null,
      notBefore: new Date('2027-01-20T08:00:00Z'),
    });
    await expect(world.get(EnrolmentCare).resume(manager, stopped.id)).rejects.toMatchObject({
      code: 'sequences.versionHeld',
    });
    await rewrite();
    await world.get(EnrolmentMigrations).migrate(manager, id);
    expect(await standings()).toEqual({ active: 2, 'paused En congé parental': 1 });
  });

  it('a withdrawn approval holds those who wait for it, until the same words are approved again', async () => {
    const [person] = await people(1);
    await enrol([person!]);
    await world.get(Approvals).withdraw(manager, id);
    expect(await standings()).toEqual({ 'paused not_approved': 1 });
    const { id: enrolmentId } = await enrolmentOf(world, person!);
    await expect(world.get(EnrolmentCare).resume(manager, enrolmentId)).rejects.toMatchObject({
      code: 'sequences.versionHeld',
    });
    await approve();
    expect(await standings()).toEqual({ active: 1 });
  });

  it('rewriting what was approved and never ran takes the approval back in the same way', async () => {
    storyMailer(world);
    await enrol(await people(2));
    await rewrite();
    expect(await standings()).toEqual({ 'paused not_approved': 2 });
    await people(1);
    await test(1);
    await decide('go');
    await world.get(SequenceCourse).launch(manager, id);
    await tickAt(world, TUESDAY);
    expect(await sent()).toEqual(['SOBRE']);
  });

  it('the same words written again take over whom a NO-GO stopped: they have nowhere else to go', async () => {
    await enrol(await people(1));
    await people(1);
    await test(1);
    await decide('no_go');
    await world.get(Sequences).saveSteps(manager, id, { steps: saying('POMPEUX') });
    await approve();
    const { migrants } = await world.get(EnrolmentMigrations).preview(manager, id);
    expect(migrants.map(({ plan }) => plan.moves)).toEqual([true, true]);
  });
});
