import type { ConnectionOptions } from 'node:tls';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock } from '../../src/clock/clock.service.js';
import { compose } from '../../src/mail/compose.js';
import { ImapInbox, MOST_BYTES } from '../../src/mail/imap-inbox.service.js';
import type { InboxPosition, ReceivedMail } from '../../src/mail/inbox.js';
import type { MailRefused } from '../../src/mail/mailer.js';
import type { OutgoingMessage } from '../../src/mail/outgoing-message.js';
import { SmtpMailer } from '../../src/mail/smtp-mailer.service.js';
import { Dovecot, missingDovecot } from '../support/dovecot.js';
import { letter } from '../support/mails.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { CERTIFICATE, PRIVATE_KEY } from '../support/test-certificate.js';

/* Mail over real connections: an SMTP server in this process, Dovecot on this machine. */

const mailTo = (address: string, id = '1'): OutgoingMessage => ({
  from: { name: 'Léa Martin', address: 'lea@epure.example' },
  to: { name: 'Jean', address },
  subject: 'Bonjour',
  text: 'Bonjour Jean',
  html: '<p>Bonjour Jean</p>',
  messageId: `<${id}@epure.example>`,
});

class TrustingMailer extends SmtpMailer {
  protected override tls(): ConnectionOptions {
    return { ca: CERTIFICATE };
  }
}

describe('sending over SMTP', () => {
  let sink: SmtpSink;
  let mailer: SmtpMailer;
  beforeEach(async () => {
    sink = await SmtpSink.start();
    mailer = new SmtpMailer(new Clock());
  });
  afterEach(async () => {
    mailer.onModuleDestroy();
    await sink.stop();
  });

  it('gives the mail to the server, with the answer and the id it goes by', async () => {
    const sent = await mailer.send(sink.account('lea'), mailTo('jean@roux.example'));
    expect(sent).toMatchObject({ messageId: '<1@epure.example>', response: '250 2.0.0 queued as 1' });
    expect(sink.caught).toMatchObject([{ from: 'lea@epure.example', to: ['jean@roux.example'] }]);
  });

  it('gives it, dots and accents and an invitation in it, just as nodemailer alone would', async () => {
    const lines = Array.from(
      { length: 4000 },
      (_, at) => `${at % 7 === 0 ? '.' : ''}ligne ${at}, été 漢\r\n.`,
    );
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Été\r\nEND:VCALENDAR\r\n';
    const mail: OutgoingMessage = {
      ...mailTo('jean@roux.example'),
      text: lines.join('\n'),
      calendar: { method: 'REQUEST', content },
    };
    const at = new Date('2027-01-11T09:00:00Z');
    mailer = new SmtpMailer(Object.assign(new Clock(), { now: () => at }));
    await mailer.send(sink.account('lea'), mail);
    const { host, port, user, password: pass } = sink.account('lea');
    const bare = createTransport({ host, port, ignoreTLS: true, auth: { user, pass } });
    await bare.sendMail(compose(mail, at));
    const [ours, alone] = sink.caught.map(({ raw }) => raw.replace(/_NmP-\w+/g, 'boundary'));
    expect(ours!.length).toBeGreaterThan(100_000);
    expect(ours).toBe(alone);
  });

  it('keeps one connection for several mails', async () => {
    for (const id of ['1', '2', '3']) await mailer.send(sink.account('lea'), mailTo('jean@roux.example', id));
    expect(sink.caught).toHaveLength(3);
    expect(sink.connections).toBe(1);
  });

  it.each([
    ['550 5.1.1 User unknown', 'RCPT', 'bounce_hard', '5.1.1'],
    ['452 4.2.2 Mailbox full', 'RCPT', 'bounce_soft', '4.2.2'],
    ['550 5.7.1 Rejected by policy', 'DATA', 'sender_blocked', '5.7.1'],
    ['450 4.7.1 Greylisted, try again later', 'RCPT', 'bounce_soft', '4.7.1'],
    ['554 Your IP is listed on Spamhaus', 'DATA', 'sender_blocked', null],
  ] as const)('"%s" at %s → %s', async (refuse, at, kind, status) => {
    sink.manner = () => ({ refuse, at });
    const refused = (await mailer
      .send(sink.account('lea'), mailTo('jean@roux.example'))
      .catch((error: unknown) => error)) as MailRefused;
    expect(refused).toMatchObject({
      name: 'MailRefused',
      kind,
      status,
      isUncertain: false,
      isTransient: false,
    });
  });

  it.each([
    ['while the text is on its way', { hangUp: 'DATA' }, true],
    ['after taking it, before saying so', { hangUp: 'DATA after taking' }, true],
    ['before the text', { hangUp: 'RCPT' }, false],
  ] as const)('a connection lost %s: uncertain %j → %s', async (_when, manner, isUncertain) => {
    sink.manner = () => manner;
    const refused = (await mailer
      .send(sink.account('lea'), mailTo('jean@roux.example'))
      .catch((error: unknown) => error)) as MailRefused;
    expect(refused).toMatchObject({ isUncertain, isTransient: !isUncertain });
    expect(sink.caught.length).toBeLessThanOrEqual(1);
  });

  it('a wrong password or a closed door is nobody’s bounce', async () => {
    for (const account of [sink.account('lea', { password: 'wrong' }), sink.account('lea', { port: 1 })])
      await expect(mailer.send(account, mailTo('jean@roux.example'))).rejects.toMatchObject({
        isTransient: true,
        isUncertain: false,
      });
    expect(sink.caught).toEqual([]);
  });

  it('settings that changed are used at once', async () => {
    await mailer.send(sink.account('lea'), mailTo('jean@roux.example'));
    await expect(
      mailer.send(sink.account('lea', { password: 'wrong' }), mailTo('jean@roux.example', '2')),
    ).rejects.toThrow();
  });

  it('says which step of a test failed, and nothing the server says of itself', async () => {
    const steps = async (more: object): Promise<unknown> =>
      mailer.check(sink.account('lea', more)).then(
        () => 'fine',
        (failure: unknown) => {
          const error = failure as { step: string; message: string };
          expect(error.message).not.toMatch(/bad credentials|ESMTP|220/i);
          return error.step;
        },
      );
    expect(await steps({})).toBe('fine');
    expect(await steps({ password: 'wrong' })).toBe('signIn');
    expect(await steps({ port: 1 })).toBe('connect');
    expect(await steps({ host: 'no-such-host.invalid' })).toBe('lookup');
    expect(await steps({ security: 'starttls' })).toBe('tls');
  });

  it('never falls back to a readable connection, nor to a certificate nobody vouches for', async () => {
    const encrypted = await SmtpSink.start({
      secure: true,
      key: PRIVATE_KEY,
      cert: CERTIFICATE,
      disabledCommands: [],
    });
    const upgraded = await SmtpSink.start({ key: PRIVATE_KEY, cert: CERTIFICATE, disabledCommands: [] });
    const trusting = new TrustingMailer(new Clock());
    const roads = [
      [encrypted, 'tls'],
      [upgraded, 'starttls'],
    ] as const;
    for (const [server, security] of roads) {
      const account = server.account('lea', { security, host: 'localhost' });
      await expect(mailer.check(account)).rejects.toMatchObject({ step: 'tls' });
      await trusting.check(account);
      await trusting.send({ ...account, key: security }, mailTo('jean@roux.example'));
      expect(server.caught).toHaveLength(1);
    }
    trusting.onModuleDestroy();
    await Promise.all([encrypted.stop(), upgraded.stop()]);
  });
});

const missing = missingDovecot();
if (missing) process.stdout.write(`${missing}\n`);

describe.skipIf(missing !== null)('reading over IMAP', () => {
  let dovecot: Dovecot;
  const inbox = new ImapInbox();
  beforeAll(async () => {
    dovecot = await Dovecot.start();
  });
  afterAll(() => dovecot?.stop());

  const LONG_AGO = new Date('2020-01-01T00:00:00Z');

  async function read(
    user: string,
    position: InboxPosition | null,
    limit = 100,
  ): Promise<{ mails: ReceivedMail[]; reached: InboxPosition }> {
    const mails: ReceivedMail[] = [];
    const reached = await inbox.fetchNew(
      dovecot.account(user),
      { position, rereadSince: LONG_AGO, limit },
      async (mail) => void mails.push(mail),
    );
    return { mails, reached };
  }
  const subjects = (mails: ReceivedMail[]): string[] =>
    mails.map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())![1]!.trim());
  const put = (user: string, subject: string): Promise<void> =>
    dovecot.deliver(user, letter({ subject, messageId: `<${subject}@x.example>`, body: 'Bonjour' }));

  it('begins at the end of a folder, and gives what comes after, oldest first, once', async () => {
    await put('one', 'old');
    const { mails, reached } = await read('one', null);
    expect(mails).toEqual([]);
    await put('one', 'first');
    await put('one', 'second');
    const next = await read('one', reached);
    expect(subjects(next.mails)).toEqual(['first', 'second']);
    expect((await read('one', next.reached)).mails).toEqual([]);
  });

  it('goes on where a visit was cut off', async () => {
    const start = await inbox.check(dovecot.account('two'));
    for (const subject of ['a', 'b', 'c']) await put('two', subject);
    const some = await read('two', start, 2);
    expect(subjects(some.mails)).toEqual(['a', 'b']);
    expect(subjects((await read('two', some.reached)).mails)).toEqual(['c']);
  });

  it('marks nothing read', async () => {
    const start = await inbox.check(dovecot.account('three'));
    await put('three', 'a');
    await read('three', start);
    expect((await dovecot.flags('three')).flat()).not.toContain('\\Seen');
  });

  it('a folder made anew is read again', async () => {
    const start = await inbox.check(dovecot.account('four'));
    await put('four', 'a');
    await put('four', 'b');
    const { reached } = await read('four', start);
    await dovecot.renumber('four');
    const again = await read('four', reached);
    expect(again.reached.uidValidity).not.toBe(reached.uidValidity);
    expect(subjects(again.mails)).toEqual(['a', 'b']);
    expect((await read('four', again.reached)).mails).toEqual([]);
  });

  it('of a giant mail only the beginning is fetched', async () => {
    const start = await inbox.check(dovecot.account('five'));
    await dovecot.deliver(
      'five',
      letter({ subject: 'giant', body: `Bonjour\n${'z'.repeat(70).concat('\n').repeat(60_000)}` }),
    );
    const [mail] = (await read('five', start)).mails;
    expect(mail).toMatchObject({ isCut: true });
    expect(mail!.raw.length).toBe(MOST_BYTES);
    expect(mail!.size).toBeGreaterThan(4_000_000);
  });

  it('hears of a new mail at once', async () => {
    let heard!: () => void;
    const news = new Promise<void>((resolve) => (heard = resolve));
    const watch = await inbox.watch(dovecot.account('six'), () => heard());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await put('six', 'a');
    await news;
    watch.close();
    await watch.ended;
  });

  it('finds a message by its id, in Sent too', async () => {
    await dovecot.deliver('seven', letter({ messageId: '<sent@epure.example>', body: 'x' }), {
      folder: 'Sent',
    });
    expect(await inbox.holds(dovecot.account('seven'), '<sent@epure.example>')).toBe(true);
    expect(await inbox.holds(dovecot.account('seven'), '<other@epure.example>')).toBe(false);
  });

  it('says which step failed', async () => {
    const step = (more: object): Promise<unknown> =>
      inbox.check(dovecot.account('eight', more)).then(
        () => 'fine',
        (error: unknown) => (error as { step: string }).step,
      );
    expect(await step({})).toBe('fine');
    expect(await step({ password: 'wrong' })).toBe('signIn');
    expect(await step({ folder: 'Nowhere' })).toBe('folder');
    expect(await step({ port: 1 })).toBe('connect');
    expect(await step({ host: 'no-such-host.invalid' })).toBe('lookup');
    expect(await step({ security: 'starttls', host: 'localhost' })).toBe('tls');
  });
});
