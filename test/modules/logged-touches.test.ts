import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/accounts/actor.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import type { TouchInput } from '../../src/outreach/touches/touch.dto.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { Activity } from '../../src/prospects/activity.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import type { FunnelReport } from '../../src/reporting/report-answer.js';
import { prospectNow } from '../support/engine-stories.js';
import { prospectOf } from '../support/prospect-stories.js';
import { StepOutcomes } from '../../src/sequences/steps/step-outcomes.service.js';
import { StepUndo } from '../../src/sequences/steps/step-undo.service.js';
import { WhyWaitings } from '../../src/sequences/engine/why-waiting.queries.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { enrolled, enrolmentOf, FOUR_STEPS, liveSequence, reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

// Monday 11 January 2027, 10:00 in Paris, where the agency's clock hangs.
const MONDAY = '2027-01-11T09:00:00Z';

onBothDatabases('an action outside any sequence', (world) => {
  beforeEach(() => world.clock.set(MONDAY));

  const someone = async (name: string) => {
    const { client } = await readyClient(world, name);
    const sdr = await world.person('sdr', [client.id], 'Sam');
    const id = await prospectOf(world, client.id, {
      email: `claire@${client.id}.example`,
      phone: '+33140000000',
    });
    return { client, sdr, id };
  };
  const log = (actor: Actor, id: string, input: TouchInput) => world.get(Touches).log(actor, id, input);
  const touchesOf = (prospectId: string) =>
    world.database.read((db) => db.entities.find(Touch, { where: { prospectId }, order: { id: 'ASC' } }));
  const statusOf = async (id: string) => (await prospectNow(world, id)).status;

  describe('is logged once', () => {
    const voicemail = { channel: 'call' as const, kind: 'voicemail', note: 'Message', clickKey: 'one' };

    it('by two clicks of one moment: both are given the one touch, and there is one fact', async () => {
      const { sdr, id } = await someone('Deux clics');
      const [one, other] = await Promise.all([log(sdr, id, voicemail), log(sdr, id, voicemail)]);
      expect(one.id).toBe(other.id);
      expect(await touchesOf(id)).toMatchObject([{ kind: 'manual', result: 'voicemail', enrolmentId: null }]);
      const facts = await world.database.read((db) =>
        db.entities.findBy(Activity, { prospectId: id, kind: 'touch' }),
      );
      expect(facts).toMatchObject([{ userId: sdr.userId, note: 'Message', aboutId: one.id }]);
    });

    it('but a form sent again with something else is refused, and another form is another touch', async () => {
      const { sdr, id } = await someone('Autre chose');
      await log(sdr, id, voicemail);
      for (const other of [{ note: 'Autre' }, { kind: 'no_answer' }, { at: '2027-01-10T10:00' }])
        await expect(log(sdr, id, { ...voicemail, ...other })).rejects.toMatchObject({
          code: 'prospects.clickKeyUsed',
        });
      await log(sdr, id, { ...voicemail, clickKey: 'two' });
      await log(sdr, id, { channel: 'call', kind: 'voicemail' });
      expect(await touchesOf(id)).toHaveLength(3);
    });

    it('and once more after it was taken back', async () => {
      const { sdr, id } = await someone('Repris');
      await world.get(Touches).undo(sdr, (await log(sdr, id, voicemail)).id);
      expect(await touchesOf(id)).toEqual([]);
      await log(sdr, id, voicemail);
      await log(sdr, id, voicemail);
      expect(await touchesOf(id)).toHaveLength(1);
    });

    it('the second click on an opt-out is no refusal of somebody who objected', async () => {
      const { sdr, id } = await someone('Opposée deux fois');
      const input: TouchInput = { channel: 'call', kind: 'opted_out', clickKey: 'no' };
      expect((await log(sdr, id, input)).id).toBe((await log(sdr, id, input)).id);
      expect(await statusOf(id)).toBe('do_not_contact');
    });
  });

  describe('is refused, as a step is', () => {
    const refused = { code: 'prospects.touchOpposed' };

    it('for who objected, whichever way it was said', async () => {
      const { client, sdr, id } = await someone('Opposée');
      const admin = await world.admin();
      await world.get(Statuses).change(sdr, id, { to: 'do_not_contact' });
      await expect(log(sdr, id, { channel: 'email', kind: 'sent' })).rejects.toMatchObject(refused);
      const other = await prospectOf(world, client.id, { email: `paul@filiale.${client.id}.example` });
      const domain = { kind: 'domain' as const, value: `*.${client.id}.example`, reason: 'Courrier' };
      await world.get(SuppressionList).add(admin, null, domain);
      await expect(log(sdr, other, { channel: 'call', kind: 'no_answer' })).rejects.toMatchObject(refused);
      expect(await touchesOf(other)).toEqual([]);
    });

    it('on the channel objected to alone', async () => {
      const { client, sdr, id } = await someone('Pas par téléphone');
      await world.get(SuppressionList).add(await world.admin(), client.id, {
        ...{ kind: 'phone', value: '+33140000000', channels: ['call', 'linkedin'], reason: 'Dit' },
      });
      await expect(log(sdr, id, { channel: 'call', kind: 'no_answer' })).rejects.toMatchObject(refused);
      await expect(log(sdr, id, { channel: 'linkedin_message', kind: 'sent' })).rejects.toMatchObject(
        refused,
      );
      await log(sdr, id, { channel: 'email', kind: 'sent' });
    });

    it('for what only the engine writes, of a mail on its way', async () => {
      const { sdr, id } = await someone('Moteur');
      for (const kind of ['sending', 'deferred', 'not_sent'])
        await expect(log(sdr, id, { channel: 'email', kind })).rejects.toMatchObject({
          fields: { kind: { code: 'sequences.unknownOutcome' } },
        });
    });
  });

  describe('happened when it is said to have', () => {
    it('on the agency’s clock unless a zone is named', async () => {
      const { sdr, id } = await someone('Hier');
      await log(sdr, id, { channel: 'call', kind: 'no_answer', at: '2027-01-08T18:30' });
      await log(sdr, id, { channel: 'call', kind: 'no_answer', at: '2027-01-08T18:30:00Z' });
      expect((await touchesOf(id)).map(({ at }) => at.toISOString())).toEqual([
        '2027-01-08T17:30:00.000Z',
        '2027-01-08T18:30:00.000Z',
      ]);
    });

    it('now where nothing is said, be it in so many words', async () => {
      const { sdr, id } = await someone('Rien de dit');
      const nothing = { channel: 'call', kind: 'no_answer', at: null, note: null, clickKey: null };
      const api = await world.api(sdr);
      for (const _ of ['once', 'again']) await api.post(`/prospects/${id}/touches`, nothing).expect(201);
      const touches = await touchesOf(id);
      expect(touches.map(({ at, note }) => [at.toISOString(), note])).toEqual([
        ['2027-01-11T09:00:00.000Z', null],
        ['2027-01-11T09:00:00.000Z', null],
      ]);
    });

    it('not to come, not in another century, and no day the calendar does not have', async () => {
      const { sdr, id } = await someone('Demain');
      const at = (said: string) => log(sdr, id, { channel: 'call', kind: 'no_answer', at: said });
      await at('2027-01-11T10:00');
      await expect(at('2027-01-11T10:06')).rejects.toMatchObject({ fields: { at: 'sequences.notInFuture' } });
      await expect(at('0227-01-11T09:00')).rejects.toMatchObject({
        fields: { at: { code: 'prospects.touchTooOld' } },
      });
      await expect(at('2026-02-30T09:00')).rejects.toMatchObject({ fields: { at: 'isISO8601' } });
    });

    it('a talk before they said to come back later does not call that off; one after does', async () => {
      const { sdr, id } = await someone('Plus tard');
      await world.get(Statuses).change(sdr, id, { to: 'later', until: '2027-02-01' });
      await log(sdr, id, { channel: 'call', kind: 'conversation', at: '2027-01-11T09:50' });
      expect(await prospectNow(world, id)).toMatchObject({ status: 'later', statusUntil: '2027-02-01' });
      world.clock.set('2027-01-11T10:00:00Z');
      await log(sdr, id, { channel: 'call', kind: 'conversation' });
      expect(await statusOf(id)).toBe('replied');
    });

    it('and counts on that day: attempted, contacted, replied, and not twice', async () => {
      const { client, sdr, id } = await someone('Entonnoir');
      const api = await world.api(sdr);
      const counts = async (from: string, to: string) => {
        const path = `/clients/${client.id}/reports/funnel?view=period&from=${from}&to=${to}`;
        return ((await api.get(path).expect(200)).body as FunnelReport).total.counts;
      };
      await log(sdr, id, { channel: 'call', kind: 'conversation', at: '2027-01-08T18:30', clickKey: 'a' });
      await log(sdr, id, { channel: 'call', kind: 'conversation', at: '2027-01-08T18:30', clickKey: 'a' });
      expect(await counts('2027-01-08', '2027-01-08')).toMatchObject({
        ...{ enrolled: 1, attempted: 1, contacted: 1, replied: 1, dials: 1, conversations: 1 },
      });
      expect(await counts('2027-01-11', '2027-01-11')).toMatchObject({ attempted: 0, replied: 0, dials: 0 });
    });
  });

  it('a talk ends the sequence the person is in, and taking it back lets the sequence go on', async () => {
    const cast = await liveSequence(world, 'En séquence');
    const { prospectId } = await enrolled(world, cast);
    const touch = await log(cast.sdr, prospectId, { channel: 'call', kind: 'conversation' });
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'replied' });
    const stranger = await world.api(cast.other);
    await stranger.post(`/touches/${touch.id}/undo`, {}).expect(409);
    const api = await world.api(cast.sdr);
    const answer = await api.post(`/touches/${touch.id}/undo`, {}).expect(200);
    expect(answer.body).toEqual({ prospectId });
    expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'active', nextPosition: 1 });
    expect(await statusOf(prospectId)).toBe('in_sequence');
  });

  it('a bounce, a wrong number and a plain try leave the status the outcome says', async () => {
    const cast = await liveSequence(world, 'Issues');
    const after = async (input: TouchInput) => {
      const id = await reachable(world, cast.client.id);
      await log(cast.sdr, id, input);
      return statusOf(id);
    };
    expect(await after({ channel: 'email', kind: 'bounced' })).toBe('invalid');
    expect(await after({ channel: 'call', kind: 'wrong_number' })).toBe('new');
    expect(await after({ channel: 'linkedin_message', kind: 'sent' })).toBe('new');
  });

  describe('that found a wrong number', () => {
    const wrong = { channel: 'call' as const, kind: 'wrong_number' };
    const mailThenCalls = {
      name: 'Un message, puis le téléphone',
      steps: [
        FOUR_STEPS.steps[0]!,
        { day: 2, channel: 'call' as const, variants: [{ body: 'Demander le planning.' }] },
      ],
    };
    const step = (actor: Actor, enrolmentId: string, position: number, result: string) =>
      world.get(StepOutcomes).record(actor, enrolmentId, { position, attempt: 1, result });
    const undo = (actor: Actor, { id }: { id: string }) => world.get(StepUndo).undo(actor, id);
    const whyOf = async (actor: Actor, clientId: string, enrolmentId: string) =>
      (await world.get(WhyWaitings).of(actor, clientId, [enrolmentId])).get(enrolmentId);

    it('ends the calls of the person’s sequence as a step does: passed over, said, and open again once taken back', async () => {
      const cast = await liveSequence(world, 'Numéro noté');
      const { client, sdr } = cast;
      const { prospectId, enrolmentId } = await enrolled(world, cast);
      await step(sdr, enrolmentId, 1, 'sent');
      world.clock.set('2027-01-13T09:00:00Z');
      await step(sdr, enrolmentId, 2, 'sent');
      expect(await enrolmentOf(world, prospectId)).toMatchObject({ nextPosition: 3, nextChannel: 'call' });

      const touch = await log(sdr, prospectId, wrong);
      // From the invitation of day 2 to the mail of day 7: five business days after Wednesday.
      expect(await enrolmentOf(world, prospectId)).toMatchObject({
        state: 'active',
        nextPosition: 4,
        dueAt: new Date('2027-01-20T09:00:00Z'),
      });
      expect(await whyOf(sdr, client.id, enrolmentId)).toMatchObject({ key: 'later', passedOver: ['call'] });
      const page = await (await world.browser(sdr)).get(`/prospects/${prospectId}`);
      expect(page.text).toContain('calls passed over: wrong number');

      await undo(sdr, touch);
      expect(await enrolmentOf(world, prospectId)).toMatchObject({ nextPosition: 3, nextChannel: 'call' });
      expect(await whyOf(sdr, client.id, enrolmentId)).not.toHaveProperty('passedOver');
    });

    it('ends a sequence that has only calls left; taken back, both go on where they were', async () => {
      const cast = await liveSequence(world, 'Plus que des appels', mailThenCalls);
      const { prospectId, enrolmentId } = await enrolled(world, cast);
      await step(cast.sdr, enrolmentId, 1, 'sent');
      const touch = await log(cast.sdr, prospectId, wrong);
      expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'finished', reason: 'completed' });
      expect(await statusOf(prospectId)).toBe('unreachable');
      await undo(cast.sdr, touch);
      expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'active', nextPosition: 2 });
      expect(await statusOf(prospectId)).toBe('in_sequence');
    });

    it('says nothing of the number a later enrolment has: it may have been put right', async () => {
      const cast = await liveSequence(world, 'Numéro corrigé', mailThenCalls);
      const prospectId = await reachable(world, cast.client.id);
      await log(cast.sdr, prospectId, wrong);
      world.clock.set('2027-01-12T09:00:00Z');
      await world.get(Enrolments).enrol(cast.sdr, cast.sequence.sequence.id, [prospectId]);
      const { id } = await enrolmentOf(world, prospectId);
      await step(cast.sdr, id, 1, 'sent');
      expect(await enrolmentOf(world, prospectId)).toMatchObject({ state: 'active', nextChannel: 'call' });
    });
  });
});
