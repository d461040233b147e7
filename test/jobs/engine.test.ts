import { beforeEach, expect, it } from 'vitest';
import { Clients } from '../../src/clients/clients.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { Touches } from '../../src/outreach/touches/touches.service.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { Sequence, SequenceVersion } from '../../src/sequences/sequence.entity.js';
import {
  addressee,
  engineCast,
  enrolAll,
  enrolmentIn,
  FIVE_MAILS,
  mailboxOf,
  mailsTo,
  prospectNow,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { WhyWaitings } from '../../src/sequences/engine/why-waiting.queries.js';
import { reachable } from '../support/sequence-stories.js';
import { readyClient } from '../support/stories.js';
import { onBothDatabases } from '../support/world.js';

// Monday 11 January 2027, 10:00 in Paris.
const MONDAY = '2027-01-11T09:00:00Z';
const minutes = (from: string, n: number) => new Date(new Date(from).getTime() + n * 60_000);

onBothDatabases('the engine', (world) => {
  beforeEach(() => quietOthers(world));

  it('sends the first mail at once, writes it down, and dates the second two business days later', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Premier');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    expect(await tickAt(world, MONDAY)).toMatchObject({ delivered: 1 });
    expect(story.posted).toHaveLength(1);
    const { mail } = story.posted[0]!;
    expect(mail).toMatchObject({
      subject: 'Bonjour Claire',
      from: { name: 'Léa Martin', address: cast.mailbox.address },
      inReplyTo: null,
      references: [],
    });
    const [row] = await mailsTo(world, prospectId);
    expect(row).toMatchObject({ state: 'sent', messageId: mail.messageId, sentAt: new Date(MONDAY) });
    expect(mail.text).toContain(`/u/${row!.token}`);
    expect(mail.html).toContain(`/u/${row!.token}`);
    expect(mail.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(mail.headers!['List-Unsubscribe']).toMatch(
      new RegExp(`^<http[^>]*/u/${row!.token}>, <mailto:[^>]*\\+${row!.token}@`),
    );
    const touch = await world.database.read((db) => db.entities.findOneByOrFail(Touch, { id: row!.id }));
    expect(touch).toMatchObject({ result: 'sent', stepPosition: 1, attempt: 1 });
    expect(await enrolmentIn(world, cast.sequence.id, prospectId)).toMatchObject({
      nextPosition: 2,
      nextChannel: 'email',
      dueAt: new Date('2027-01-13T09:00:00Z'),
      mailboxId: cast.mailbox.id,
    });
    expect((await prospectNow(world, prospectId)).status).toBe('in_sequence');
    // Nothing more is due, however often it looks.
    expect(await tickAt(world, '2027-01-11T10:00:00Z')).toMatchObject({ delivered: 0 });
  });

  it('goes on in the same thread, on the same mailbox, under the first subject', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Fil');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    await tickAt(world, MONDAY);
    await mailboxOf(world, cast.client.id);
    await tickAt(world, '2027-01-13T09:00:00Z');
    await tickAt(world, '2027-01-15T09:00:00Z');
    const [first, second, third] = story.posted.map(({ mail }) => mail);
    expect(second).toMatchObject({
      subject: 'Re: Bonjour Claire',
      inReplyTo: first!.messageId,
      references: [first!.messageId],
      from: { address: cast.mailbox.address },
    });
    expect(third).toMatchObject({
      subject: 'Re: Bonjour Claire',
      inReplyTo: second!.messageId,
      references: [first!.messageId, second!.messageId],
    });
    expect(new Set(story.posted.map(({ key }) => key))).toEqual(new Set([cast.mailbox.id]));
  });

  it('keeps its distance: one mail a turn, three to ten minutes apart, follow-ups before first touches', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Distance');
    const early = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [early]);
    await tickAt(world, MONDAY);
    const wednesday = '2027-01-13T09:00:00Z';
    world.clock.set('2027-01-13T08:00:00Z');
    const fresh = [await addressee(world, cast.client.id), await addressee(world, cast.client.id)];
    await enrolAll(world, cast, fresh);
    const times: number[] = [];
    for (let minute = 0; minute <= 40; minute += 1) {
      const { delivered } = await tickAt(world, minutes(wednesday, minute));
      if (delivered > 0) times.push(minute);
    }
    const [, ...rest] = story.posted.map(({ mail }) => mail.subject);
    // The two new people had been due for an hour; the thread that goes on still comes first.
    expect(rest).toEqual(['Re: Bonjour Claire', 'Bonjour Claire', 'Bonjour Claire']);
    for (const [index, at] of times.slice(1).entries()) {
      expect(at - times[index]!).toBeGreaterThanOrEqual(3);
      expect(at - times[index]!).toBeLessThanOrEqual(11);
    }
  });

  it('a mailbox of the first week sends ten a day, however many are due, and the rest the next day', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Rampe', {
      mailbox: { rampStartedOn: null, gapMinSeconds: 0, gapMaxSeconds: 0 },
    });
    const people: string[] = [];
    for (let one = 0; one < 25; one += 1) people.push(await addressee(world, cast.client.id));
    await enrolAll(world, cast, people);
    await tickAt(world, MONDAY);
    await tickAt(world, '2027-01-11T15:00:00Z');
    expect(story.posted).toHaveLength(10);
    // Tuesday 09:30: the ten of Monday 10:00 still lie within 24 h.
    await tickAt(world, '2027-01-12T08:30:00Z');
    expect(story.posted).toHaveLength(10);
    await tickAt(world, '2027-01-12T09:00:01Z');
    expect(story.posted).toHaveLength(20);
  });

  it('the smallest cap wins: a sequence of three a day, a company of five', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const fast = { gapMinSeconds: 0, gapMaxSeconds: 0 };
    const capped = await engineCast(world, 'Plafond', { mailbox: fast, sequence: { dailyCap: 3 } });
    const people: string[] = [];
    for (let one = 0; one < 6; one += 1) people.push(await addressee(world, capped.client.id));
    await enrolAll(world, capped, people);
    await tickAt(world, MONDAY);
    expect(story.posted).toHaveLength(3);
    // Those left are told which of the limits it is.
    const left = (await Promise.all(people.map((id) => enrolmentIn(world, capped.sequence.id, id))))
      .filter(({ dueAt, state }) => state === 'active' && dueAt !== null && dueAt <= new Date(MONDAY))
      .map(({ id }) => id);
    expect(left).toHaveLength(3);
    const whys = await world.get(WhyWaitings).of(capped.sdr, capped.client.id, left);
    expect([...whys.values()]).toEqual(Array(3).fill({ key: 'sequenceFull', at: null, n: 3 }));
    const crowded = await engineCast(world, 'Société', { mailbox: fast });
    const colleagues: string[] = [];
    for (let one = 0; one < 8; one += 1)
      colleagues.push(await addressee(world, crowded.client.id, { email: `c${one}@grande-societe.example` }));
    await enrolAll(world, crowded, colleagues);
    await tickAt(world, MONDAY);
    expect(
      story.posted.filter(({ mail }) => mail.to.address.endsWith('grande-societe.example')),
    ).toHaveLength(5);
    const waiting = await Promise.all(colleagues.map((id) => enrolmentIn(world, crowded.sequence.id, id)));
    expect(waiting.filter(({ waitReason }) => waitReason === 'domain_full')).toHaveLength(3);
  });

  it('writes while it is working time where the reader is; a missed slot goes to the next opening and a bit', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Fenêtre');
    const [paris, montreal] = [
      await addressee(world, cast.client.id),
      await addressee(world, cast.client.id, { timeZone: 'America/Toronto', country: 'CA' }),
    ];
    await enrolAll(world, cast, [paris, montreal]);
    // 10:00 in Paris is 04:00 in Montréal.
    await tickAt(world, MONDAY);
    expect(story.posted.map(({ mail }) => mail.to.name)).toEqual([
      (await prospectNow(world, paris)).fullName,
    ]);
    const { dueAt } = await enrolmentIn(world, cast.sequence.id, montreal);
    // 08:30 in Montréal is 13:30 UTC; the bit is at most an hour.
    expect(dueAt!.getTime()).toBeGreaterThanOrEqual(Date.parse('2027-01-11T13:30:00Z'));
    expect(dueAt!.getTime()).toBeLessThan(Date.parse('2027-01-11T14:30:00Z'));
    await tickAt(world, dueAt!);
    expect(story.posted).toHaveLength(2);
  });

  it('does not write at night because it was down by day: the slot is asked for again at send time', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Nuit');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    // Down since 10:00, up again at 19:00 in Paris.
    await tickAt(world, '2027-01-11T18:00:00Z');
    expect(story.posted).toHaveLength(0);
    const { dueAt, waitReason } = await enrolmentIn(world, cast.sequence.id, prospectId);
    expect(waitReason).toBe('window');
    expect(dueAt!.getTime()).toBeGreaterThanOrEqual(Date.parse('2027-01-12T07:30:00Z'));
    expect(dueAt!.getTime()).toBeLessThan(Date.parse('2027-01-12T08:30:00Z'));
    await tickAt(world, dueAt!);
    expect(story.posted).toHaveLength(1);
  });

  it.each([
    // Friday 26 March 2027 → Sunday 28 the clocks go forward → Easter Monday → Tuesday 08:30 = 06:30 UTC.
    ['in spring', '2027-03-26T18:00:00Z', '2027-03-30T06:30:00Z'],
    // Friday 29 October 2027 → Sunday 31 the clocks go back → All Saints on Monday → Tuesday 08:30 = 07:30 UTC.
    ['in autumn', '2027-10-29T17:00:00Z', '2027-11-02T07:30:00Z'],
  ])(
    'when the clocks change %s, the opening is still 08:30 on the reader’s clock',
    async (season, friday, opening) => {
      world.clock.set(friday);
      const story = storyMailer(world);
      const cast = await engineCast(world, `Heure ${season}`);
      const prospectId = await addressee(world, cast.client.id);
      await enrolAll(world, cast, [prospectId]);
      await tickAt(world, minutes(opening, -1));
      expect(story.posted).toHaveLength(0);
      await tickAt(world, minutes(opening, 60));
      expect(story.posted).toHaveLength(1);
    },
  );

  it('a hole in the message keeps it back; once filled, it goes', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Trou');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    const call = (firstName: string | null) =>
      world.database.write((tx) => tx.entities.update(Prospect, { id: prospectId }, { firstName }));
    await call(null);
    await tickAt(world, MONDAY);
    expect(story.posted).toHaveLength(0);
    expect(await enrolmentIn(world, cast.sequence.id, prospectId)).toMatchObject({
      waitReason: 'missing_field',
    });
    await call('Claire');
    await tickAt(world, minutes(MONDAY, 61));
    expect(story.posted).toHaveLength(1);
  });

  it('reads every stop again at the moment it sends', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Arrêts', { mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0 } });
    const admin = await world.admin();
    const list = world.get(SuppressionList);
    const people = {
      answered: await addressee(world, cast.client.id),
      suppressed: await addressee(world, cast.client.id),
      noMail: await addressee(world, cast.client.id, { linkedinUrl: 'https://www.linkedin.com/in/no-mail' }),
      dead: await addressee(world, cast.client.id),
      removed: await addressee(world, cast.client.id),
      held: await addressee(world, cast.client.id),
      fine: await addressee(world, cast.client.id),
    };
    const ids = Object.values(people);
    const enrolments = await enrolAll(world, cast, ids);
    const of = (id: string) => enrolments[ids.indexOf(id)]!;
    await world.get(Statuses).change(cast.sdr, people.answered, { to: 'interested' });
    const addressOf = async (id: string) => (await prospectNow(world, id)).email!;
    await list.add(admin, null, {
      kind: 'email',
      value: await addressOf(people.suppressed),
      reason: 'Demande',
    });
    await list.add(admin, cast.client.id, {
      kind: 'email',
      value: await addressOf(people.noMail),
      channels: ['email'],
      reason: 'Pas d’e-mail',
    });
    await world.database.write((tx) =>
      tx.entities.update(Prospect, { id: people.dead }, { emailStatus: 'invalid' }),
    );
    await world.get(EnrolmentCare).remove(cast.sdr, of(people.removed).id);
    await world.get(EnrolmentCare).pause(cast.sdr, of(people.held).id, { reason: 'Salon' });
    await tickAt(world, MONDAY);
    expect(story.posted.map(({ mail }) => mail.to.address)).toEqual([await addressOf(people.fine)]);
    const ends = async (id: string) => {
      const { state, reason } = await enrolmentIn(world, cast.sequence.id, id);
      return `${state} ${reason}`;
    };
    expect(await ends(people.answered)).toBe('finished replied');
    expect(await ends(people.suppressed)).toBe('finished opted_out');
    expect(await ends(people.noMail)).toBe('finished failed');
    expect(await ends(people.dead)).toBe('finished failed');
    expect(await ends(people.removed)).toBe('finished removed');
    expect(await ends(people.held)).toBe('paused Salon');
  });

  it('sends nothing while the client is off, the sequence rests or the mailbox is stopped', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Repos');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    const admin = await world.admin();
    const set = (entity: typeof Sequence | typeof Mailbox, id: string, state: string) =>
      world.database.write((tx) => tx.entities.update(entity as typeof Mailbox, { id }, { state } as object));
    await world.get(Clients).switchOff(admin, cast.client.id);
    await tickAt(world, MONDAY);
    await world.get(Clients).switchOn(admin, cast.client.id);
    await set(Sequence, cast.sequence.id, 'paused');
    await tickAt(world, minutes(MONDAY, 1));
    await set(Sequence, cast.sequence.id, 'testing');
    await tickAt(world, minutes(MONDAY, 2));
    await set(Sequence, cast.sequence.id, 'live');
    await set(Mailbox, cast.mailbox.id, 'paused');
    await tickAt(world, minutes(MONDAY, 3));
    expect(story.posted).toHaveLength(0);
    await set(Mailbox, cast.mailbox.id, 'active');
    await tickAt(world, minutes(MONDAY, 4));
    expect(story.posted).toHaveLength(1);
  });

  it('holds somebody another client has just reached, and never says who', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Courtoisie');
    const neighbour = await readyClient(world, 'Autre client');
    const shared = 'claire@commune.example';
    const prospectId = await addressee(world, cast.client.id, { email: shared });
    await enrolAll(world, cast, [prospectId]);
    const theirs = await reachable(world, neighbour.client.id, { email: shared });
    await world.get(Touches).log(await world.admin(), theirs, { channel: 'call', kind: 'no_answer' });
    await tickAt(world, MONDAY);
    expect(story.posted).toHaveLength(0);
    const { waitReason, dueAt } = await enrolmentIn(world, cast.sequence.id, prospectId);
    expect(waitReason).toBe('courtesy');
    // Seven days later, to the minute.
    expect(dueAt).toEqual(new Date('2027-01-18T09:00:00Z'));
    await tickAt(world, '2027-01-18T09:00:01Z');
    expect(story.posted).toHaveLength(1);
  });

  it('sends no word that nobody approved', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, 'Sceau');
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    await world.database.write((tx) =>
      tx.entities.update(SequenceVersion, { sequenceId: cast.sequence.id }, { approvedSeal: 'another' }),
    );
    await tickAt(world, MONDAY);
    expect(story.posted).toHaveLength(0);
    expect(await enrolmentIn(world, cast.sequence.id, prospectId)).toMatchObject({
      waitReason: 'not_approved',
    });
  });

  it('leaves the tasks of people alone: a call between two mails waits for the person who calls', async () => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const steps = [
      FIVE_MAILS[0]!,
      { day: 1, channel: 'call' as const, variants: [{ body: 'Appeler.' }] },
      FIVE_MAILS[1]!,
    ];
    const cast = await engineCast(world, 'Appel', { steps });
    const prospectId = await addressee(world, cast.client.id, { phone: '+33102030405' });
    await enrolAll(world, cast, [prospectId]);
    await tickAt(world, MONDAY);
    await tickAt(world, '2027-01-20T09:00:00Z');
    expect(story.posted).toHaveLength(1);
    expect(await enrolmentIn(world, cast.sequence.id, prospectId)).toMatchObject({
      nextPosition: 2,
      nextChannel: 'call',
    });
  });
});
