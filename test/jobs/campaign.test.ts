import { afterAll, beforeAll, expect, it } from 'vitest';
import supertest from 'supertest';
import { InboxReader } from '../../src/outreach/incoming/inbox-reader.service.js';
import { IncomingMails } from '../../src/outreach/incoming/incoming-mails.service.js';
import { Mailbox } from '../../src/outreach/mailboxes/mailbox.entity.js';
import { MailboxAccounts } from '../../src/outreach/mailboxes/mailbox-accounts.service.js';
import type { OutgoingMail } from '../../src/outreach/outgoing/outgoing-mail.entity.js';
import { Prospect } from '../../src/prospects/prospect.entity.js';
import { Engine } from '../../src/sequences/engine/engine.service.js';
import { Enrolments } from '../../src/sequences/enrolments/enrolments.service.js';
import { Dovecot, IMAP_PASSWORD, missingDovecot } from '../support/dovecot.js';
import {
  addressee,
  engineCast,
  enrolmentIn,
  mailboxOf,
  mailsTo,
  prospectNow,
} from '../support/engine-stories.js';
import { complaint, deliveryReport, letter } from '../support/mails.js';
import { SMTP_PASSWORD, SmtpSink } from '../support/smtp-sink.js';
import { onBothDatabases } from '../support/world.js';

/*
 * A sequence of five mails to two hundred people over real SMTP, and over real IMAP where Dovecot is installed, with a
 * hand-set clock: answers, bounces of ten kinds, absences, complaints and opt-outs planted on the way.
 */

const PEOPLE = 200;
/** The days of the five mails, 10:00 in Paris: Monday 11, Wednesday 13, Friday 15, Tuesday 19, Thursday 21 January 2027. */
const DAYS = [11, 13, 15, 19, 21].map((day) => `2027-01-${day}T09:00:00Z`);
const missing = missingDovecot();

/** What happens to whom; everybody else reads and says nothing. `after`: mails they have had by then. */
const PLANTED = {
  answersFirst: { from: 0, to: 10, after: 1, ends: 'finished replied' },
  answersThird: { from: 10, to: 20, after: 3, ends: 'finished replied' },
  bounces: { from: 20, to: 30, after: 1, ends: null },
  away: { from: 30, to: 35, after: 1, ends: 'active null' },
  complains: { from: 35, to: 38, after: 2, ends: 'finished opted_out' },
  leavesByLink: { from: 38, to: 42, after: 2, ends: 'finished opted_out' },
  leavesByWord: { from: 42, to: 45, after: 1, ends: 'finished opted_out' },
  answersFromAlias: { from: 45, to: 46, after: 2, ends: 'finished replied' },
  answersOldMail: { from: 46, to: 47, after: 3, ends: 'finished replied' },
  ownCopy: { from: 47, to: 48, after: 1, ends: 'finished completed' },
  hostile: { from: 48, to: 50, after: 1, ends: 'finished completed' },
} as const;

/** Ten ways a mail comes back, and whether its reader gets the other four. */
const BOUNCES: {
  report: (about: OutgoingMail) => Parameters<typeof deliveryReport>[0] | string;
  goesOn: boolean;
}[] = [
  { report: (about) => ({ status: '5.1.1', ...original(about) }), goesOn: false },
  { report: (about) => ({ status: '5.1.10', ...original(about) }), goesOn: false },
  { report: (about) => ({ status: '5.2.1', ...original(about) }), goesOn: false },
  { report: (about) => ({ status: '5.1.2', ...original(about) }), goesOn: false },
  { report: (about) => ({ status: '5.1.6', ...original(about) }), goesOn: false },
  { report: qmail, goesOn: false },
  { report: (about) => ({ status: '5.2.2', ...original(about) }), goesOn: true },
  { report: (about) => ({ status: '4.4.7', ...original(about) }), goesOn: true },
  { report: (about) => ({ status: '4.4.1', action: 'delayed', ...original(about) }), goesOn: true },
  {
    report: (about) => ({
      status: '5.7.1',
      diagnostic: '550 5.7.1 Message blocked by policy',
      ...original(about),
    }),
    goesOn: true,
  },
];

function original({ toAddress, messageId, id }: OutgoingMail) {
  return { recipient: toAddress, originalId: messageId, messageId: `<report-${id}@mx.example>` };
}

/** qmail writes prose. */
function qmail({ toAddress, messageId, id }: OutgoingMail): string {
  return letter({
    from: 'MAILER-DAEMON@mx.example',
    subject: 'failure notice',
    messageId: `<qmail-${id}@mx.example>`,
    body: `Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${toAddress}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <lea@epure.example>
Message-ID: ${messageId}
To: ${toAddress}
Subject: Bonjour`,
  });
}

onBothDatabases('a campaign', (world) => {
  let sink: SmtpSink;
  let dovecot: Dovecot | null = null;
  let uid = 0;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    if (missing === null) dovecot = await Dovecot.start();
    else console.warn(missing);
  });
  afterAll(async () => {
    await sink.stop();
    await dovecot?.stop();
  });

  /** The mail comes to the mailbox and is read, over IMAP where there is a server. */
  const arrives = async (mailbox: Mailbox, raw: string): Promise<void> => {
    const at = world.clock.now();
    if (dovecot) return dovecot.deliver(mailbox.id, raw, { at });
    uid += 1;
    const received = {
      uidValidity: '1',
      uid,
      receivedAt: at,
      size: raw.length,
      raw: Buffer.from(raw),
      isCut: false,
    };
    await world.get(IncomingMails).take(mailbox, received);
  };
  const readAll = async (mailboxes: readonly Mailbox[]): Promise<void> => {
    if (!dovecot) return;
    for (const { id } of mailboxes) await world.get(InboxReader).read(id);
  };
  const settle = async (mailbox: Mailbox): Promise<Mailbox> => {
    const server = { host: '127.0.0.1', security: 'none' as const };
    const secrets = world.get(MailboxAccounts).seal(mailbox.id, { smtp: SMTP_PASSWORD, imap: IMAP_PASSWORD });
    const smtp = { ...server, port: sink.port, user: mailbox.id };
    const imap = { ...server, port: dovecot?.port ?? 1, user: mailbox.id, folder: 'INBOX' };
    await world.database.write((tx) =>
      tx.entities.update(Mailbox, { id: mailbox.id }, { smtp, imap, secrets }),
    );
    return world.database.read((db) => db.entities.findOneByOrFail(Mailbox, { id: mailbox.id }));
  };

  it('ends everybody where they should: nobody hears from us after a stop, nobody twice', async () => {
    world.clock.set('2027-01-11T07:00:00Z');
    const fast = { gapMinSeconds: 0, gapMaxSeconds: 0 };
    const cast = await engineCast(world, 'Campagne', { mailbox: fast });
    const mailboxes = [cast.mailbox];
    for (let one = 0; one < 3; one += 1) mailboxes.push(await mailboxOf(world, cast.client.id, fast));
    for (const [place, mailbox] of mailboxes.entries()) mailboxes[place] = await settle(mailbox);
    await readAll(mailboxes);
    const people: string[] = [];
    for (let one = 0; one < PEOPLE; one += 1) people.push(await addressee(world, cast.client.id));
    const hostile = [
      { firstName: '{{constructor}}', companyName: '{{#with this}}{{lookup . "constructor"}}{{/with}}' },
      { firstName: 'Ève\r\nBcc: victime@autre.example', companyName: 'Acme\r\nX-Injected: oui' },
    ];
    for (const [place, has] of hostile.entries())
      await world.database.write((tx) =>
        tx.entities.update(Prospect, { id: people[PLANTED.hostile.from + place]! }, has),
      );
    const { skipped } = await world.get(Enrolments).enrol(cast.sdr, cast.sequence.id, people);
    expect(skipped).toEqual([]);

    const lastOf = async (person: number): Promise<OutgoingMail> =>
      (await mailsTo(world, people[person]!)).at(-1)!;
    const homeOf = (mail: OutgoingMail): Mailbox => mailboxes.find(({ id }) => id === mail.mailboxId)!;
    const group = (name: keyof typeof PLANTED): number[] => {
      const { from, to } = PLANTED[name];
      return Array.from({ length: to - from }, (_, place) => from + place);
    };
    const answers = async (person: number, body: string, has: Partial<Parameters<typeof letter>[0]> = {}) => {
      const mail = await lastOf(person);
      const messageId = `<answer-${mail.id}@reader.example>`;
      await arrives(
        homeOf(mail),
        letter({
          from: mail.toAddress,
          inReplyTo: mail.messageId,
          references: mail.messageId,
          messageId,
          body,
          ...has,
        }),
      );
    };
    const afterDay: Record<number, () => Promise<void>> = {
      1: async () => {
        for (const person of group('answersFirst'))
          await answers(person, 'Bonjour, pourquoi pas. Quel est votre tarif ?');
        for (const person of group('leavesByWord')) await answers(person, 'STOP');
        for (const person of group('away'))
          await answers(person, 'Je suis absent jusqu’au 18 janvier 2027.', {
            subject: 'Réponse automatique : absence',
            headers: { 'Auto-Submitted': 'auto-replied' },
          });
        for (const [kind, person] of group('bounces').entries()) {
          const about = await lastOf(person);
          const report = BOUNCES[kind]!.report(about);
          await arrives(homeOf(about), typeof report === 'string' ? report : deliveryReport(report));
        }
        const [copied] = group('ownCopy');
        const ours = await lastOf(copied!);
        await arrives(homeOf(ours), sink.caught.find(({ raw }) => raw.includes(ours.messageId))!.raw);
      },
      2: async () => {
        for (const person of group('complains')) {
          const mail = await lastOf(person);
          await arrives(
            homeOf(mail),
            complaint({ originalId: mail.messageId, messageId: `<arf-${mail.id}@fbl.example>` }),
          );
        }
        for (const person of group('leavesByLink')) {
          const { token } = await lastOf(person);
          await supertest(world.app.getHttpServer())
            .post(`/u/${token}`)
            .type('form')
            .send('List-Unsubscribe=One-Click')
            .expect(200);
        }
        const [alias] = group('answersFromAlias');
        await answers(alias!, 'Bonjour, je vous réponds de mon autre adresse.', {
          from: 'c.roux@holding.example',
        });
      },
      3: async () => {
        for (const person of group('answersThird'))
          await answers(person, 'Merci, ce n’est pas pour nous cette année.');
        const [old] = group('answersOldMail');
        const [first] = await mailsTo(world, people[old!]!);
        await answers(old!, 'Je retrouve votre premier message.', {
          inReplyTo: first!.messageId,
          references: first!.messageId,
        });
      },
    };

    for (const [day, at] of DAYS.entries()) {
      for (let minute = 0; minute <= 480; minute += 240) {
        world.clock.set(new Date(Date.parse(at) + minute * 60_000));
        await world.get(Engine).tick(world.clock.now());
      }
      await afterDay[day + 1]?.();
      await readAll(mailboxes);
      // Somebody at the agency sees to the mailbox a server refused, and lets it go on.
      const ids = mailboxes.map(({ id }) => id);
      for (const id of ids)
        await world.database.write((tx) => tx.entities.update(Mailbox, { id }, { state: 'active' }));
    }
    // Those who were away come later.
    for (const day of [25, 26, 27, 28, 29]) {
      world.clock.set(`2027-01-${day}T10:00:00Z`);
      await world.get(Engine).tick(world.clock.now());
    }

    const got = new Map<string, string[]>();
    for (const { to, raw } of sink.caught) got.set(to[0]!, [...(got.get(to[0]!) ?? []), messageNumber(raw)]);
    const mailsOf = async (person: number) =>
      got.get((await prospectNow(world, people[person]!)).email!) ?? [];
    const standing = async (person: number) => {
      const { state, reason } = await enrolmentIn(world, cast.sequence.id, people[person]!);
      return `${state} ${reason}`;
    };
    for (const mails of got.values()) expect(new Set(mails).size).toBe(mails.length);
    expect(
      [...got.keys()].filter((address) => !address.endsWith('.example') || address.includes('victime')),
    ).toEqual([]);
    const wrong: string[] = [];
    for (let person = 0; person < PEOPLE; person += 1) {
      const [name, planted] = Object.entries(PLANTED).find(
        ([, { from, to }]) => person >= from && person < to,
      ) ?? ['silent', null];
      const bounce = name === 'bounces' ? BOUNCES[person - PLANTED.bounces.from]! : null;
      const isWhole = planted === null || name === 'ownCopy' || name === 'hostile' || bounce?.goesOn === true;
      const ends = bounce
        ? bounce.goesOn
          ? 'finished completed'
          : 'finished bounced'
        : (planted?.ends ?? 'finished completed');
      const wanted = isWhole ? 5 : name === 'away' ? null : planted.after;
      const mails = await mailsOf(person);
      const stands = await standing(person);
      const isAway = name === 'away' && mails.length > 1 && /^(active null|finished completed)$/.test(stands);
      if (!isAway && (stands !== ends || (wanted !== null && mails.length !== wanted)))
        wrong.push(`${person} ${name}: ${stands} after ${mails.join()}, wanted ${ends} after ${wanted}`);
    }
    expect(wrong).toEqual([]);
    const hostileMails = sink.caught.filter(({ raw }) => /constructor|Bcc|X-Injected/.test(raw));
    for (const { raw } of hostileMails) expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^(Bcc|X-Injected):/m);
  }, 280_000);
});

/** Which of the five mails it is, as its text says. */
function messageNumber(raw: string): string {
  return /message (\d) pour/.exec(raw.replace(/=\r\n/g, ''))?.[1] ?? '?';
}
