import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { integer } from '../../src/database/rows.js';
import { Answers } from '../../src/outreach/outgoing/answers.service.js';
import { IncomingMail } from '../../src/outreach/incoming/incoming-mail.entity.js';
import { IncomingMails } from '../../src/outreach/incoming/incoming-mails.service.js';
import { InboxReader } from '../../src/outreach/incoming/inbox-reader.service.js';
import { InboxWatch } from '../../src/outreach/incoming/inbox-watch.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import type { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { SuppressionList } from '../../src/prospects/suppression/suppression-list.service.js';
import { newId } from '../../src/shared/id.js';
import { Dovecot, IMAP_PASSWORD, missingDovecot } from '../support/dovecot.js';
import {
  addressee,
  type EngineCast,
  engineCast,
  enrolAll,
  enrolmentIn,
  mailsTo,
  prospectNow,
  quietOthers,
  tickAt,
} from '../support/engine-stories.js';
import { complaint, deliveryReport, letter, type Written } from '../support/mails.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { onBothDatabases, type World } from '../support/world.js';

const missing = missingDovecot();
// Monday 9 March 2026, 10:00 in Paris: a real mail server dates nothing in its future.
const MONDAY = '2026-03-09T09:00:00Z';

interface Story {
  cast: EngineCast;
  user: string;
  prospectId: string;
  address: string;
  sent: OutgoingMail;
}

describe.skipIf(missing !== null)('mail that comes in', () => {
  let sink: SmtpSink;
  let dovecot: Dovecot;
  beforeAll(async () => {
    sink = await SmtpSink.start();
    dovecot = await Dovecot.start();
  });
  afterAll(() => Promise.all([sink?.stop(), dovecot?.stop()]));

  /** Somebody who got the first mail of a sequence, over a mailbox with a real server on both sides. */
  async function written(world: World, name: string): Promise<Story> {
    world.clock.set(MONDAY);
    const user = `u${newId().replaceAll('-', '')}`;
    const server = { host: '127.0.0.1', security: 'none' as const, user };
    const cast = await engineCast(world, name, {
      mailbox: {
        address: `${user.slice(-12)}@epure.example`,
        smtp: { ...server, port: sink.port },
        imap: { ...server, port: dovecot.port, folder: 'INBOX' },
      },
    });
    const { id } = cast.mailbox;
    const secrets = world.get(MailboxAccounts).seal(id, { smtp: SMTP_PASSWORD, imap: IMAP_PASSWORD });
    await world.database.write((tx) => tx.run(sql`UPDATE mailbox SET secrets = ${secrets} WHERE id = ${id}`));
    await dovecot.deliver(user, letter({ subject: 'Ancien', body: 'Un message d’avant.' }));
    await world.get(InboxReader).read(id);
    const prospectId = await addressee(world, cast.client.id);
    await enrolAll(world, cast, [prospectId]);
    await tickAt(world, MONDAY);
    const [sent] = await mailsTo(world, prospectId);
    return { cast, user, prospectId, address: sent!.toAddress, sent: sent! };
  }

  async function receive(world: World, story: Story, mail: string): Promise<IncomingMail[]> {
    await dovecot.deliver(story.user, mail, { at: new Date('2026-03-09T12:00:00Z') });
    await world.get(InboxReader).read(story.cast.mailbox.id);
    return incoming(world, story);
  }
  const incoming = (world: World, { cast }: Story): Promise<IncomingMail[]> =>
    world.database.read((db) =>
      db.entities.find(IncomingMail, { where: { mailboxId: cast.mailbox.id }, order: { uid: 'ASC' } }),
    );
  const answer = (story: Story, has: Partial<Written> = {}): string =>
    letter({
      from: `Claire <${story.address}>`,
      messageId: `<${newId()}@societe.example>`,
      inReplyTo: story.sent.messageId,
      body: 'Oui, parlons-en jeudi.',
      ...has,
    });

  onBothDatabases('mail that comes in', (world) => {
    beforeEach(() => quietOthers(world));

    it('an answer is matched by its thread, stored once, and ends the enrolment', async () => {
      const story = await written(world, 'Réponse');
      const [mail, ...more] = await receive(
        world,
        story,
        answer(story, {
          headers: { 'Content-Type': 'text/html; charset=utf-8' },
          body: '<p>Oui, <b>jeudi</b>.</p><script>alert(1)</script>',
        }),
      );
      expect(more).toEqual([]);
      expect(mail).toMatchObject({
        prospectId: story.prospectId,
        touchId: story.sent.id,
        enrolmentId: story.sent.enrolmentId,
        state: 'to_triage',
        replyText: 'Oui, jeudi.',
        html: '<p>Oui, <b>jeudi</b>.</p>',
        fromAddress: story.address,
      });
      expect(await prospectNow(world, story.prospectId)).toMatchObject({ status: 'replied' });
      expect(await enrolmentIn(world, story.cast.sequence.id, story.prospectId)).toMatchObject({
        state: 'finished',
        reason: 'replied',
      });
      await world.get(InboxReader).read(story.cast.mailbox.id);
      expect(await incoming(world, story)).toHaveLength(1);
      expect((await dovecot.flags(story.user)).flat()).not.toContain('\\Seen');
    });

    it('from another address of theirs, by the thread; to our plus-address, by the token; without either, by the sender', async () => {
      const alias = await written(world, 'Alias');
      const [first] = await receive(world, alias, answer(alias, { from: 'c.roux@gmail.example' }));
      expect(first).toMatchObject({ prospectId: alias.prospectId, fromAddress: 'c.roux@gmail.example' });

      const token = await written(world, 'Jeton');
      const [local, domain] = token.cast.mailbox.address.split('@');
      const plus = letter({
        from: 'assistante@ailleurs.example',
        to: `${local}+${token.sent.token}@${domain}`,
        messageId: '<plus@x.example>',
        body: 'Pour Claire : oui.',
      });
      expect((await receive(world, token, plus))[0]).toMatchObject({
        prospectId: token.prospectId,
        touchId: token.sent.id,
      });

      const sender = await written(world, 'Expéditeur');
      const bare = letter({
        from: sender.address.toUpperCase(),
        subject: 'Autre chose',
        messageId: '<bare@x.example>',
        body: 'Bonjour, appelez-moi.',
      });
      expect((await receive(world, sender, bare))[0]).toMatchObject({
        prospectId: sender.prospectId,
        enrolmentId: sender.sent.enrolmentId,
      });
    });

    it('never by its subject: a stranger under the same subject is nobody’s', async () => {
      const story = await written(world, 'Inconnu');
      const [mail] = await receive(
        world,
        story,
        letter({
          from: 'inconnu@ailleurs.example',
          subject: `Re: ${story.sent.subject}`,
          messageId: '<s@x.example>',
          body: 'Oui !',
        }),
      );
      expect(mail).toMatchObject({ prospectId: null, state: 'unmatched' });
      expect(await enrolmentIn(world, story.cast.sequence.id, story.prospectId)).toMatchObject({
        state: 'active',
      });
    });

    it('our own copy is no answer, whoever it seems to be from', async () => {
      const story = await written(world, 'Copie');
      const copies = [
        letter({
          from: story.cast.mailbox.address,
          to: story.address,
          messageId: story.sent.messageId,
          body: story.sent.text,
        }),
        letter({
          from: `Léa <${story.cast.mailbox.address}>`,
          to: story.address,
          messageId: '<by-hand@epure.example>',
          inReplyTo: story.sent.messageId,
          body: 'Je me permets…',
        }),
      ];
      for (const copy of copies) expect(await receive(world, story, copy)).toEqual([]);
      expect(await enrolmentIn(world, story.cast.sequence.id, story.prospectId)).toMatchObject({
        state: 'active',
      });
      const { uid } = await world.database.read((db) =>
        db.entities.findOneByOrFail(Mailbox, { id: story.cast.mailbox.id }),
      );
      expect(uid).toBe(3);
    });

    it('a folder made anew is read again, and nothing is stored twice', async () => {
      const story = await written(world, 'Renumérotée');
      await receive(world, story, answer(story, { messageId: '<kept@x.example>' }));
      await dovecot.renumber(story.user);
      await dovecot.deliver(story.user, answer(story, { messageId: '<new@x.example>' }), {
        at: new Date('2026-03-09T13:00:00Z'),
      });
      await world.get(InboxReader).read(story.cast.mailbox.id);
      const ids = (await incoming(world, story)).map(({ messageId }) => messageId);
      expect(ids).toContain('<kept@x.example>');
      expect(ids).toContain('<new@x.example>');
      expect(new Set(ids).size).toBe(ids.length);
      await world.get(InboxReader).read(story.cast.mailbox.id);
      expect(await incoming(world, story)).toHaveLength(ids.length);
    });

    it('handed over twice at once, it is stored once', async () => {
      const story = await written(world, 'Deux lecteurs');
      const received = {
        uidValidity: '9',
        uid: 7,
        receivedAt: new Date(MONDAY),
        size: 100,
        isCut: false,
        raw: Buffer.from(answer(story)),
      };
      const ids = await Promise.all(
        [1, 2, 3].map(() => world.get(IncomingMails).take(story.cast.mailbox, received)),
      );
      expect(ids.filter((id) => id !== null)).toHaveLength(1);
      expect(await incoming(world, story)).toHaveLength(1);
    });

    it('a bounce finds its mail by the id it brings back, or by the address alone', async () => {
      const byId = await written(world, 'Rejet');
      const [first] = await receive(
        world,
        byId,
        deliveryReport({
          recipient: 'ailleurs@x.example',
          originalId: byId.sent.messageId,
          messageId: '<b1@x.example>',
        }),
      );
      expect(first).toMatchObject({
        machineClass: 'bounce_hard',
        prospectId: byId.prospectId,
        touchId: byId.sent.id,
        state: 'handled',
      });
      expect(await prospectNow(world, byId.prospectId)).toMatchObject({ status: 'invalid' });

      const byAddress = await written(world, 'Rejet sans copie');
      const [second] = await receive(
        world,
        byAddress,
        deliveryReport({
          recipient: byAddress.address,
          originalId: '<gone@x.example>',
          messageId: '<b2@x.example>',
          status: '5.2.2',
          diagnostic: '552 Mailbox full',
        }),
      );
      expect(second).toMatchObject({ machineClass: 'bounce_soft', prospectId: byAddress.prospectId });
      expect(await enrolmentIn(world, byAddress.cast.sequence.id, byAddress.prospectId)).toMatchObject({
        state: 'active',
      });
    });

    it('a complaint that hides the reader is found by the token in our own link', async () => {
      const story = await written(world, 'Plainte');
      const hidden = complaint({ originalId: '<redacted@x.example>', messageId: '<c1@x.example>' }).replace(
        'Subject: Bonjour\r\n',
        `Subject: Bonjour\r\nList-Unsubscribe: <https://carnet.example/u/${story.sent.token}>\r\n`,
      );
      expect((await receive(world, story, hidden))[0]).toMatchObject({
        machineClass: 'complaint',
        prospectId: story.prospectId,
      });
      expect(await prospectNow(world, story.prospectId)).toMatchObject({ status: 'do_not_contact' });
    });

    it('a refusal for our sake stops the mailbox, never the person', async () => {
      const story = await written(world, 'Bloquée');
      await receive(
        world,
        story,
        deliveryReport({
          recipient: story.address,
          originalId: story.sent.messageId,
          status: '5.7.1',
          diagnostic: '550 5.7.1 Blocked using Spamhaus',
          messageId: '<p1@x.example>',
        }),
      );
      const mailbox = await world.database.read((db) =>
        db.entities.findOneByOrFail(Mailbox, { id: story.cast.mailbox.id }),
      );
      expect(mailbox).toMatchObject({ state: 'paused', pausedReason: 'senderBlocked' });
      expect((await prospectNow(world, story.prospectId)).status).not.toBe('invalid');
    });

    it('"STOP" opposes for the client; an absence only waits', async () => {
      const stop = await written(world, 'Stop');
      await receive(
        world,
        stop,
        answer(stop, {
          body: 'STOP\n\nLe lun. 11 janv. 2027 à 10:00, Léa <l@epure.example> a écrit :\n> Bonjour',
        }),
      );
      expect(await prospectNow(world, stop.prospectId)).toMatchObject({ status: 'do_not_contact' });

      const away = await written(world, 'Absence');
      const [note] = await receive(
        world,
        away,
        answer(away, {
          subject: 'Réponse automatique : Bonjour',
          headers: { 'Auto-Submitted': 'auto-replied' },
          body: 'Je suis absente, de retour le 23 mars 2026.',
        }),
      );
      expect(note).toMatchObject({ machineClass: 'out_of_office', resumeOn: '2026-03-23', state: 'handled' });
      expect(await enrolmentIn(world, away.cast.sequence.id, away.prospectId)).not.toMatchObject({
        state: 'finished',
      });
    });

    it('hostile mails are taken in like others, and those behind them too', async () => {
      const story = await written(world, 'Hostile');
      const bomb = Array.from(
        { length: 500 },
        (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
      ).join('');
      await dovecot.deliver(
        story.user,
        `From: x@evil.example\r\nMessage-ID: <bomb@evil.example>\r\nSubject: \ud83d\r\n${bomb}`,
      );
      await dovecot.deliver(story.user, `From: \r\nSubject: =?utf-8?B?AAAA?=\r\n\r\nnul \0 octet`);
      await dovecot.deliver(
        story.user,
        letter({ from: 'x@evil.example', messageId: `<${'a'.repeat(400)}@evil.example>`, body: 'y' }),
      );
      await receive(world, story, answer(story));
      const mails = await incoming(world, story);
      expect(mails.map(({ prospectId }) => prospectId)).toEqual([null, null, null, story.prospectId]);
      expect(mails[2]!.messageId).toMatch(/@no-message-id\.invalid>$/);
    });

    it('of a giant mail the beginning is kept, with a plain note', async () => {
      const story = await written(world, 'Géante');
      const [mail] = await receive(
        world,
        story,
        answer(story, { body: `Oui, volontiers.\n\n${`${'z'.repeat(70)}\n`.repeat(45_000)}` }),
      );
      expect(mail!.text.slice(0, 16)).toBe('Oui, volontiers.');
      expect(mail!.text).toMatch(/3 MB: only the beginning was read/);
    });

    it('a line kept open brings an answer in without waiting for the next round', async () => {
      const story = await written(world, 'En direct');
      await world.get(InboxWatch).keep();
      await new Promise((resolve) => setTimeout(resolve, 800));
      await dovecot.deliver(story.user, answer(story));
      for (let n = 0; n < 50 && (await incoming(world, story)).length === 0; n += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await incoming(world, story)).toHaveLength(1);
      world.get(InboxWatch).onModuleDestroy();
    });

    it('a person answers from the same mailbox, in the same thread; it counts as a touch', async () => {
      const story = await written(world, 'Conversation');
      const [mail] = await receive(
        world,
        story,
        answer(story, { subject: `Re: ${story.sent.subject}`, references: story.sent.messageId }),
      );
      const sent = await world
        .get(Answers)
        .send(story.cast.sdr, mail!.id, { text: 'Parfait, jeudi à 10 h ?\r\n' });
      const caught = sink.caught.at(-1)!;
      expect(caught).toMatchObject({ from: story.cast.mailbox.address, to: [story.address] });
      expect(caught.raw).toContain(`In-Reply-To: ${mail!.messageId}`);
      expect(caught.raw.replace(/\r\n\s/g, ' ')).toContain(
        `References: ${story.sent.messageId} ${mail!.messageId}`,
      );
      const rows = await mailsTo(world, story.prospectId);
      expect(rows.at(-1)).toMatchObject({
        id: sent.id,
        state: 'sent',
        enrolmentId: null,
        text: 'Parfait, jeudi à 10 h ?',
        subject: `Re: ${story.sent.subject}`,
      });
      const touches = await world.database.read((db) =>
        db.row(
          sql`SELECT COUNT(*) AS n FROM touch WHERE id = ${sent.id} AND kind = 'manual' AND result = 'sent'`,
          { n: integer },
        ),
      );
      expect(touches!.n).toBe(1);
      const facts = await world.database.read((db) =>
        db.row(
          sql`SELECT COUNT(*) AS n FROM activity WHERE about_id = ${sent.id} AND kind = 'touch' AND result = 'sent'`,
          { n: integer },
        ),
      );
      expect(facts!.n).toBe(1);
      await expect(
        world.get(Answers).send(story.cast.sdr, mail!.id, { text: 'Parfait, jeudi à 10 h ?' }),
      ).rejects.toMatchObject({ code: 'mail.answerSentAlready' });
    });

    it('nothing is answered to somebody who opposes, nor recorded when the server cannot be reached', async () => {
      const story = await written(world, 'Refusée');
      const [mail] = await receive(world, story, answer(story));
      const send = (): Promise<unknown> =>
        world.get(Answers).send(story.cast.sdr, mail!.id, { text: 'Bonjour' });
      const before = await mailsTo(world, story.prospectId);
      const smtp = JSON.stringify({ ...story.cast.mailbox.smtp, port: 1 });
      await world.database.write((tx) =>
        tx.run(sql`UPDATE mailbox SET smtp = ${smtp} WHERE id = ${story.cast.mailbox.id}`),
      );
      await expect(send()).rejects.toMatchObject({ code: 'mail.answerNotSent' });
      expect(await mailsTo(world, story.prospectId)).toHaveLength(before.length);
      await world.get(SuppressionList).add(story.cast.sdr, story.cast.client.id, {
        kind: 'email',
        value: story.address,
        reason: 'A demandé',
      } as never);
      await expect(send()).rejects.toMatchObject({ code: 'mail.answerOpposed' });
      const stranger = await world.person('sdr', [], 'Autre');
      await expect(world.get(Answers).send(stranger, mail!.id, { text: 'x' })).rejects.toMatchObject({
        name: 'NotFound',
      });
    });
  });
});
