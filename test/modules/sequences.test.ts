import { expect, it } from 'vitest';
import { Clients } from '../../src/clients/clients.service.js';
import { Booking } from '../../src/meetings/booking.service.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import type { TouchInput } from '../../src/outreach/touches/touch.dto.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { Activity } from '../../src/prospects/activity.entity.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Suppressions } from '../../src/prospects/suppression/suppressions.service.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { SequenceResults } from '../../src/sequences/sequence-results.queries.js';
import { SequencesQueries } from '../../src/sequences/sequences.queries.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { StepUndo } from '../../src/sequences/steps/step-undo.service.js';
import { TaskQueries } from '../../src/sequences/steps/tasks.queries.js';
import { newId } from '../../src/shared/id.js';
import {
  enrolled,
  enrolmentOf,
  FOUR_STEPS,
  liveSequence,
  putLive,
  reachable,
} from '../support/sequence-stories.js';
import { onBothDatabases } from '../support/world.js';

// Monday 11 January 2027, 10:00 in Paris.
const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('sequences', (world) => {
  const record = (
    actor: Parameters<StepOutcomes['record']>[0],
    enrolmentId: string,
    position: number,
    result: string,
    attempt = 1,
  ) => world.get(StepOutcomes).record(actor, enrolmentId, { position, attempt, result });
  const statusOf = (id: string) =>
    world.database.read(async (db) => (await db.entities.findOneByOrFail(Prospect, { id })).status);
  const factsOf = (prospectId: string) =>
    world.database.read(async (db) =>
      (await db.entities.find(Activity, { where: { prospectId }, order: { id: 'ASC' } })).map(
        (fact) => fact.kind,
      ),
    );

  it('a person goes through the four steps, each dated from the one before, and ends unreachable', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Parcours');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    expect(await statusOf(prospectId)).toBe('in_sequence');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ nextPosition: 1, dueAt: new Date(MONDAY) });

    await record(cast.sdr, enrolmentId, 1, 'sent');
    // Two business days after Monday 10:00 is Wednesday 10:00.
    expect(await enrolmentOf(world, prospectId)).toMatchObject({
      nextPosition: 2,
      dueAt: new Date('2027-01-13T09:00:00Z'),
    });
    world.clock.set('2027-01-13T09:00:00Z');
    await record(cast.sdr, enrolmentId, 2, 'sent');
    world.clock.set('2027-01-15T09:00:00Z');
    await record(cast.sdr, enrolmentId, 3, 'no_answer');
    // Friday's call is tried again on Monday.
    expect(await enrolmentOf(world, prospectId)).toMatchObject({
      nextPosition: 3,
      nextAttempt: 2,
      dueAt: new Date('2027-01-18T09:00:00Z'),
    });
    world.clock.set('2027-01-18T09:00:00Z');
    await record(cast.sdr, enrolmentId, 3, 'wrong_number', 2);
    world.clock.set('2027-01-21T09:00:00Z');
    await record(cast.sdr, enrolmentId, 4, 'sent');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({
      state: 'finished',
      reason: 'completed',
      dueAt: null,
    });
    expect(await statusOf(prospectId)).toBe('unreachable');
    expect(await factsOf(prospectId)).toEqual([
      'enrolment.started',
      'status',
      'touch',
      'touch',
      'touch',
      'touch',
      'touch',
      'enrolment.finished',
      'status',
    ]);
  });

  it('two people on the same step: one does it, the other is told who did, and nothing is doubled', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Doublon');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const tries = await Promise.allSettled([
      record(cast.sdr, enrolmentId, 1, 'sent'),
      record(cast.other, enrolmentId, 1, 'sent'),
      record(cast.sdr, enrolmentId, 1, 'sent'),
    ]);
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of tries) {
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          name: 'Conflict',
          code: 'sequences.stepDone',
          params: { at: '2027-01-11 10:00' },
        });
    }
    expect(await world.database.read((db) => db.entities.countBy(Touch, { prospectId }))).toBe(1);
  });

  it('a slip of the finger is taken back within ten seconds, by the one who made it', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Retour');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const touch = await record(cast.sdr, enrolmentId, 1, 'bounced');
    expect(await statusOf(prospectId)).toBe('invalid');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'bounced' });
    await expect(world.get(StepUndo).undo(cast.other, touch.id)).rejects.toMatchObject({ name: 'Conflict' });
    world.clock.set('2027-01-11T09:00:09Z');
    await world.get(StepUndo).undo(cast.sdr, touch.id);
    expect(await statusOf(prospectId)).toBe('in_sequence');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({
      state: 'active',
      nextPosition: 1,
      nextAttempt: 1,
    });
    const again = await record(cast.sdr, enrolmentId, 1, 'sent');
    world.clock.set('2027-01-11T09:00:30Z');
    await expect(world.get(StepUndo).undo(cast.sdr, again.id)).rejects.toMatchObject({
      code: 'prospects.undoTooLate',
    });
  });

  it('a status that says somebody answered ends the enrolment, and taking it back reopens it', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Réponse');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    await world.get(Statuses).change(cast.sdr, prospectId, { to: 'not_interested' });
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'replied' });
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      code: 'sequences.stepNotDue',
    });
    await world.get(Statuses).undo(cast.sdr, prospectId);
    expect(await enrolmentOf(world, prospectId)).toMatchObject({
      state: 'active',
      reason: null,
      nextPosition: 1,
    });
  });

  it('a conversation on the phone stops the sequence and leaves the answer to be understood', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Téléphone', {
      name: 'Appels',
      steps: [{ day: 0, channel: 'call', variants: [{ body: '' }] }, FOUR_STEPS.steps[3]!],
    });
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    await record(cast.sdr, enrolmentId, 1, 'conversation');
    expect(await statusOf(prospectId)).toBe('replied');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'replied' });
  });

  it('nothing is due while the sequence is paused or the client switched off', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Arrêt');
    const { enrolmentId } = await enrolled(world, cast);
    const admin = await world.admin();
    await world.get(SequenceCourse).pause(cast.sdr, cast.sequence.sequence.id);
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      code: 'sequences.stepNotDue',
    });
    await world.get(SequenceCourse).resume(admin, cast.sequence.sequence.id);
    await world.get(Clients).switchOff(admin, cast.client.id);
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      code: 'sequences.stepNotDue',
    });
  });

  it('nobody is enrolled for a client who is switched off', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Éteint');
    const prospectId = await reachable(world, cast.client.id);
    await world.get(Clients).switchOff(await world.admin(), cast.client.id);
    const late = world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [prospectId]);
    await expect(late).rejects.toMatchObject({ code: 'clientSwitchedOff' });
    expect(await statusOf(prospectId)).toBe('new');
  });

  it('a hole in a message blocks the message, and says which field', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Trou');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    await world.database.write((tx) => tx.entities.update(Prospect, { id: prospectId }, { firstName: null }));
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      name: 'InvalidInput',
      fields: { result: { code: 'sequences.missingMergeFields', params: { fields: 'firstName' } } },
    });
    const task = await world.get(TaskQueries).nextFor(cast.sdr, prospectId);
    expect(task?.message?.body.text).toBeNull();
    await record(cast.sdr, enrolmentId, 1, 'skipped');
  });

  it('everybody left out is listed with the reason, and nobody enters twice', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Portillon');
    const { client, sdr, sequence } = cast;
    const elsewhere = await liveSequence(world, 'Voisin');
    const shared = 'commun@partage.example';
    const neighbour = await reachable(world, elsewhere.client.id, { email: shared });
    await world.get(Touches).log(elsewhere.sdr, neighbour, { channel: 'call', kind: 'no_answer' });
    const people = {
      fine: await reachable(world, client.id),
      opposed: await reachable(world, client.id),
      unfit: await reachable(world, client.id, { fit: 'unfit' }),
      interested: await reachable(world, client.id, { status: 'interested' }),
      silent: await reachable(world, client.id, { email: null, phone: null, linkedinUrl: null }),
      nameless: await reachable(world, client.id, { firstName: null, fullName: 'M. Roux' }),
      held: await reachable(world, client.id, { email: shared }),
      stranger: neighbour,
      nobody: newId(),
    };
    await world.get(Statuses).change(sdr, people.opposed, { to: 'do_not_contact', reason: 'STOP' });
    const ids = Object.values(people);
    const { enrolled: count, skipped } = await world
      .get(Enrolments)
      .enrol(sdr, sequence.sequence.id, [...ids, people.fine]);
    const reasonOf = (id: string) => skipped.find((one) => one.prospectId === id);
    expect(count).toBe(1);
    expect(reasonOf(people.opposed)).toMatchObject({ reason: 'suppressed' });
    expect(reasonOf(people.unfit)).toMatchObject({ reason: 'unfit' });
    expect(reasonOf(people.interested)).toMatchObject({ reason: 'wrong_status' });
    expect(reasonOf(people.silent)).toMatchObject({ reason: 'no_usable_channel' });
    expect(reasonOf(people.nameless)).toMatchObject({ reason: 'missing_field', fields: ['firstName'] });
    expect(reasonOf(people.held)).toMatchObject({
      reason: 'held_by_courtesy',
      until: new Date('2027-01-18T09:00:00Z'),
    });
    expect(reasonOf(people.stranger)).toMatchObject({ reason: 'not_found', fullName: null });
    expect(reasonOf(people.nobody)).toMatchObject({ reason: 'not_found' });
    const second = await world.get(Enrolments).enrol(sdr, sequence.sequence.id, [people.fine]);
    expect(second).toMatchObject({ enrolled: 0, skipped: [{ reason: 'active_elsewhere' }] });
  });

  it('the same person enrolled in two sequences at once enters one of them', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Course');
    const rival = await world
      .get(Sequences)
      .create(cast.sdr, cast.client.id, { name: 'Rivale', steps: FOUR_STEPS.steps });
    await putLive(world, await world.admin(), rival.sequence.id);
    const prospectId = await reachable(world, cast.client.id);
    const results = await Promise.all([
      world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [prospectId]),
      world.get(Enrolments).enrol(cast.other, rival.sequence.id, [prospectId]),
    ]);
    expect(results[0].enrolled + results[1].enrolled).toBe(1);
  });

  it('editing a used sequence makes a new version, and those inside keep theirs', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Versions');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const [first] = cast.sequence.version.steps;
    const { id, day, channel } = first!;
    const steps = [{ id, day, channel, variants: [{ subject: 'Autre', body: 'Autre texte' }] }];
    const saved = await world.get(Sequences).saveSteps(cast.sdr, cast.sequence.sequence.id, { steps });
    expect(saved.sequence).toMatchObject({ version: 2, state: 'live' });
    expect(saved.version.steps[0]!.id).toBe(first!.id);
    expect((await world.get(TaskQueries).nextFor(cast.sdr, prospectId))?.message?.subject?.text).toBe(
      'Bonjour Claire',
    );
    await record(cast.sdr, enrolmentId, 1, 'sent');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ nextPosition: 2 });
    await expect(
      world.get(Sequences).saveSteps(cast.sdr, cast.sequence.sequence.id, { steps, version: 1 }),
    ).rejects.toMatchObject({ code: 'sequences.changedMeanwhile' });
  });

  it('holds one enrolment and lets it go on; takes another out', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Soin');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const care = world.get(EnrolmentCare);
    await care.pause(cast.sdr, enrolmentId, { until: '2027-01-13T08:00:00Z' });
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      code: 'sequences.stepNotDue',
    });
    world.clock.set('2027-01-13T09:00:00Z');
    await record(cast.sdr, enrolmentId, 1, 'sent');
    await care.remove(cast.sdr, enrolmentId);
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'removed' });
    expect(await statusOf(prospectId)).toBe('unreachable');
    await expect(care.resume(cast.sdr, enrolmentId)).rejects.toMatchObject({
      code: 'sequences.enrolmentOver',
    });
  });

  it('a meeting booked ends the enrolment, whoever booked it', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Rendez-vous');
    const { prospectId } = await enrolled(world, cast);
    await world
      .get(Booking)
      .book(cast.other, prospectId, { startsAt: '2027-01-14T10:00:00Z', hostId: cast.host.id });
    expect(await statusOf(prospectId)).toBe('meeting_booked');
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'meeting' });
  });

  it('an opposition entered on the list stops a due step, though nobody touched the prospect', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Liste rouge');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const { email } = await world.database.read((db) =>
      db.entities.findOneByOrFail(Prospect, { id: prospectId }),
    );
    await world.database.write((tx) =>
      world.get(Suppressions).enter(tx, cast.sdr, {
        clientId: null,
        keys: [{ kind: 'email', value: email! }],
        reason: 'STOP',
        source: 'manual',
      }),
    );
    await expect(record(cast.sdr, enrolmentId, 1, 'sent')).rejects.toMatchObject({
      code: 'sequences.stepNotDue',
    });
    expect((await world.get(TaskQueries).nextFor(cast.sdr, prospectId))?.isStale).toBe(true);
    await world.get(EnrolmentCare).settle(cast.sdr, enrolmentId);
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'opted_out' });
    expect(await statusOf(prospectId)).toBe('do_not_contact');
  });

  it('counts people by step and outcome, and the answers that came right after a step', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Comptes');
    const [one, two, three] = [
      await enrolled(world, cast),
      await enrolled(world, cast),
      await enrolled(world, cast),
    ];
    await record(cast.sdr, one.enrolmentId, 1, 'sent');
    await record(cast.sdr, two.enrolmentId, 1, 'sent');
    await record(cast.sdr, three.enrolmentId, 1, 'skipped');
    await world.get(Statuses).change(cast.sdr, one.prospectId, { to: 'interested' });
    const [first] = cast.sequence.version.steps;
    const results = await world.get(SequenceResults).of(cast.sdr, cast.sequence.sequence.id);
    expect(results.steps[0]).toMatchObject({
      stepId: first!.id,
      whole: { figures: { attempted: 2, delivered: 2, replied: 1, interested: 1, bounced: 0 } },
    });
    const { waiting } = await world.get(SequencesQueries).counts(cast.sdr, cast.sequence.sequence.id);
    expect(waiting).toEqual([{ position: 2, people: 2 }]);
    const [line] = await world.get(SequencesQueries).list(cast.sdr, cast.client.id);
    expect(line).toMatchObject({ active: 2, finished: 1, replied: 1, due: 0 });
  });

  it('an action logged by hand is a touch and a fact; a future one, or an unknown outcome, is refused', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Main');
    const prospectId = await reachable(world, cast.client.id);
    const touches = world.get(Touches);
    await touches.log(cast.sdr, prospectId, {
      channel: 'linkedin_invite',
      kind: 'accepted',
      at: '2027-01-08T10:00:00Z',
    });
    const call = await touches.log(cast.sdr, prospectId, {
      channel: 'call',
      kind: 'call',
      result: 'conversation',
      note: 'Rappeler',
    });
    expect(await statusOf(prospectId)).toBe('replied');
    await touches.undo(cast.sdr, call.id);
    expect(await statusOf(prospectId)).toBe('new');
    const log = (input: TouchInput) => touches.log(cast.sdr, prospectId, input);
    await expect(log({ channel: 'call', kind: 'sent' })).rejects.toMatchObject({ name: 'InvalidInput' });
    await expect(log({ channel: 'task', kind: 'done', at: '2027-02-01T10:00:00Z' })).rejects.toMatchObject({
      fields: { at: 'sequences.notInFuture' },
    });
  });

  it('other clients’ sequences, enrolments and prospects do not exist', async () => {
    world.clock.set(MONDAY);
    const cast = await liveSequence(world, 'Secret');
    const { prospectId, enrolmentId } = await enrolled(world, cast);
    const stranger = await world.person('sdr', [], 'Etienne');
    const buyer = await world.person('client', [cast.client.id], 'Cliente');
    for (const actor of [stranger, buyer]) {
      await expect(world.get(SequencesQueries).one(actor, cast.sequence.sequence.id)).rejects.toMatchObject({
        name: 'NotFound',
      });
      await expect(record(actor, enrolmentId, 1, 'sent')).rejects.toMatchObject({ name: 'NotFound' });
    }
    await expect(
      world.get(Touches).log(stranger, prospectId, { channel: 'task', kind: 'done' }),
    ).rejects.toMatchObject({ name: 'NotFound' });
  });
});
