import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Classified, classifyMail } from '../../src/mail/classify-mail.js';
import { readMail } from '../../src/mail/read-mail.js';
import { complaint, deliveryReport, letter } from '../support/mails.js';

const RECEIVED = new Date('2027-05-10T07:12:00Z');
const classOf = async (mail: string): Promise<Classified> =>
  classifyMail(await readMail(Buffer.from(mail)), RECEIVED);

describe('a mail gets one class', () => {
  it('complaint: a feedback report, with the message it is about when the reader is hidden', async () => {
    const got = await classOf(complaint({ originalId: '<m1@epure.example>', recipient: 'hidden' }));
    expect(got).toMatchObject({
      mailClass: 'complaint',
      originalMessageIds: ['<m1@epure.example>'],
      recipients: [],
    });
  });

  it('complaint: with the address when it is told', async () => {
    const got = await classOf(complaint({ fields: ['Original-Rcpt-To: <Jean@Roux.example>'] }));
    expect(got.recipients).toEqual([{ address: 'jean@roux.example', status: null, action: null }]);
  });

  it.each([
    ['5.1.1', '550 5.1.1 <x>: Recipient address rejected: User unknown', 'bounce_hard'],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'bounce_hard'],
    ['5.2.1', '550 5.2.1 The account is disabled', 'bounce_hard'],
    ['5.2.2', '552 5.2.2 Mailbox full', 'bounce_soft'],
    ['5.3.4', '552 5.3.4 Message too big', 'bounce_soft'],
    ['4.4.1', 'connect to mx.example: Connection timed out', 'bounce_soft'],
    ['5.7.1', '550 5.7.1 Blocked using Spamhaus', 'sender_blocked'],
    [
      '5.7.26',
      '550 5.7.26 This mail has been blocked because the sender is unauthenticated',
      'sender_blocked',
    ],
    ['5.0.0', '550 No such user here', 'bounce_hard'],
    ['5.1.1', undefined, 'bounce_hard'],
    ['5.1.3', undefined, 'bounce_hard'],
    ['5.1.6', undefined, 'bounce_hard'],
    ['5.2.2', undefined, 'bounce_soft'],
    ['5.2.3', undefined, 'bounce_soft'],
    ['5.3.4', undefined, 'bounce_soft'],
    ['4.7.1', undefined, 'bounce_soft'],
    ['5.7.1', undefined, 'sender_blocked'],
  ])('delivery report %s %s → %s', async (status, diagnostic, mailClass) => {
    const got = await classOf(
      deliveryReport({ status, ...(diagnostic ? { diagnostic } : {}), letter: 'Sorry.' }),
    );
    expect(got).toMatchObject({ mailClass, status, originalMessageIds: ['<first@epure.example>'] });
    expect(got.recipients[0]).toMatchObject({
      address: 'jean.dupont@metallerie-roux.example',
      action: 'failed',
    });
  });

  it('a message that is only late is no bounce', async () => {
    expect(await classOf(deliveryReport({ action: 'delayed', status: '4.4.1' }))).toMatchObject({
      mailClass: 'automatic',
      recipients: [{ action: 'delayed' }],
    });
  });

  it('nor is one that arrived', async () => {
    expect((await classOf(deliveryReport({ action: 'delivered', status: '2.0.0' }))).mailClass).toBe(
      'automatic',
    );
  });

  it('a report on several people names each', async () => {
    const two = deliveryReport({ diagnostic: '550 User unknown' }).replace(
      '\r\n\r\n--b\r\nContent-Type: text/rfc822-headers',
      '\r\n\r\nFinal-Recipient: rfc822; autre@roux.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n\r\n--b\r\nContent-Type: text/rfc822-headers',
    );
    expect((await classOf(two)).recipients).toEqual([
      { address: 'jean.dupont@metallerie-roux.example', status: '5.1.1', action: 'failed' },
      { address: 'autre@roux.example', status: '4.2.2', action: 'delayed' },
    ]);
  });

  it.each([
    [
      'qmail',
      'failure notice',
      "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<jean@roux.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <q1@epure.example>\nTo: jean@roux.example\n",
      'bounce_hard',
    ],
    [
      'exim',
      'Mail delivery failed: returning message to sender',
      'This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  jean@roux.example\n    SMTP error from remote mail server after MAIL FROM:<lea@epure.example>:\n    550 Your address is on our list\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-Id: <q1@epure.example>\n',
      'sender_blocked',
    ],
    [
      'Exchange',
      'Undeliverable: Bonjour',
      'Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n  jean@roux.example on 10/05/2027 09:12\n    The recipient name is not recognized\n',
      'bounce_hard',
    ],
    [
      'Domino',
      'DELIVERY FAILURE: User jean (jean@roux.example) not listed in Domino Directory',
      'Your message\n\n  Subject: Bonjour\n\nwas not delivered to:\n\n  jean@roux.example\n\nbecause:\n\n  User jean (jean@roux.example) not listed in Domino Directory\n',
      'bounce_hard',
    ],
    [
      'a French provider',
      'Échec de la remise (retour)',
      "Votre message n'a pas pu être remis.\n\n<jean@roux.example>:\n552 Boite du destinataire pleine. OFR_417 [417]\n",
      'bounce_soft',
    ],
  ])('a bounce without structure (%s) is read by its words', async (_who, subject, body, mailClass) => {
    const from = 'Mail Delivery System <MAILER-DAEMON@mx.example>';
    const got = await classOf(letter({ from, subject, body }));
    expect(got).toMatchObject({ mailClass });
    expect(got.recipients[0]?.address).toBe('jean@roux.example');
  });

  it('the notice of a mail service in the cloud is a bounce, too', async () => {
    const notice = {
      notificationType: 'Bounce',
      bounce: {
        bouncedRecipients: [
          {
            emailAddress: 'jean@roux.example',
            status: '5.1.1',
            diagnosticCode: 'smtp; 550 5.1.1 user unknown',
          },
        ],
      },
      mail: { messageId: '0100', commonHeaders: { messageId: '<q1@epure.example>' } },
    };
    const got = await classOf(
      letter({
        from: 'no-reply@sns.amazonaws.com',
        subject: 'AWS Notification Message',
        body: JSON.stringify(notice),
      }),
    );
    expect(got).toMatchObject({ mailClass: 'bounce_hard', status: '5.1.1' });
    expect(got.originalMessageIds).toContain('<q1@epure.example>');
  });

  it.each([
    ['Auto-Submitted', 'auto-replied'],
    ['X-Autoreply', 'yes'],
    ['X-Autorespond', 'Absence'],
    ['Precedence', 'auto_reply'],
  ])('%s: %s is an automatic answer', async (name, value) => {
    const got = await classOf(
      letter({ subject: 'Bonjour', headers: { [name]: value }, body: 'Je suis absent jusqu’au 21 mai.' }),
    );
    expect(got).toMatchObject({ mailClass: 'out_of_office', resumeOn: '2027-05-21' });
  });

  it('"Auto-Submitted: no" is not', async () => {
    const got = await classOf(
      letter({ headers: { 'Auto-Submitted': 'no' }, body: 'Oui, je suis intéressé.' }),
    );
    expect(got.mailClass).toBe('interested');
  });

  it.each([
    'Réponse automatique : Bonjour',
    'Automatic reply: Bonjour',
    'Automatische Antwort: Bonjour',
    'Respuesta automática: Bonjour',
    'Risposta automatica: Bonjour',
    'Automatisch antwoord: Bonjour',
  ])('so is the subject "%s" alone', async (subject) => {
    expect((await classOf(letter({ subject, body: 'Absence.' }))).mailClass).toBe('out_of_office');
  });

  it('an acknowledgement is automatic, nobody is away', async () => {
    const got = await classOf(
      letter({
        headers: { 'Auto-Submitted': 'auto-replied' },
        body: 'Nous avons bien reçu votre message. Ticket n° 42.',
      }),
    );
    expect(got).toMatchObject({ mailClass: 'automatic', resumeOn: null });
  });

  it('an answer to an invitation, even though calendars mark theirs as generated', async () => {
    const got = await classOf(
      letter({
        headers: {
          'Content-Type': 'text/calendar; method=REPLY; charset=utf-8',
          'Auto-Submitted': 'auto-generated',
        },
        body: 'BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR',
      }),
    );
    expect(got.mailClass).toBe('calendar_response');
  });

  it('"STOP" is a wish to be left alone', async () => {
    expect(await classOf(letter({ body: 'STOP' }))).toMatchObject({
      mailClass: 'unsubscribe',
      replyText: 'STOP',
    });
  });

  it('the word in our own footer, quoted below an answer, is none', async () => {
    const body =
      'Oui, avec plaisir.\n\nLe lun. 10 mai 2027 à 09:00, Léa <lea@epure.example> a écrit :\n> Bonjour\n> Pour ne plus recevoir de messages : STOP, désinscription\n';
    expect(await classOf(letter({ body }))).toMatchObject({
      mailClass: 'interested',
      replyText: 'Oui, avec plaisir.',
    });
  });

  it('answers name the message they answer, the nearest first', async () => {
    const got = await classOf(
      letter({ inReplyTo: '<m2@e.example>', references: '<m1@e.example> <m2@e.example>', body: 'Non merci' }),
    );
    expect(got.originalMessageIds).toEqual(['<m2@e.example>', '<m1@e.example>']);
  });

  it('takes any bytes at all, and always comes to a class', async () => {
    const anything = fc.uint8Array({ maxLength: 3000 });
    const headed = fc
      .tuple(fc.string(), fc.string(), fc.string())
      .map(([subject, from, body]) =>
        Buffer.from(
          `From: ${from}\r\nSubject: ${subject}\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n${body}`,
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, headed), async (bytes) => {
        const { confidence } = classifyMail(await readMail(bytes), RECEIVED);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });
});
