import { beforeEach, expect, it } from 'vitest';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { Touch } from '../../src/outreach/touches/touch.entity.js';
import { Activity } from '../../src/prospects/activity.entity.js';
import { Statuses } from '../../src/prospects/status/status.service.js';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { EngineRecovery } from '../../src/sequences/engine/engine-recovery.service.js';
import { UncertainMails } from '../../src/sequences/engine/uncertain-mails.service.js';
import { Inbox } from '../../src/mail/inbox.js';
import {
  addressee,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  prospectNow,
  quietOthers,
  refusal,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { incoming } from '../support/incoming-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
const after = (hours: number, from = MONDAY) => new Date(Date.parse(from) + hours * 3_600_000);

onBothDatabases('what becomes of a mail', (world) => {
  beforeEach(() => quietOthers(world));

  const begin = async (name: string) => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, name);
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    return { story, cast, prospectId, enrolment: () => enrolmentIn(world, cast.sequence.id, prospectId) };
  };
  const mailboxNow = (id: string) =>
    world.database.read((db) => db.entities.findOneByOrFail(Mailbox, { id }));
  const touchesOf = async (prospectId: string) =>
    (
      await world.database.read((db) =>
        db.entities.find(Touch, { where: { prospectId }, order: { at: 'ASC' } }),
      )
    ).map(({ result, attempt }) => `${result} ${attempt}`);
  const factsOf = async (prospectId: string) =>
    (
      await world.database.read((db) =>
        db.entities.find(Activity, { where: { prospectId }, order: { id: 'ASC' } }),
      )
    )
      .filter(({ kind }) => kind === 'touch')
      .map(({ result }) => result);

  it('an address the server does not know: marked, the enrolment ends, and nobody writes there again', async () => {
    const { story, prospectId, enrolment } = await begin('Inconnue');
    story.answer = () => Promise.reject(refusal('bounce_hard', '5.1.1'));
    await tickAt(world, MONDAY);
    expect(await enrolment()).toMatchObject({ state: 'finished', reason: 'bounced' });
    expect(await prospectNow(world, prospectId)).toMatchObject({ status: 'invalid', emailStatus: 'invalid' });
    expect(await touchesOf(prospectId)).toEqual(['bounced 1']);
    const [mail] = await mailsTo(world, prospectId);
    expect(mail).toMatchObject({ state: 'refused', status: '5.1.1', refusal: 'bounce_hard' });
    await tickAt(world, after(48));
    expect(await mailsTo(world, prospectId)).toHaveLength(1);
  });

  it('a full mailbox: the same mail again after 4 h, after 24 h, and the third time it is dead', async () => {
    const { story, prospectId, enrolment } = await begin('Pleine');
    story.answer = () => Promise.reject(refusal('bounce_soft', '5.2.2'));
    await tickAt(world, MONDAY);
    expect(await enrolment()).toMatchObject({
      nextPosition: 1,
      nextAttempt: 2,
      dueAt: after(4),
      waitReason: 'soft_bounce',
    });
    await tickAt(world, after(3.9));
    expect(await mailsTo(world, prospectId)).toHaveLength(1);
    await tickAt(world, after(4));
    expect(await enrolment()).toMatchObject({ nextAttempt: 3, dueAt: after(28) });
    expect(await factsOf(prospectId)).toEqual(['deferred', 'deferred']);
    await tickAt(world, after(28));
    expect(await enrolment()).toMatchObject({ state: 'finished', reason: 'bounced' });
    expect((await prospectNow(world, prospectId)).status).toBe('invalid');
  });

  it('a full mailbox that is emptied in time gets its mail once', async () => {
    const { story, prospectId, enrolment } = await begin('Vidée');
    story.answer = () => Promise.reject(refusal('bounce_soft', '4.2.2'));
    await tickAt(world, MONDAY);
    story.answer = () => undefined;
    await tickAt(world, after(4));
    expect(story.posted).toHaveLength(1);
    expect(await touchesOf(prospectId)).toEqual(['deferred 1', 'sent 2']);
    expect(await enrolment()).toMatchObject({ nextPosition: 2, nextAttempt: 1 });
  });

  it('refused for our sake: the mailbox stops, with the words of the server; the person stays as they were', async () => {
    const { story, cast, prospectId, enrolment } = await begin('Réputation');
    story.answer = () => Promise.reject(refusal('sender_blocked', '5.7.1'));
    await tickAt(world, MONDAY);
    expect(await mailboxNow(cast.mailbox.id)).toMatchObject({
      state: 'paused',
      pausedReason: 'senderBlocked',
      pausedNote: '5.7.1 refused',
    });
    expect(await prospectNow(world, prospectId)).toMatchObject({ status: 'in_sequence', emailStatus: null });
    expect(await enrolment()).toMatchObject({ state: 'active', nextPosition: 1, nextAttempt: 1 });
    expect(await touchesOf(prospectId)).toEqual([]);
    story.answer = () => undefined;
    await tickAt(world, after(1));
    expect(story.posted).toHaveLength(0);
    await world.database.write((tx) =>
      tx.entities.update(Mailbox, { id: cast.mailbox.id }, { state: 'active' }),
    );
    await tickAt(world, after(2));
    expect(story.posted).toHaveLength(1);
  });

  it('a server that cannot be reached costs nobody anything: tried again later, and not at every turn', async () => {
    const { story, cast, prospectId } = await begin('Injoignable');
    let tries = 0;
    story.answer = () => {
      tries += 1;
      return Promise.reject(refusal('bounce_soft', '4.4.1', { isTransient: true }));
    };
    await tickAt(world, MONDAY);
    await tickAt(world, after(0.002));
    expect(tries).toBe(1);
    expect(await mailsTo(world, prospectId)).toEqual([]);
    expect(await touchesOf(prospectId)).toEqual([]);
    expect((await mailboxNow(cast.mailbox.id)).lastError).toContain('4.4.1');
    story.answer = () => undefined;
    await tickAt(world, after(1));
    expect(story.posted).toHaveLength(1);
  });

  it('a connection lost after the text was handed over: uncertain, never sent again, told by a person', async () => {
    const { story, cast, prospectId, enrolment } = await begin('Perdue');
    story.answer = () => Promise.reject(refusal('bounce_soft', '4.4.2', { isUncertain: true }));
    await tickAt(world, MONDAY);
    story.answer = () => undefined;
    for (const hours of [1, 24, 72, 200]) await tickAt(world, after(hours));
    expect(story.posted).toHaveLength(0);
    const [mail] = await mailsTo(world, prospectId);
    expect(mail!.state).toBe('uncertain');
    const confirm = (wasSent: boolean) => world.get(UncertainMails).confirm(cast.sdr, mail!.id, wasSent);
    expect(await confirm(true)).toMatchObject({ state: 'sent', sentAt: new Date(MONDAY) });
    await expect(confirm(false)).rejects.toMatchObject({ name: 'Conflict' });
    expect(await touchesOf(prospectId)).toEqual(['sent 1']);
    expect(await enrolment()).toMatchObject({ nextPosition: 2 });
    const stranger = await world.person('sdr', [], 'Etienne');
    await expect(world.get(UncertainMails).confirm(stranger, mail!.id, true)).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('one begun late in its claim is no leftover: its own time with the server counts', async () => {
    const { story, cast, prospectId } = await begin('Fin de file');
    await world.database.write((tx) =>
      tx.entities.update(Mailbox, { id: cast.mailbox.id }, { gapMinSeconds: 0, gapMaxSeconds: 0 }),
    );
    const second = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [second]);
    const seen: string[] = [];
    let told = 0;
    story.answer = async () => {
      told += 1;
      // The first keeps its server eleven minutes; another worker looks for leftovers while the second is at it.
      world.clock.set(after(told === 1 ? 11 / 60 : 11.5 / 60));
      if (told === 1) return;
      await world.get(EngineRecovery).takeUpLeftovers(world.clock.now());
      for (const id of [prospectId, second])
        seen.push(...(await mailsTo(world, id)).map(({ state }) => state));
    };
    await tickAt(world, MONDAY);
    expect(seen.sort()).toEqual(['sending', 'sent']);
    // Left alone that long with its server, it may have left.
    await world.database.write((tx) =>
      tx.entities.update(OutgoingMail, { prospectId: second }, { state: 'sending' }),
    );
    await world.get(EngineRecovery).takeUpLeftovers(after(21.5 / 60));
    expect((await mailsTo(world, second))[0]!.state).toBe('uncertain');
  });

  it('one a person says never left goes again, as another mail', async () => {
    const { story, cast, prospectId } = await begin('Restée');
    story.answer = () => Promise.reject(refusal('bounce_soft', '4.4.2', { isUncertain: true }));
    await tickAt(world, MONDAY);
    const [mail] = await mailsTo(world, prospectId);
    await world.get(UncertainMails).confirm(cast.sdr, mail!.id, false);
    story.answer = () => undefined;
    await tickAt(world, after(1));
    expect(story.posted).toHaveLength(1);
    expect(story.posted[0]!.mail.messageId).not.toBe(mail!.messageId);
    expect(await touchesOf(prospectId)).toEqual(['not_sent 1', 'sent 2']);
  });

  it('an uncertain mail found in the mailbox, or answered, had left', async () => {
    const inbox = world.get(Inbox) as { holds: Inbox['holds'] };
    const first = await begin('Retrouvée');
    const second = await addressee(world, first.cast.client.id);
    await enrolAll(world, first.cast, [second]);
    first.story.answer = () => Promise.reject(refusal('bounce_soft', '4.4.2', { isUncertain: true }));
    await tickAt(world, MONDAY);
    await tickAt(world, after(1));
    const [one] = await mailsTo(world, first.prospectId);
    const [other] = await mailsTo(world, second);
    inbox.holds = (_account, messageId) => Promise.resolve(messageId === one!.messageId);
    await world.get(UncertainMails).look(world.clock.now());
    expect((await mailsTo(world, first.prospectId))[0]!.state).toBe('sent');
    expect((await mailsTo(world, second))[0]!.state).toBe('uncertain');
    inbox.holds = () => Promise.reject(new Error('no connection'));
    await incoming(world, other!, 'interested');
    await world.get(UncertainMails).look(world.clock.now());
    expect((await mailsTo(world, second))[0]!.state).toBe('sent');
    expect(await enrolmentIn(world, first.cast.sequence.id, second)).toMatchObject({
      state: 'finished',
      reason: 'replied',
    });
  });

  it('an answer that comes while the mail is under way stops the next one, and the mail is still written down', async () => {
    const { story, cast, prospectId, enrolment } = await begin('Croisée');
    story.answer = async () => {
      await world.get(Statuses).change(cast.sdr, prospectId, { to: 'interested' });
    };
    await tickAt(world, MONDAY);
    expect(await touchesOf(prospectId)).toEqual(['sent 1']);
    expect((await mailsTo(world, prospectId))[0]!.state).toBe('sent');
    expect(await enrolment()).toMatchObject({ state: 'finished', reason: 'replied' });
    await tickAt(world, '2027-01-20T09:00:00Z');
    expect(story.posted).toHaveLength(1);
  });

  it('a stop between the claim and the server: the mail is given up, as if it had never been', async () => {
    const { story, cast, prospectId, enrolment } = await begin('Juste à temps');
    const write = world.database.write.bind(world.database);
    let writes = 0;
    // The second write of the turn marks the mail as being sent: somebody is quicker.
    const slow = async <T>(work: Parameters<typeof write<T>>[0]): Promise<T> => {
      const result = await write(work);
      writes += 1;
      if (writes === 1)
        await write((tx) => tx.entities.update(Mailbox, { id: cast.mailbox.id }, { state: 'paused' }));
      return result;
    };
    world.clock.set(MONDAY);
    world.database.write = slow;
    try {
      await world.get(Engine).tick(world.clock.now());
    } finally {
      world.database.write = write;
    }
    expect(story.posted).toHaveLength(0);
    expect(await mailsTo(world, prospectId)).toEqual([]);
    expect(await touchesOf(prospectId)).toEqual([]);
    expect(await enrolment()).toMatchObject({ state: 'active', nextPosition: 1, nextChannel: 'email' });
  });

  it('a stop of the process leaves no claim behind', async () => {
    const { story, prospectId } = await begin('Arrêt');
    const stop = new AbortController();
    stop.abort();
    world.clock.set(MONDAY);
    await world.get(Engine).tick(world.clock.now(), stop.signal);
    expect(story.posted).toHaveLength(0);
    expect(await world.database.read((db) => db.entities.countBy(OutgoingMail, { prospectId }))).toBe(0);
  });
});
