import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { integer, text } from '../../src/database/rows.js';
import type { BulkActInput } from '../../src/prospects/bulk-acts/bulk-act.dto.js';
import { BulkActQueries } from '../../src/prospects/bulk-acts/bulk-acts.queries.js';
import { BulkActs } from '../../src/prospects/bulk-acts/bulk-acts.service.js';
import { ProspectQueries } from '../../src/prospects/prospects.queries.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { Sequences } from '../../src/sequences/sequences.service.js';
import { Conflict, InvalidInput } from '../../src/shared/errors.js';
import { newId } from '../../src/shared/id.js';
import { prospectOf } from '../support/prospect-stories.js';
import {
  enrolled,
  enrolmentOf,
  FOUR_STEPS,
  liveSequence,
  putLive,
  reachable,
} from '../support/sequence-stories.js';
import { onBothDatabases } from '../support/world.js';

onBothDatabases('Enrolling many from the list of prospects', (world) => {
  const acts = () => world.get(BulkActs);
  const seen = (actor: Actor, id: string) => world.get(BulkActQueries).get(actor, id);
  const statusOf = async (actor: Actor, id: string) =>
    (await world.get(ProspectQueries).get(actor, id)).status;
  const peopleIn = async (sequenceId: string) =>
    (await world.database.read((db) =>
      db.row(sql`SELECT COUNT(*) AS n FROM enrolment WHERE sequence_id = ${sequenceId}`, { n: integer }),
    ))!.n;

  async function counted(actor: Actor, clientId: string, input: Omit<BulkActInput, 'kind'>) {
    const { id } = await acts().open(actor, clientId, { kind: 'enrol', ...input });
    await acts().settled(id, 30);
    return seen(actor, id);
  }
  async function moved(actor: Actor, id: string, wish: 'start' | 'undo') {
    await acts()[wish](actor, id);
    await acts().settled(id, 30);
    return seen(actor, id);
  }

  it('counts first, by the guard’s own reasons; enrols those it lets in; names everybody else', async () => {
    const cast = await liveSequence(world, 'Tri');
    const { client, sdr } = cast;
    const sequenceId = cast.sequence.sequence.id;
    const free = [await reachable(world, client.id), await reachable(world, client.id)];
    const there = await enrolled(world, cast);
    const booked = await reachable(world, client.id, { status: 'meeting_booked' });
    const nameless = await reachable(world, client.id, { firstName: null });
    const mute = await prospectOf(world, client.id, { email: null, phone: null, linkedinUrl: null });
    const act = await counted(sdr, client.id, { filter: {}, sequenceId });
    expect(act).toMatchObject({ state: 'counted', total: 6, able: 2, changed: 0 });
    expect(act.reasons).toEqual({
      active_elsewhere: 1,
      wrong_status: 1,
      missing_field: 1,
      no_usable_channel: 1,
    });
    expect(await peopleIn(sequenceId)).toBe(1);
    const told = await world.get(BulkActQueries).left(sdr, act.id);
    expect(Object.fromEntries(told.items.map(({ prospectId, reason }) => [prospectId, reason]))).toEqual({
      [there.prospectId]: 'active_elsewhere',
      [booked]: 'wrong_status',
      [nameless]: 'missing_field',
      [mute]: 'no_usable_channel',
    });
    expect(told.items.find(({ prospectId }) => prospectId === nameless)!.more).toEqual({
      fields: ['firstName'],
    });
    expect(await moved(sdr, act.id, 'start')).toMatchObject({ state: 'done', changed: 2 });
    expect(await peopleIn(sequenceId)).toBe(3);
    expect(await Promise.all(free.map((id) => statusOf(sdr, id)))).toEqual(['in_sequence', 'in_sequence']);
  });

  it('judges each once more when their turn comes: who entered another sequence meanwhile is named', async () => {
    const cast = await liveSequence(world, 'Entre-temps');
    const { client, sdr } = cast;
    const other = await world.get(Sequences).create(sdr, client.id, FOUR_STEPS);
    await putLive(world, await world.admin(), other.sequence.id);
    const [slow, quick] = [await reachable(world, client.id), await reachable(world, client.id)];
    const sequenceId = cast.sequence.sequence.id;
    const act = await counted(sdr, client.id, { prospectIds: [slow, quick], sequenceId });
    expect(act).toMatchObject({ total: 2, able: 2 });
    await world.get(Enrolments).enrol(sdr, other.sequence.id, [quick]);
    const done = await moved(sdr, act.id, 'start');
    expect(done).toMatchObject({ state: 'done', changed: 1, reasons: { active_elsewhere: 1 } });
    expect((await enrolmentOf(world, quick)).sequenceId).toBe(other.sequence.id);
  });

  it('taken back, whom nothing has reached is out as if they had never been in; who was reached stays', async () => {
    world.clock.set('2027-02-02T09:00:00Z');
    const cast = await liveSequence(world, 'Retour');
    const { client, sdr } = cast;
    const sequenceId = cast.sequence.sequence.id;
    const later = await reachable(world, client.id);
    await world.get(Statuses).change(sdr, later, { to: 'later', until: '2031-02-03' });
    const reached = await reachable(world, client.id);
    const ended = await reachable(world, client.id);
    const act = await counted(sdr, client.id, { prospectIds: [later, reached, ended], sequenceId });
    await moved(sdr, act.id, 'start');
    const { id } = await enrolmentOf(world, reached);
    await world.get(StepOutcomes).record(sdr, id, { result: 'sent', position: 1, attempt: 1 });
    await world.get(EnrolmentCare).remove(sdr, (await enrolmentOf(world, ended)).id);
    const undone = await moved(sdr, act.id, 'undo');
    expect(undone).toMatchObject({
      state: 'undone',
      changed: 3,
      undone: 1,
      keptReasons: { changed_since: 2 },
    });
    const back = await world.get(ProspectQueries).get(sdr, later);
    expect([back.status, back.statusUntil]).toEqual(['later', '2031-02-03']);
    expect(await statusOf(sdr, reached)).toBe('in_sequence');
    expect(await peopleIn(sequenceId)).toBe(2);
    const again = await counted(sdr, client.id, { prospectIds: [later], sequenceId });
    expect(again).toMatchObject({ able: 1, reasons: {} });
    const facts = await world.database.read((db) =>
      db.rows(sql`SELECT kind FROM activity WHERE prospect_id = ${later} ORDER BY id`, { kind: text }),
    );
    expect(facts.map(({ kind }) => kind).slice(-4)).toEqual(['enrolment.started', 'status', 'undo', 'undo']);
  });

  it('a mail that is claimed is on its way, though nothing is written of it yet: whom it is for stays', async () => {
    world.clock.set('2027-02-02T09:00:00Z');
    const cast = await liveSequence(world, 'En route');
    const { client, sdr } = cast;
    const person = await reachable(world, client.id);
    const sequenceId = cast.sequence.sequence.id;
    const act = await counted(sdr, client.id, { prospectIds: [person], sequenceId });
    await moved(sdr, act.id, 'start');
    const { id: enrolmentId } = await enrolmentOf(world, person);
    await world.database.write((tx) =>
      tx.run(sql`INSERT INTO touch (id, client_id, prospect_id, channel, kind, at, result, enrolment_id, attempt)
        VALUES (${newId()}, ${client.id}, ${person}, 'email', 'step', ${world.clock.now()}, 'sending', ${enrolmentId}, 1)`),
    );
    expect(await moved(sdr, act.id, 'undo')).toMatchObject({ undone: 0, keptReasons: { changed_since: 1 } });
    expect(await peopleIn(sequenceId)).toBe(1);
  });

  it('a sequence archived before the start takes nobody, and says so of each', async () => {
    const cast = await liveSequence(world, 'Fermée');
    const { client, sdr } = cast;
    const sequenceId = cast.sequence.sequence.id;
    const prospectIds = [await reachable(world, client.id)];
    const act = await counted(sdr, client.id, { prospectIds, sequenceId });
    const close = sql`UPDATE sequence SET state = 'archived' WHERE id = ${sequenceId}`;
    await world.database.write((tx) => tx.run(close));
    const done = await moved(sdr, act.id, 'start');
    expect(done).toMatchObject({ state: 'done', changed: 0, reasons: { sequence_closed: 1 } });
    await expect(counted(sdr, client.id, { prospectIds, sequenceId })).rejects.toThrow(Conflict);
  });

  it('asks for a sequence, and for one of this very client', async () => {
    const [cast, other] = [await liveSequence(world, 'Ici'), await liveSequence(world, 'Ailleurs')];
    const admin = await world.admin();
    const prospectIds = [await reachable(world, cast.client.id)];
    await expect(counted(admin, cast.client.id, { prospectIds })).rejects.toThrow(InvalidInput);
    const sequenceId = other.sequence.sequence.id;
    await expect(counted(admin, cast.client.id, { prospectIds, sequenceId })).rejects.toThrow(InvalidInput);
  });
});
