import { beforeEach, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit-entry.entity.js';
import type { MailClass } from '../../src/mail/mail-class.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { Suppression } from '../../src/prospects/suppression/suppression.entity.js';
import { EnrolmentCare } from '../../src/sequences/enrolments/enrolment-care.service.js';
import { RateWatch } from '../../src/sequences/engine/rate-watch.service.js';
import { ReplyConsequences } from '../../src/sequences/replies/reply-consequences.service.js';
import { SequenceCourse } from '../../src/sequences/sequence-course.service.js';
import { Sequence } from '../../src/sequences/sequence.entity.js';
import { newId } from '../../src/shared/id.js';
import {
  addressee,
  type EngineCast,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailboxOf,
  mailsTo,
  prospectNow,
  quietOthers,
  storyMailer,
  tickAt,
} from '../support/engine-stories.js';
import { incoming, incomingNow } from '../support/incoming-stories.js';
import { onBothDatabases } from '../support/world.js';

const MONDAY = '2027-01-11T09:00:00Z';
const TUESDAY = '2027-01-12T09:00:00Z';

onBothDatabases('what comes back in the mail', (world) => {
  beforeEach(() => quietOthers(world));

  /** Everybody has had the first mail on Monday; it is Tuesday now. */
  const written = async (name: string, people: object[] = [{}]) => {
    world.clock.set(MONDAY);
    const story = storyMailer(world);
    const cast = await engineCast(world, name, { mailbox: { gapMinSeconds: 0, gapMaxSeconds: 0 } });
    const ids: string[] = [];
    for (const has of people) ids.push(await addressee(world, cast.client.id, has));
    await enrolAll(world, cast, ids);
    await tickAt(world, MONDAY);
    const mails = await Promise.all(ids.map(async (id) => (await mailsTo(world, id))[0]!));
    world.clock.set(TUESDAY);
    return { story, cast, ids, mails };
  };
  const stands = async (cast: EngineCast, id: string) => {
    const { state, reason } = await enrolmentIn(world, cast.sequence.id, id);
    return `${state} ${reason}`;
  };
  const oppositionsTo = (address: string) =>
    world.database.read((db) => db.entities.findBy(Suppression, { kind: 'email', value: address }));

  it('an answer ends the enrolment, says that somebody answered, and is acted on once', async () => {
    const { story, cast, ids, mails } = await written('Réponse');
    const id = await incoming(world, mails[0]!, 'not_interested');
    expect(await stands(cast, ids[0]!)).toBe('finished replied');
    // What they meant is a person's word: the machine only knows that they wrote.
    expect((await prospectNow(world, ids[0]!)).status).toBe('replied');
    const { version } = await prospectNow(world, ids[0]!);
    await world.get(ReplyConsequences).act(id);
    await world.get(ReplyConsequences).catchUp();
    expect((await prospectNow(world, ids[0]!)).version).toBe(version);
    await tickAt(world, '2027-01-20T09:00:00Z');
    expect(story.posted).toHaveLength(1);
  });

  it('an answer nobody heard of, since the process died, is acted on by the next round', async () => {
    const { cast, ids, mails } = await written('Perdue');
    const id = await incoming(world, mails[0]!, 'interested', { isTold: false });
    expect(await stands(cast, ids[0]!)).toBe('active null');
    expect(await world.get(ReplyConsequences).catchUp()).toBe(1);
    expect(await stands(cast, ids[0]!)).toBe('finished replied');
    expect((await incomingNow(world, id)).actedAt).toEqual(new Date(TUESDAY));
  });

  it('an answer to the last mail of a sequence that is over makes it a sequence that was answered', async () => {
    world.clock.set(MONDAY);
    storyMailer(world);
    const cast = await engineCast(world, 'Tardive', {
      steps: [{ day: 0, channel: 'email', variants: [{ subject: 'Un mot', body: 'Bonjour {{firstName}}' }] }],
    });
    const id = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [id]);
    await tickAt(world, MONDAY);
    expect(await stands(cast, id)).toBe('finished completed');
    await incoming(world, (await mailsTo(world, id))[0]!, 'interested');
    expect(await stands(cast, id)).toBe('finished replied');
    expect((await prospectNow(world, id)).status).toBe('replied');
  });

  it('colleagues who answer at the same moment do not stand in each other’s way', async () => {
    const people = Array.from({ length: 3 }, (_, place) => ({ email: `p${place}@meme-instant.example` }));
    const { cast, ids, mails } = await written('Même instant', people);
    const answers: string[] = [];
    for (const mail of mails) answers.push(await incoming(world, mail, 'interested', { isTold: false }));
    const consequences = world.get(ReplyConsequences);
    // Those who come last in the order of ids first.
    await Promise.all(answers.reverse().map((id) => consequences.act(id)));
    const stood = await Promise.all(ids.map((id) => stands(cast, id)));
    expect(stood).toEqual(ids.map(() => 'finished replied'));
  });

  it('the colleagues of somebody who answered wait for a person; those at a free mail provider are nobody’s colleagues', async () => {
    const at = (email: string) => ({ email });
    const { story, cast, ids, mails } = await written('Collègues', [
      at('anne@roux-industrie.example'),
      at('bruno@roux-industrie.example'),
      at('chloe@gmail.com'),
      at('denis@gmail.com'),
    ]);
    await incoming(world, mails[0]!, 'interested');
    await incoming(world, mails[2]!, 'interested');
    expect(await Promise.all(ids.map((id) => stands(cast, id)))).toEqual([
      'finished replied',
      'paused colleague_replied',
      'finished replied',
      'active null',
    ]);
    await tickAt(world, '2027-01-14T09:00:00Z');
    expect(story.posted.slice(4).map(({ mail }) => mail.to.address)).toEqual(['denis@gmail.com']);
    const colleague = await enrolmentIn(world, cast.sequence.id, ids[1]!);
    await world.get(EnrolmentCare).resume(cast.sdr, colleague.id);
    await tickAt(world, '2027-01-14T09:10:00Z');
    expect(story.posted.at(-1)!.mail.to.address).toBe('bruno@roux-industrie.example');
  });

  it('away until a day: nothing stops, and it goes on one to three business days after', async () => {
    const { story, cast, ids, mails } = await written('Absence');
    await incoming(world, mails[0]!, 'out_of_office', {
      resumeOn: '2027-01-25',
      replyText: 'Absent jusqu’au 25 janvier.',
    });
    const away = await enrolmentIn(world, cast.sequence.id, ids[0]!);
    expect(away).toMatchObject({ state: 'paused', reason: 'out_of_office' });
    expect(away.pausedUntil!.getTime()).toBeGreaterThanOrEqual(Date.parse('2027-01-26T07:30:00Z'));
    expect(away.pausedUntil!.getTime()).toBeLessThan(Date.parse('2027-01-28T08:31:00Z'));
    expect((await prospectNow(world, ids[0]!)).status).toBe('in_sequence');
    await tickAt(world, '2027-01-25T14:00:00Z');
    expect(story.posted).toHaveLength(1);
    await tickAt(world, '2027-01-28T09:00:00Z');
    expect(story.posted).toHaveLength(2);
    expect(await stands(cast, ids[0]!)).toBe('active null');
  });

  it('an absence does not end a pause a person made', async () => {
    const { cast, ids, mails } = await written('Main');
    const { id } = await enrolmentIn(world, cast.sequence.id, ids[0]!);
    await world.get(EnrolmentCare).pause(cast.sdr, id, { reason: 'Salon' });
    await incoming(world, mails[0]!, 'out_of_office', { resumeOn: '2027-01-13' });
    expect(await enrolmentIn(world, cast.sequence.id, ids[0]!)).toMatchObject({
      reason: 'Salon',
      pausedUntil: null,
    });
  });

  it('somebody who has left the company: it is over, and a person looks for who took their place', async () => {
    const { cast, ids, mails } = await written('Départ');
    const id = await incoming(world, mails[0]!, 'automatic', {
      replyText: 'Claire Roux ne fait plus partie de la société.',
      state: 'handled',
    });
    expect(await stands(cast, ids[0]!)).toBe('finished removed');
    expect((await prospectNow(world, ids[0]!)).status).toBe('wrong_person');
    expect((await incomingNow(world, id)).state).toBe('to_triage');
  });

  it.each<[MailClass]>([['automatic'], ['calendar_response']])('%s: nothing stops', async (mailClass) => {
    const { cast, ids, mails } = await written(`Rien ${mailClass}`);
    await incoming(world, mails[0]!, mailClass, { replyText: 'Nous avons bien reçu votre message.' });
    expect(await stands(cast, ids[0]!)).toBe('active null');
  });

  it('a hard bounce days later: the address is dead, the enrolment over', async () => {
    const { cast, ids, mails } = await written('Dure');
    await incoming(world, mails[0]!, 'bounce_hard', {
      recipients: [{ address: mails[0]!.toAddress, status: '5.1.1', action: 'failed' }],
    });
    expect(await stands(cast, ids[0]!)).toBe('finished bounced');
    expect(await prospectNow(world, ids[0]!)).toMatchObject({ status: 'invalid', emailStatus: 'invalid' });
    expect((await mailsTo(world, ids[0]!))[0]!.bouncedAt).toEqual(new Date(TUESDAY));
  });

  it('a bounce of an address that was corrected meanwhile says nothing of the new one', async () => {
    const { cast, ids, mails } = await written('Corrigée');
    await world.database.write((tx) =>
      tx.entities.update('Prospect', { id: ids[0]! }, { email: 'nouvelle@corrigee.example' }),
    );
    await incoming(world, mails[0]!, 'bounce_hard');
    expect(await stands(cast, ids[0]!)).toBe('active null');
    expect((await prospectNow(world, ids[0]!)).emailStatus).toBeNull();
  });

  it('a soft bounce puts the next mail off and never sends the same again; a delay is no bounce; the third is dead', async () => {
    const { story, cast, ids, mails } = await written('Molle');
    // Wednesday 08:00 in Paris: one hour before the second mail is due.
    world.clock.set('2027-01-13T07:00:00Z');
    await incoming(world, mails[0]!, 'bounce_soft', {
      recipients: [{ address: null, status: '4.4.1', action: 'delayed' }],
      machineClass: 'automatic',
    });
    expect(await enrolmentIn(world, cast.sequence.id, ids[0]!)).toMatchObject({ waitReason: null });
    const soft = { recipients: [{ address: null, status: '5.2.2', action: 'failed' as const }] };
    await incoming(world, mails[0]!, 'bounce_soft', soft);
    expect(await enrolmentIn(world, cast.sequence.id, ids[0]!)).toMatchObject({
      nextPosition: 2,
      dueAt: new Date('2027-01-13T11:00:00Z'),
      waitReason: 'soft_bounce',
    });
    await tickAt(world, '2027-01-13T10:59:00Z');
    expect(story.posted).toHaveLength(1);
    await incoming(world, mails[0]!, 'bounce_soft', soft);
    world.clock.set('2027-01-14T09:00:00Z');
    await incoming(world, mails[0]!, 'bounce_soft', soft);
    expect(await stands(cast, ids[0]!)).toBe('finished bounced');
    expect(story.posted).toHaveLength(1);
  });

  it('blocked for our sake: the mailbox stops and says why, the person is not touched', async () => {
    const { cast, ids, mails } = await written('Bloquée');
    await incoming(world, mails[0]!, 'sender_blocked', {
      prospectId: null,
      subject: 'Undelivered',
      recipients: [{ address: null, status: '5.7.1', action: 'failed' }],
    });
    const mailbox = await world.database.read((db) =>
      db.entities.findOneByOrFail(Mailbox, { id: cast.mailbox.id }),
    );
    expect(mailbox).toMatchObject({
      state: 'paused',
      pausedReason: 'senderBlocked',
      pausedNote: '5.7.1 Undelivered',
    });
    expect(await stands(cast, ids[0]!)).toBe('active null');
    expect(await prospectNow(world, ids[0]!)).toMatchObject({ emailStatus: null, status: 'in_sequence' });
  });

  it.each<[MailClass, string]>([
    ['complaint', 'complaint'],
    ['unsubscribe', 'reply'],
  ])(
    '%s: opposed at once, for every channel of this client, and the figures know',
    async (mailClass, source) => {
      const { cast, ids, mails } = await written(`Opposition ${mailClass}`);
      await incoming(world, mails[0]!, mailClass);
      expect(await stands(cast, ids[0]!)).toBe('finished opted_out');
      expect((await prospectNow(world, ids[0]!)).status).toBe('do_not_contact');
      const [entry] = await oppositionsTo(mails[0]!.toAddress);
      expect(entry).toMatchObject({ clientId: cast.client.id, channels: null, source });
      const [mail] = await mailsTo(world, ids[0]!);
      expect(mailClass === 'complaint' ? mail!.complainedAt : mail!.unsubscribedAt).toEqual(
        new Date(TUESDAY),
      );
    },
  );

  it('rates stop a sequence with the figures, once; a person lets it go on, and the same figures stop it no more', async () => {
    const { cast, ids, mails } = await written('Garde');
    await fillWith(world, mails[0]!, cast, { sent: 239, bounced: 12 });
    const watch = world.get(RateWatch);
    await watch.look(world.clock.now());
    const sequenceNow = () =>
      world.database.read((db) => db.entities.findOneByOrFail(Sequence, { id: cast.sequence.id }));
    expect(await sequenceNow()).toMatchObject({
      state: 'paused',
      guardStop: { metric: 'hard_bounce', events: 12, of: 240 },
    });
    const audit = await world.database.read((db) =>
      db.entities.findBy(AuditEntry, { act: 'sequence.stopped', subjectId: cast.sequence.id }),
    );
    expect(audit).toHaveLength(1);
    // The diary says it in words, with the figures.
    const reader = await world.browser(await world.admin());
    const { text: diary } = await reader.get(`/sequences/${cast.sequence.id}/approval`);
    expect(diary).toContain('Addresses refused: 12 of 240 (5.0');
    expect(diary).not.toContain('hard_bounce');
    await watch.look(world.clock.now());
    await world.get(SequenceCourse).resume(await world.admin(), cast.sequence.id);
    await watch.look(world.clock.now());
    expect(await sequenceNow()).toMatchObject({ state: 'live', guardStop: null });
    expect(ids).toHaveLength(1);
  });
});

/** Mails of the last days, as the table has them: some of them bounced. */
async function fillWith(
  world: Parameters<Parameters<typeof onBothDatabases>[1]>[0],
  like: OutgoingMail,
  cast: EngineCast,
  { sent, bounced }: { sent: number; bounced: number },
): Promise<void> {
  const mailbox = await mailboxOf(world, cast.client.id, { state: 'paused' });
  await world.database.write(async (tx) => {
    for (let one = 0; one < sent; one += 1) {
      const id = newId();
      const at = world.clock.now();
      const own = { mailboxId: mailbox.id, messageId: `<${id}>`, token: id.replaceAll('-', '').slice(6, 32) };
      const bouncedAt = one < bounced ? at : null;
      await tx.entities.insert(OutgoingMail, Object.assign({}, like, { id, ...own, bouncedAt }));
    }
  });
}
