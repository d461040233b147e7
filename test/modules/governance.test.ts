import { beforeEach, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { AuditEntry } from '../../src/accounts/audit-entry.entity.js';
import { Clients } from '../../src/clients/clients.service.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { Approvals } from '../../src/sequences/approval/approvals.service.js';
import { EnrolmentMigrations } from '../../src/sequences/enrolments/enrolment-migrations.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Enrolment } from '../../src/sequences/enrolments/enrolment.entity.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { SequenceVersion } from '../../src/sequences/sequence.entity.js';
import { SequenceResults } from '../../src/sequences/sequence-results.queries.js';
import { SequenceStories } from '../../src/sequences/sequence-story.queries.js';
import { SequenceTests } from '../../src/sequences/test-segment/sequence-tests.service.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { SequencesQueries } from '../../src/sequences/sequences.queries.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { TaskQueries } from '../../src/sequences/steps/tasks.queries.js';
import { drawSample } from '../../src/sequences/test-segment/test-sample.js';
import { enrolmentOf, putLive, reachable } from '../support/sequence-stories.js';
import { mailIn } from '../support/cockpit-stories.js';
import { mailboxOf } from '../support/engine-stories.js';
import { NORDIA_NOTICE, readyClient, type Setting } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

interface Sealed {
  seal: string;
}

const MONDAY = '2027-01-11T09:00:00Z';
const mail = (subject: string, body: string) => ({ subject, body });
const STEPS = [
  {
    day: 0,
    channel: 'email' as const,
    variants: [
      mail('Bonjour {{firstName}}', 'Un mot, {{firstName}}.\n\n{{notice}}'),
      mail('B', 'Autre mot.\n\n{{notice}}'),
    ],
  },
  { day: 3, channel: 'call' as const, variants: [{ body: 'Rappeler.' }] },
];

onBothDatabases('from the draft to the launch', (world) => {
  let setting: Setting;
  let manager: Actor, sdr: Actor, buyer: Actor;
  let id: string;

  beforeEach(async () => {
    world.clock.set(MONDAY);
    setting = await readyClient(world, `Client ${Math.random().toString(36).slice(2, 8)}`);
    const clients = [setting.client.id];
    manager = await world.person('manager', clients, 'Mona Manager');
    sdr = await world.person('sdr', clients, 'Sami Sdr');
    buyer = await world.person('client', clients, 'Béatrice Acheteuse');
    await world.get(Clients).edit(manager, setting.client.id, NORDIA_NOTICE);
    const written = await world
      .get(Sequences)
      .create(sdr, setting.client.id, { name: 'Printemps', steps: STEPS });
    id = written.sequence.id;
  });

  const one = () => world.get(SequencesQueries).one(sdr, id);
  const stateOf = async () => (await one()).sequence.state;
  const approved = async () => {
    await world.get(Approvals).submit(sdr, id);
    await world.get(Approvals).approve(buyer, id, { version: 1 });
  };
  const people = (n: number) =>
    Promise.all(Array.from({ length: n }, () => reachable(world, setting.client.id)));
  const record = async (prospectId: string, result: string, position = 1) =>
    world
      .get(StepOutcomes)
      .record(sdr, (await enrolmentOf(world, prospectId)).id, { position, attempt: 1, result });

  it('goes from the client’s word through a test and a GO to everybody', async () => {
    await world.get(Approvals).submit(sdr, id);
    expect(await stateOf()).toBe('submitted');
    await world.get(Approvals).approve(buyer, id, { version: 1 });
    const ids = await people(6);
    const { test, enrolled } = await world.get(SequenceTests).start(sdr, id, { size: 3, seed: 'abc' });
    expect({ enrolled, state: await stateOf() }).toEqual({ enrolled: 3, state: 'testing' });
    // The sample is the draw of that seed, and nothing else.
    const drawn = drawSample(ids, 3, 'abc');
    const inTest = await world.database.read((db) => db.entities.findBy(Enrolment, { testId: test.id }));
    expect(inTest.map(({ prospectId }) => prospectId).sort()).toEqual([...drawn].sort());
    expect(inTest.every(({ isTest }) => isTest)).toBe(true);

    // Others may be enrolled, and wait: nothing falls due for them before the launch.
    const waiting = ids.find((one) => !drawn.includes(one))!;
    await world.get(Enrolments).enrol(sdr, id, [waiting]);
    await expect(record(waiting, 'sent')).rejects.toMatchObject({ code: 'sequences.stepNotDue' });
    await expect(world.get(SequenceCourse).launch(manager, id)).rejects.toMatchObject({
      code: 'sequences.noGo',
    });

    await record(drawn[0]!, 'sent');
    await record(drawn[1]!, 'sent');
    await record(drawn[2]!, 'bounced');
    world.clock.set('2027-01-12T09:00:00Z');
    await world.get(Statuses).change(sdr, drawn[0]!, { to: 'interested' });
    const decided = await world
      .get(SequenceTests)
      .decide(manager, id, { decision: 'go', reason: 'Bon accueil' });
    expect(decided.figures).toEqual({
      attempted: 3,
      delivered: 2,
      bounced: 1,
      replied: 1,
      interested: 1,
      booked: 0,
      optedOut: 0,
      enrolled: 3,
      finished: 2,
    });
    await world.get(SequenceCourse).launch(manager, id);
    await record(waiting, 'sent');
    expect(await stateOf()).toBe('live');
    const kinds = (await world.get(SequenceStories).events(sdr, id)).map(({ kind }) => kind);
    expect(kinds).toEqual(['launched', 'go', 'test_started', 'approved', 'submitted', 'created']);
    const trail = await world.database.read((db) => db.entities.findBy(AuditEntry, { subjectId: id }));
    expect(trail.map(({ act }) => act)).toEqual(expect.arrayContaining(['sequence.approved', 'sequence.go']));
  });

  it('with nobody of those drawn let in there is no test: the reasons are counted, and no GO or launch follows', async () => {
    await approved();
    const drawn = await people(3);
    await Promise.all(
      [1, 2].map(() => reachable(world, setting.client.id, { email: null, phone: null, linkedinUrl: null })),
    );
    const other = await world
      .get(Sequences)
      .create(sdr, setting.client.id, { name: 'Été', steps: STEPS.slice(1) });
    await putLive(world, manager, other.sequence.id);
    await world.get(Enrolments).enrol(sdr, other.sequence.id, drawn);
    const start = (input = {}) => world.get(SequenceTests).start(sdr, id, { size: 50, ...input });
    await expect(start({ filter: {} })).rejects.toMatchObject({
      name: 'Conflict',
      code: 'sequences.nobodyAdmitted',
      params: { n: 5, active_elsewhere: 3, no_usable_channel: 2, unfit: 0 },
    });
    expect(await stateOf()).toBe('approved');
    expect(await world.get(SequenceStories).tests(sdr, id)).toEqual([]);
    expect((await world.get(SequenceStories).events(sdr, id)).map(({ kind }) => kind)).not.toContain(
      'test_started',
    );
    const go = world.get(SequenceTests).decide(manager, id, { decision: 'go', reason: 'Allons-y' });
    await expect(go).rejects.toMatchObject({ name: 'IllegalMove' });
    await expect(world.get(SequenceCourse).launch(manager, id)).rejects.toMatchObject({
      name: 'IllegalMove',
    });
    // The same over the API and on the page, in words.
    const sentence = 'None of the 5 people drawn can be enrolled: no test was begun.';
    const refused = await (await world.api(sdr)).post(`/sequences/${id}/test`, { filter: {} }).expect(409);
    expect((refused.body as { message: string }).message).toBe(
      `${sentence} Already in a sequence of this client: 3. No channel of the sequence reaches them: 2.`,
    );
    const page = await (await world.browser(sdr)).post(`/sequences/${id}/test`, { size: '50', seed: 'abc' });
    expect(page.status).toBe(409);
    expect(page.text).toContain(
      'None of the 2 people drawn can be enrolled: no test was begun. No channel of',
    );
  });

  it('a test that lost everybody before they were enrolled gets no GO, only a NO-GO', async () => {
    await approved();
    await people(1);
    const { test } = await world.get(SequenceTests).start(sdr, id, { size: 1 });
    await world.database.write((tx) => tx.entities.delete(Enrolment, { testId: test.id }));
    const decide = (decision: 'go' | 'no_go') =>
      world.get(SequenceTests).decide(manager, id, { decision, reason: 'Personne' });
    await expect(decide('go')).rejects.toMatchObject({ code: 'sequences.nobodyTested' });
    expect(await decide('no_go')).toMatchObject({ decision: 'no_go' });
  });

  it('figures of a decision stay as they were, whatever happens later', async () => {
    await approved();
    const [person] = await people(1);
    await world.get(SequenceTests).start(sdr, id, { size: 1 });
    await record(person!, 'sent');
    await world.get(SequenceTests).decide(manager, id, { decision: 'go', reason: 'Un envoi' });
    world.clock.set('2027-01-13T09:00:00Z');
    await world.get(Statuses).change(sdr, person!, { to: 'interested' });
    const [test] = await world.get(SequenceStories).tests(sdr, id);
    expect(test!.figures).toMatchObject({ delivered: 1, replied: 0 });
    expect((await world.get(SequenceResults).of(sdr, id)).total.figures).toMatchObject({
      delivered: 1,
      replied: 1,
    });
  });

  it('NO-GO stops those on their way, takes the approval back, and leaves the texts to be written again', async () => {
    await approved();
    const [person] = await people(1);
    await world.get(SequenceTests).start(sdr, id, { size: 1 });
    await expect(
      world.get(SequenceTests).decide(sdr, id, { decision: 'go', reason: 'x' }),
    ).rejects.toMatchObject({
      name: 'NotAllowed',
    });
    await world.get(SequenceTests).decide(manager, id, { decision: 'no_go', reason: 'Ton pompeux' });
    expect(await stateOf()).toBe('draft');
    expect(await enrolmentOf(world, person!)).toMatchObject({ state: 'paused', reason: 'no_go' });
    await expect(world.get(Enrolments).enrol(sdr, id, await people(1))).rejects.toMatchObject({
      code: 'sequences.notApprovedYet',
    });
    // Rewritten, approved: whoever the NO-GO stopped goes on, by choice, with the new words.
    const [first, second] = (await one()).version.steps;
    const steps = [{ ...first!, variants: [mail('Sobre', 'Sobre.\n\n{{notice}}')] }, second!];
    expect((await world.get(Sequences).saveSteps(sdr, id, { steps })).sequence.version).toBe(2);
    await world.get(Approvals).submit(sdr, id);
    await world.get(Approvals).approve(buyer, id, {});
    expect(await world.get(EnrolmentMigrations).migrate(manager, id)).toEqual({
      version: 2,
      moved: 1,
      stayed: 0,
    });
    expect(await enrolmentOf(world, person!)).toMatchObject({ state: 'active', reason: null });
  });

  it('the notice belongs to the first message: without it nothing is submitted, and one click puts it there', async () => {
    const bare = [{ ...STEPS[0]!, variants: [mail('S', 'Un mot.')] }];
    const draft = await world.get(Sequences).create(sdr, setting.client.id, { name: 'Nue', steps: bare });
    await expect(world.get(Approvals).submit(sdr, draft.sequence.id)).rejects.toMatchObject({
      code: 'sequences.noticeLacking',
      fields: { 'steps.0.variants.0.body': 'sequences.noticeMissing' },
    });
    await world.get(Approvals).insertNotice(sdr, draft.sequence.id);
    await world.get(Clients).edit(manager, setting.client.id, { privacyUrl: null });
    await expect(world.get(Approvals).submit(sdr, draft.sequence.id)).rejects.toMatchObject({
      code: 'sequences.noticeGaps',
      fields: { privacyUrl: 'sequences.noticeGap' },
    });
    await world.get(Clients).edit(manager, setting.client.id, NORDIA_NOTICE);
    expect((await world.get(Approvals).submit(sdr, draft.sequence.id)).state).toBe('submitted');
  });

  it('what was approved is what is sent: the notice is frozen with it, and a changed word enrols nobody', async () => {
    await approved();
    const [person, other] = await people(2);
    await world.get(SequenceTests).start(sdr, id, { size: 1, filter: { status: 'new' }, seed: 's' });
    await world.get(Clients).edit(manager, setting.client.id, { legalName: 'Tout autre nom' });
    const drawn = drawSample([person!, other!], 1, 's')[0]!;
    const task = await world.get(TaskQueries).nextFor(sdr, drawn);
    expect(task?.message?.body.text).toContain('pour le compte de Nordia Industrie SAS');
    await world.database.write(async (tx) => {
      const version = await tx.entities.findOneByOrFail(SequenceVersion, { sequenceId: id, version: 1 });
      version.steps[0]!.variants[0]!.body += ' Un mot de plus.';
      await tx.entities.save(SequenceVersion, version);
    });
    await expect(world.get(Enrolments).enrol(sdr, id, [other!])).rejects.toMatchObject({
      code: 'sequences.sealBroken',
    });
  });

  it('a refusal says why; the answer, the rewriting and the second try are all told', async () => {
    await world.get(Approvals).submit(sdr, id);
    const stepId = (await one()).version.steps[0]!.id;
    await world.get(Approvals).comment(buyer, id, { stepId, text: 'Trop pompeux' });
    await world.get(Approvals).refuse(buyer, id, { reason: 'Pas notre ton' });
    expect(await stateOf()).toBe('draft');
    await world.get(Approvals).comment(sdr, id, { stepId, text: 'Réécrit' });
    const steps = (await one()).version.steps;
    expect((await world.get(Sequences).saveSteps(sdr, id, { steps })).version.version).toBe(2);
    await world.get(Approvals).submit(sdr, id);
    const comments = await world.get(SequenceStories).comments(buyer, id);
    expect(comments.map(({ text, isClients }) => [text, isClients])).toEqual([
      ['Trop pompeux', true],
      ['Réécrit', false],
    ]);
    const [waiting] = await world.get(SequenceStories).waiting(buyer, setting.client.id);
    expect(waiting).toMatchObject({ name: 'Printemps', version: 2 });
    await expect(world.get(Approvals).approve(buyer, id, { version: 1 })).rejects.toMatchObject({
      code: 'sequences.textChanged',
    });
  });

  it('an old page answers nothing: withdrawn and submitted again with another notice, the version has to be read again', async () => {
    await world.get(Approvals).submit(sdr, id);
    await people(1);
    const portal = await world.browser(buyer);
    const sealOn = (text: string) => /name="seal" value="([0-9a-f]{64})"/.exec(text)![1]!;
    const page = `/portal/messages/${id}`;
    const old = { version: '1', seal: sealOn((await portal.get(page)).text) };
    await world.get(Approvals).withdraw(sdr, id);
    await world.get(Clients).edit(manager, setting.client.id, { legalName: 'Nordia Holding' });
    await world.get(Approvals).submit(sdr, id);

    const answered = await portal.post(`${page}/approve`, old);
    expect(answered.status).toBe(409);
    expect(answered.text).toContain('The text has changed: read it again');
    expect(answered.text).toContain('Nordia Holding');
    expect((await portal.post(`${page}/refuse`, { ...old, reason: 'Non' })).status).toBe(409);
    const managers = await world.browser(manager);
    const byPhone = { ...old, reason: 'Accord au téléphone' };
    expect((await managers.post(`/sequences/${id}/approve`, byPhone)).status).toBe(409);
    const api = await world.api(buyer);
    await api.post(`/sequences/${id}/approve`, { seal: old.seal }).expect(409);
    expect(await stateOf()).toBe('submitted');

    // The page that came back carries the seal of what it shows; so does the API.
    const { seal } = (await (await world.api(sdr)).get(`/sequences/${id}`).expect(200)).body as Sealed;
    expect(sealOn(answered.text)).toBe(seal);
    await api.post(`/sequences/${id}/approve`, { seal }).expect(200);
    expect(await stateOf()).toBe('approved');
  });

  it('a manager speaks for the client only by saying how they know, and an SDR not at all', async () => {
    await world.get(Approvals).submit(sdr, id);
    await expect(world.get(Approvals).approve(sdr, id, { reason: 'Moi' })).rejects.toMatchObject({
      name: 'NotAllowed',
    });
    await expect(world.get(Approvals).approve(manager, id, {})).rejects.toMatchObject({
      fields: { reason: 'sequences.sayHow' },
    });
    await world.get(Approvals).approve(manager, id, { reason: 'Validé par e-mail le 11 janvier' });
    const [event] = await world.get(SequenceStories).events(sdr, id);
    expect(event).toMatchObject({ kind: 'approved_on_behalf', reason: 'Validé par e-mail le 11 janvier' });
  });

  it('the client’s people see nothing before it is submitted, and nothing of other clients ever', async () => {
    await expect(world.get(SequenceStories).forReader(buyer, id)).rejects.toMatchObject({ name: 'NotFound' });
    await world.get(Approvals).submit(sdr, id);
    const stranger = await world.person('client', [(await readyClient(world, 'Autre')).client.id], 'Otto');
    await expect(world.get(SequenceStories).forReader(stranger, id)).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(world.get(Approvals).approve(stranger, id, {})).rejects.toMatchObject({ name: 'NotFound' });
    expect(await world.get(SequenceStories).waiting(stranger, setting.client.id)).toEqual([]);
  });

  it('a newer version of a live sequence is used by nobody before it is approved, then by those who choose it', async () => {
    await approved();
    const [tested, before, after] = await people(3);
    await world.get(SequenceTests).start(sdr, id, { size: 1, seed: 'x' });
    await world.get(SequenceTests).decide(manager, id, { decision: 'go', reason: 'Oui' });
    await world.get(SequenceCourse).launch(manager, id);
    const rest = [tested!, before!, after!].filter(
      (one) => one !== drawSample([tested!, before!, after!], 1, 'x')[0],
    );
    const [first, second] = (await one()).version.steps;
    const steps = [first!, { ...second!, variants: [{ body: 'Rappeler mieux.' }] }];
    await world.get(Sequences).saveSteps(sdr, id, { steps });
    expect((await one()).sequence).toMatchObject({ state: 'live', version: 2, approvedVersion: 1 });
    await world.get(Enrolments).enrol(sdr, id, [rest[0]!]);
    const versionOf = async (prospectId: string) =>
      world.database.read(async (db) => {
        const { sequenceVersionId } = await db.entities.findOneByOrFail(Enrolment, { prospectId });
        return (await db.entities.findOneByOrFail(SequenceVersion, { id: sequenceVersionId })).version;
      });
    expect(await versionOf(rest[0]!)).toBe(1);
    await world.get(Approvals).submit(sdr, id);
    await world.get(Approvals).approve(buyer, id, {});
    expect((await one()).sequence).toMatchObject({ state: 'live', approvedVersion: 2 });
    await world.get(Enrolments).enrol(sdr, id, [rest[1]!]);
    expect([await versionOf(rest[0]!), await versionOf(rest[1]!)]).toEqual([1, 2]);

    await record(rest[0]!, 'sent');
    const preview = await world.get(EnrolmentMigrations).preview(sdr, id);
    expect(preview.migrants.find(({ prospectId }) => prospectId === rest[0])?.plan).toEqual({
      moves: true,
      next: 2,
    });
    expect(await world.get(EnrolmentMigrations).migrate(sdr, id)).toMatchObject({ moved: 2, stayed: 0 });
    expect(await versionOf(rest[0]!)).toBe(2);
    expect(await enrolmentOf(world, rest[0]!)).toMatchObject({ nextPosition: 2, state: 'active' });
  });

  it('every figure of the results opens onto exactly the people it counts, variant by variant', async () => {
    await approved();
    const ids = await people(12);
    await world.get(SequenceTests).start(sdr, id, { size: 12 });
    for (const prospectId of ids) await record(prospectId, 'sent');
    world.clock.set('2027-01-12T09:00:00Z');
    for (const prospectId of ids.slice(0, 5))
      await world.get(Statuses).change(sdr, prospectId, { to: 'interested' });
    await world.get(Statuses).change(sdr, ids[6]!, { to: 'do_not_contact', reason: 'STOP' });
    const results = await world.get(SequenceResults).of(sdr, id);
    expect(results.total.figures).toMatchObject({
      attempted: 12,
      delivered: 12,
      replied: 5,
      interested: 5,
      optedOut: 1,
    });
    const [step] = results.steps;
    expect(step!.variants.reduce((sum, { figures }) => sum + figures.attempted, 0)).toBe(12);
    for (const { variant, figures } of step!.variants)
      for (const [figure, count] of Object.entries<number>({ ...figures })) {
        const rows = await world
          .get(SequenceResults)
          .rows(sdr, id, { figure, stepId: step!.stepId, variant: variant ?? undefined });
        expect(rows.items, `${figure} of ${variant}`).toHaveLength(count);
      }
    await world.get(Statuses).undo(sdr, ids[6]!);
    expect((await world.get(SequenceResults).of(sdr, id)).total.figures.optedOut).toBe(0);
  });

  it('an answer belongs to the message it answers, even when later steps were done; else to the last step before it', async () => {
    await approved();
    const [older, later] = await people(2);
    await world.get(SequenceTests).start(sdr, id, { size: 2 });
    const mailbox = await mailboxOf(world, setting.client.id);
    for (const prospectId of [older!, later!]) await record(prospectId, 'sent');
    const touch = await world.database.read((db) =>
      db.entities.findOneByOrFail(Touch, { prospectId: older!, stepPosition: 1 }),
    );
    world.clock.set('2027-01-14T09:00:00Z');
    for (const prospectId of [older!, later!]) await record(prospectId, 'voicemail', 2);
    world.clock.set('2027-01-15T09:00:00Z');
    await mailIn(world, mailbox, { prospectId: older!, touchId: touch.id, enrolmentId: touch.enrolmentId });
    for (const to of [older!, later!]) await world.get(Statuses).change(sdr, to, { to: 'interested' });
    const { steps, total } = await world.get(SequenceResults).of(sdr, id);
    expect(steps.map(({ whole }) => [whole.figures.replied, whole.figures.interested])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(total.figures).toMatchObject({ attempted: 2, replied: 2 });
  });

  it('an unknown custom column is refused by name, with the nearest one; a known one is taken', async () => {
    const [person] = await people(1);
    await world.database.write((tx) =>
      tx.entities.update(Prospect, { id: person! }, { custom: { secteur: 'Bois' } }),
    );
    const text = (body: string) => [{ day: 0, channel: 'task' as const, variants: [{ body }] }];
    const save = (body: string) =>
      world.get(Sequences).create(sdr, setting.client.id, { name: 'C', steps: text(body) });
    await expect(save('{{custom.secteurs}}')).rejects.toMatchObject({
      fields: {
        'steps.0.variants.0.body': {
          code: 'sequences.templateUnknownField',
          params: { field: 'custom.secteurs', nearest: 'custom.secteur' },
        },
      },
    });
    expect((await save('{{custom.secteur}}')).sequence.state).toBe('draft');
  });
});
