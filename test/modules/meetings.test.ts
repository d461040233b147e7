import sql from 'sql-template-tag';
import { beforeEach, describe, expect, it } from 'vitest';
import { integer, text } from '../../src/database/rows.js';
import { Facts } from '../../src/prospects/facts.service.js';
import { Engagements } from '../../src/clients/engagements.service.js';
import { Booking } from '../../src/meetings/booking.service.js';
import { Deadlines } from '../../src/meetings/deadlines.service.js';
import { MeetingQueries } from '../../src/meetings/meeting.queries.js';
import { Outcomes } from '../../src/meetings/outcomes.service.js';
import { Qualification } from '../../src/meetings/qualification.service.js';
import { Rescheduling } from '../../src/meetings/rescheduling.service.js';
import { newId } from '../../src/shared/id.js';
import { aClaim, aMeeting, aProspect, type Cast, castOf, statusOf } from '../support/meetings-stories.js';
import { NORDIA_TERMS } from '../support/stories.js';
import { onBothDatabases, type World } from '../support/world.js';

const tuesday = '2026-03-10T09:00:00Z';
const wednesday = '2026-03-11T09:00:00Z';

onBothDatabases('a meeting', (world) => {
  let cast: Cast;
  const story = { number: 0 };

  beforeEach(async () => {
    world.clock.set('2026-03-02T09:00:00Z');
    story.number += 1;
    cast = await castOf(world, `Nordia ${story.number}`);
  });

  const factsOf = (prospectId: string) =>
    world.database.read((db) =>
      db.rows(sql`SELECT kind FROM activity WHERE prospect_id = ${prospectId} ORDER BY id`, { kind: text }),
    );
  const waiting = (prospectId: string) =>
    world.database.read((db) =>
      db.row(sql`SELECT COUNT(*) n FROM activity_pending WHERE prospect_id = ${prospectId}`, { n: integer }),
    );

  describe('when it is booked', () => {
    it('carries the prospect along, leaves a fact and marks its reports as out of date', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      expect(meeting).toMatchObject({ state: 'booked', qualification: 'none', hostName: 'Hélène Hôte' });
      expect(meeting.endsAt.toISOString()).toBe('2026-03-10T09:30:00.000Z');
      expect(await statusOf(world, meeting.prospectId)).toBe('meeting_booked');
      expect((await factsOf(meeting.prospectId)).map((fact) => fact.kind)).toEqual([
        'meeting.booked',
        'status',
      ]);
      // A projection may already have taken it up after commit: then there is nothing left to wait for.
      expect((await waiting(meeting.prospectId))?.n).toBeLessThanOrEqual(1);
    });

    it('freezes the terms: a new version of the engagement changes nothing for it', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      await world.get(Engagements).amend(await world.admin(), cast.engagement.engagement.id, {
        ...NORDIA_TERMS,
        price: { ...NORDIA_TERMS.price, feePerUnitCents: 99_900 },
        qualificationCriteria: [{ key: 'budget', label: 'Un budget est identifié' }],
        acceptanceDays: 2,
      });
      const after = await world.get(MeetingQueries).meeting(cast.sdr, meeting.id);
      expect(after).toMatchObject({
        engagementId: cast.engagement.engagement.id,
        engagementVersion: 1,
        acceptanceDays: 5,
        price: { feePerUnitCents: 25_000, feeCapCents: 150_000 },
        qualificationCriteria: [{ key: 'budget' }, { key: 'need' }],
      });
    });

    it('is attributed to the touches before it, and to nobody without one', async () => {
      expect((await aMeeting(world, cast, tuesday)).attribution).toBeNull();
      const prospect = await aProspect(world, cast.client.id);
      const sequenceId = newId();
      await world.database.write((tx) =>
        world.get(Facts).append(tx, cast.sdr, {
          prospectId: prospect.id,
          clientId: cast.client.id,
          kind: 'touch',
          channel: 'call',
          result: 'conversation',
          details: { sequenceId },
        }),
      );
      const meeting = await world
        .get(Booking)
        .book(cast.sdr, prospect.id, { startsAt: wednesday, hostId: cast.host.id });
      expect(meeting.attribution).toMatchObject({ channel: 'call', sdrId: cast.sdr.userId, sequenceId });
    });

    it('the same request twice makes one meeting, also at the same moment', async () => {
      const prospect = await aProspect(world, cast.client.id);
      const input = { startsAt: tuesday, hostId: cast.host.id };
      const [one, other] = await Promise.all([
        world.get(Booking).book(cast.sdr, prospect.id, input),
        world.get(Booking).book(cast.sdr, prospect.id, input),
      ]);
      expect(other.id).toBe(one.id);
      expect((await factsOf(prospect.id)).filter((fact) => fact.kind === 'meeting.booked')).toHaveLength(1);
    });

    it('nobody of the client sits in two meetings at once: of eight requests one wins', async () => {
      const prospects = await Promise.all(Array.from({ length: 8 }, () => aProspect(world, cast.client.id)));
      const results = await Promise.allSettled(
        prospects.map(({ id }) =>
          world.get(Booking).book(cast.sdr, id, { startsAt: tuesday, hostId: cast.host.id }),
        ),
      );
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'meetings.hostTaken' });
    });

    it('meetings may touch, not overlap', async () => {
      await aMeeting(world, cast, tuesday);
      await expect(aMeeting(world, cast, '2026-03-10T09:29:00Z')).rejects.toMatchObject({
        code: 'meetings.hostTaken',
      });
      expect((await aMeeting(world, cast, '2026-03-10T09:30:00Z')).state).toBe('booked');
    });

    it('is refused in the past, with somebody else’s host, and for a prospect who has one open', async () => {
      const prospect = await aProspect(world, cast.client.id);
      const book = (startsAt: string, hostId = cast.host.id) =>
        world.get(Booking).book(cast.sdr, prospect.id, { startsAt, hostId });
      await expect(book('2026-03-02T07:59:00Z')).rejects.toMatchObject({
        fields: { startsAt: 'meetings.past' },
      });
      const stranger = await castOf(world, `Autre ${story.number}`);
      await expect(book(tuesday, stranger.host.id)).rejects.toMatchObject({
        fields: { hostId: 'meetings.noHost' },
      });
      await book(tuesday);
      await expect(book(wednesday)).rejects.toMatchObject({ code: 'meetings.prospectHasMeeting' });
    });

    it('is refused to somebody under opposition, and for a client who is switched off', async () => {
      const opposed = await aProspect(world, cast.client.id, { status: 'do_not_contact' });
      const input = { startsAt: tuesday, hostId: cast.host.id };
      await expect(world.get(Booking).book(cast.sdr, opposed.id, input)).rejects.toMatchObject({
        code: 'meetings.opposed',
      });
      await switchOff(world, cast);
      await expect(aMeeting(world, cast, tuesday)).rejects.toMatchObject({ code: 'clientSwitchedOff' });
    });

    it('for a prospect of a client one does not work for, there is no such prospect', async () => {
      const stranger = await castOf(world, `Autre ${story.number}`);
      const prospect = await aProspect(world, cast.client.id);
      const input = { startsAt: tuesday, hostId: cast.host.id };
      await expect(world.get(Booking).book(stranger.sdr, prospect.id, input)).rejects.toMatchObject({
        code: 'notFound',
      });
    });
  });

  describe('when it moves', () => {
    it('stays the same meeting, keeps its first time, and its invitation counts up', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      const moved = await world.get(Rescheduling).reschedule(cast.sdr, meeting.id, { startsAt: wednesday });
      expect(moved).toMatchObject({ id: meeting.id, state: 'rescheduled', invitationSequence: 1 });
      expect(moved.originalStartsAt.toISOString()).toBe('2026-03-10T09:00:00.000Z');
      expect(moved.endsAt.toISOString()).toBe('2026-03-11T09:30:00.000Z');
      const again = await world
        .get(Rescheduling)
        .reschedule(cast.sdr, meeting.id, { startsAt: '2026-03-12T09:00:00Z', durationMinutes: 60 });
      expect(again).toMatchObject({ invitationSequence: 2 });
      expect(again.originalStartsAt.toISOString()).toBe('2026-03-10T09:00:00.000Z');
    });

    it('frees its old time and takes the new one', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      await world.get(Rescheduling).reschedule(cast.sdr, meeting.id, { startsAt: wednesday });
      expect((await aMeeting(world, cast, tuesday)).state).toBe('booked');
      await expect(aMeeting(world, cast, wednesday)).rejects.toMatchObject({ code: 'meetings.hostTaken' });
    });

    it('by two people at once: one wins, the other is told who did what', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      const colleague = await world.person('sdr', [cast.client.id], 'Nina Collègue');
      const seen = meeting.version;
      await world.get(Rescheduling).reschedule(colleague, meeting.id, { startsAt: wednesday, version: seen });
      const late = world
        .get(Rescheduling)
        .reschedule(cast.sdr, meeting.id, { startsAt: '2026-03-12T09:00:00Z', version: seen });
      await expect(late).rejects.toMatchObject({
        code: 'meetings.overtaken',
        params: { event: 'rescheduled', by: 'Nina Collègue' },
      });
      expect((await world.get(MeetingQueries).meeting(cast.sdr, meeting.id)).startsAt.toISOString()).toBe(
        '2026-03-11T09:00:00.000Z',
      );
    });

    it('a second click on the same move changes nothing more', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      const input = { startsAt: wednesday, version: meeting.version };
      await world.get(Rescheduling).reschedule(cast.sdr, meeting.id, input);
      const again = await world.get(Rescheduling).reschedule(cast.sdr, meeting.id, input);
      expect(again.invitationSequence).toBe(1);
    });
  });

  describe('when it ends', () => {
    it('held: the prospect is met', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T09:40:00Z');
      expect(await world.get(Outcomes).hold(cast.sdr, meeting.id, {})).toMatchObject({ state: 'held' });
      expect(await statusOf(world, meeting.prospectId)).toBe('meeting_held');
    });

    it('nobody holds it before it starts', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      await expect(world.get(Outcomes).hold(cast.sdr, meeting.id, {})).rejects.toMatchObject({
        code: 'meetings.not_started',
      });
    });

    it('missed or called off, it leaves the prospect interested', async () => {
      const missed = await aMeeting(world, cast, tuesday);
      const off = await aMeeting(world, cast, wednesday);
      world.clock.set('2026-03-10T10:00:00Z');
      await world.get(Outcomes).markNoShow(cast.sdr, missed.id, { by: 'guest' });
      const cancelled = await world.get(Outcomes).cancel(cast.sdr, off.id, { by: 'client', reason: 'Salon' });
      expect(cancelled).toMatchObject({ state: 'cancelled_by_client', invitationSequence: 1 });
      expect(await statusOf(world, missed.prospectId)).toBe('interested');
      expect(await statusOf(world, off.prospectId)).toBe('interested');
    });

    it('an outcome on record is corrected only by who has seen it', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T10:00:00Z');
      const missed = await world.get(Outcomes).markNoShow(cast.sdr, meeting.id, { by: 'guest' });
      await expect(world.get(Outcomes).hold(cast.sdr, meeting.id, {})).rejects.toMatchObject({
        code: 'meetings.correctionNeedsVersion',
      });
      const corrected = await world.get(Outcomes).hold(cast.sdr, meeting.id, { version: missed.version });
      expect(corrected.state).toBe('held');
      expect(await statusOf(world, meeting.prospectId)).toBe('meeting_held');
    });

    it('after a no-show a new date keeps the same meeting alive', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T10:00:00Z');
      await world.get(Outcomes).markNoShow(cast.sdr, meeting.id, { by: 'host' });
      await world.get(Rescheduling).reschedule(cast.sdr, meeting.id, { startsAt: '2026-03-17T09:00:00Z' });
      expect(await statusOf(world, meeting.prospectId)).toBe('meeting_booked');
    });

    it('reported two ways at once: one wins, the other gets a conflict and nothing is lost', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-10T10:00:00Z');
      const results = await Promise.allSettled([
        world.get(Outcomes).hold(cast.sdr, meeting.id, {}),
        world.get(Outcomes).markNoShow(cast.sdr, meeting.id, { by: 'guest' }),
      ]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
      const outcomes = (await factsOf(meeting.prospectId)).filter((fact) => /held|no_show/.test(fact.kind));
      expect(outcomes).toHaveLength(1);
    });
  });

  describe('when it is qualified', () => {
    it('the claim needs a held meeting and every criterion ticked', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      const claim = (criteria: string[]) =>
        world.get(Qualification).claim(cast.sdr, meeting.id, { criteria });
      await expect(claim(['budget', 'need'])).rejects.toMatchObject({ code: 'meetings.claimNeedsHeld' });
      world.clock.set('2026-03-10T10:00:00Z');
      await world.get(Outcomes).hold(cast.sdr, meeting.id, {});
      await expect(claim(['budget'])).rejects.toMatchObject({ fields: { criteria: 'meetings.allCriteria' } });
      await expect(claim(['budget', 'need', 'charm'])).rejects.toMatchObject({
        fields: { criteria: 'isIn' },
      });
      // Claimed on Tuesday 10 March with 5 business days: 11, 12, 13, 16, Tuesday 17.
      expect(await claim(['need', 'budget'])).toMatchObject({
        qualification: 'claimed',
        decideBy: '2026-03-17',
      });
    });

    it('the client accepts, and the prospect is qualified', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      const accepted = await world.get(Qualification).accept(cast.buyer, meeting.id, {});
      expect(accepted).toMatchObject({ qualification: 'accepted', decidedByName: 'Camille Cliente' });
      expect(await statusOf(world, meeting.prospectId)).toBe('qualified');
    });

    it('the client contests with a criterion and words, and may come round', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      const contest = { criterion: 'budget', text: 'Aucun budget cette année.' };
      const contested = await world.get(Qualification).contest(cast.buyer, meeting.id, contest);
      expect(contested).toMatchObject({ qualification: 'contested', contestedCriterion: 'budget' });
      expect(await statusOf(world, meeting.prospectId)).toBe('meeting_held');
      const accepted = await world.get(Qualification).accept(cast.buyer, meeting.id, {});
      expect(accepted).toMatchObject({ qualification: 'accepted', contestText: null });
      await expect(world.get(Qualification).contest(cast.buyer, meeting.id, contest)).rejects.toMatchObject({
        name: 'IllegalMove',
        legal: [],
      });
    });

    it('the agency never judges its own claim', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      for (const actor of [cast.sdr, await world.admin()])
        await expect(world.get(Qualification).accept(actor, meeting.id, {})).rejects.toMatchObject({
          code: 'meetings.onlyTheClientDecides',
        });
    });

    it('a correction of the outcome takes an undecided claim with it', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      const corrected = await world
        .get(Outcomes)
        .markNoShow(cast.sdr, meeting.id, { by: 'guest', version: meeting.version });
      expect(corrected).toMatchObject({ qualification: 'none', decideBy: null });
    });
  });

  describe('when the client says nothing', () => {
    it('the claim lapses the moment the last day is over in the client’s zone, and is shown as such', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      world.clock.set('2026-03-17T22:59:59Z');
      await world.get(Deadlines).acceptByLapse();
      expect((await world.get(MeetingQueries).meeting(cast.buyer, meeting.id)).qualification).toBe('claimed');
      // Paris is at UTC+1: Tuesday 17 March ends at 23:00 UTC.
      world.clock.set('2026-03-17T23:00:00Z');
      await expect(
        world.get(Qualification).contest(cast.buyer, meeting.id, { criterion: 'need', text: 'Trop tard' }),
      ).rejects.toMatchObject({ code: 'meetings.windowClosed' });
      expect(await world.get(Deadlines).acceptByLapse()).toBeGreaterThanOrEqual(1);
      const lapsed = await world.get(MeetingQueries).meeting(cast.buyer, meeting.id);
      expect(lapsed).toMatchObject({ qualification: 'lapsed', decidedByName: null });
      expect(await statusOf(world, meeting.prospectId)).toBe('qualified');
      expect(await world.get(Deadlines).acceptByLapse()).toBe(0);
    });

    it('a meeting nobody reported on is deemed held, and says so until a person does', async () => {
      const meeting = await aMeeting(world, cast, tuesday);
      world.clock.set('2026-03-17T23:00:00Z');
      await world.get(Deadlines).deemHeld();
      const deemed = await world.get(MeetingQueries).meeting(cast.sdr, meeting.id);
      expect(deemed).toMatchObject({ state: 'held', isDeemedHeld: true });
      const confirmed = await world.get(Outcomes).hold(cast.sdr, meeting.id, {});
      expect(confirmed).toMatchObject({ state: 'held', isDeemedHeld: false });
    });

    it('but the silence of a client who is switched off means nothing', async () => {
      const meeting = await aClaim(world, cast, tuesday);
      await switchOff(world, cast);
      world.clock.set('2026-06-01T09:00:00Z');
      await world.get(Deadlines).acceptByLapse();
      expect((await world.get(MeetingQueries).meeting(cast.buyer, meeting.id)).qualification).toBe('claimed');
      await expect(world.get(Qualification).accept(cast.buyer, meeting.id, {})).rejects.toMatchObject({
        code: 'clientSwitchedOff',
      });
    });
  });

  it('lists page by page without losing or repeating one', async () => {
    for (const hour of ['08', '09', '10', '11', '12'])
      await aMeeting(world, cast, `2026-03-10T${hour}:00:00Z`);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world
        .get(MeetingQueries)
        .list(cast.sdr, { limit: 2, ...(cursor ? { cursor } : {}) }, { clientId: cast.client.id });
      seen.push(...page.items.map((meeting) => meeting.startsAt.toISOString().slice(11, 13)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['08', '09', '10', '11', '12']);
  });

  async function switchOff(of: World, { client }: Cast): Promise<void> {
    await of.database.write((tx) =>
      tx.run(sql`UPDATE client SET switched_off_at = ${of.clock.now()} WHERE id = ${client.id}`),
    );
  }
});
