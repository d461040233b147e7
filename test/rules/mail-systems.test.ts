import { describe, expect, it } from 'vitest';
import { type Classified, classifyMail } from '../../src/mail/classify-mail.js';
import { readMail } from '../../src/mail/read-mail.js';
import { deliveryReport, letter, parts } from '../support/mails.js';

/*
 * What mail systems write, by the language and the program, each cut to the lines that matter. A mail system never gets a
 * human class, and only what is lost is a bounce.
 */

const classOf = async (mail: string): Promise<Classified> =>
  classifyMail(await readMail(Buffer.from(mail)), new Date('2027-05-10T07:12:00Z'));

const DAEMON = 'Mail Delivery System <mailer-daemon@mx.example>';
const OUTLOOK = 'Microsoft Outlook <postmaster@roux.example>';

describe('letters of mail systems', () => {
  it.each([
    [
      'Non remis : Bonjour',
      "Échec de la remise :\n\njean@roux.example\nL'adresse est introuvable.",
      'bounce_hard',
    ],
    [
      'Unzustellbar: Bonjour',
      'Empfänger nicht erreicht:\n\njean@roux.example\nDas Konto ist nicht vorhanden.',
      'bounce_hard',
    ],
    [
      'No se puede entregar: Bonjour',
      'No se pudo entregar:\n\njean@roux.example\nEl buzón está lleno.',
      'bounce_soft',
    ],
    ['Recapito non riuscito', 'jean@roux.example\n#550 5.7.1 RESOLVER.RST.AuthRequired ##', 'sender_blocked'],
    ['Onbestelbaar: Bonjour', 'jean@roux.example\nHet e-mailadres kan niet worden gevonden.', 'bounce_hard'],
    ['配信不能', 'jean@roux.example\nアドレスが見つかりませんでした。', 'bounce_hard'],
    ['Недоставленное сообщение', '<jean@roux.example>: host mx said: 550 5.7.1 No such user!', 'bounce_hard'],
    [
      "ECHEC : jean ne figure pas dans l'annuaire",
      'jean@roux.example ne figure pas dans l’annuaire',
      'bounce_hard',
    ],
    [
      '[Postmaster] Email Delivery Failure',
      '-- jean@roux.example\n\n-- Server could not be contacted\n-- Connection timed out',
      'bounce_soft',
    ],
    ['Message status', 'Undeliverable to jean@roux.example (mailbox is full)', 'bounce_soft'],
    ['Rejected', 'jean@roux.example: 554 nothing we know', 'bounce_hard'],
  ])('%s', async (subject, body, mailClass) => {
    const got = await classOf(letter({ from: OUTLOOK, subject, body }));
    expect(got).toMatchObject({
      mailClass,
      recipients: [{ address: 'jean@roux.example', action: 'failed' }],
    });
  });

  it.each([
    [
      'Warning: message 1abc delayed 24 hours',
      'has not yet been delivered to jean@roux.example\nDelay reason: Connection timed out',
      'delayed',
    ],
    [
      'Delivery Status Notification (Delay)',
      'THIS IS A WARNING MESSAGE ONLY.\n\n jean@roux.example',
      'delayed',
    ],
    [
      'Relayed: Bonjour',
      'Delivery to these recipients or groups is complete:\n\njean@roux.example',
      'relayed',
    ],
    [
      'Relayé : Bonjour',
      'La remise à ces destinataires ou groupes est terminée :\n\njean@roux.example',
      'relayed',
    ],
  ])('nothing is lost: %s', async (subject, body, action) => {
    const got = await classOf(letter({ from: DAEMON, subject, body }));
    expect(got).toMatchObject({ mailClass: 'automatic', recipients: [{ action }] });
  });

  it.each([
    ['Sympa <sympa@lists.example>', "Vous n'êtes pas autorisé à diffuser des messages dans cette liste."],
    ['majordomo@lists.example', 'You are not allowed to post.'],
  ])('a list that refuses us says nothing of a person: %s', async (from, body) => {
    const got = await classOf(letter({ from, subject: 'Message rejeté', body }));
    expect(got.mailClass).toBe('sender_blocked');
  });

  it.each([
    [
      'a disclaimer below a note of absence',
      'Automatic reply: Hi',
      { 'Return-Path': '<>' },
      'I am out of the office until May 21.',
      'out_of_office',
    ],
    [
      'a disclaimer below an answer on deliveries',
      'Delivery schedule',
      {},
      'We are interested, tell me more.',
      'interested',
    ],
  ])('%s is no bounce', async (_what, subject, headers, said, mailClass) => {
    const body = `${said}\n\nIf you are not the intended recipient, delete this. Wrong delivery is not our fault.`;
    expect((await classOf(letter({ subject, headers, body }))).mailClass).toBe(mailClass);
  });
});

describe('reports that are not quite what they should be', () => {
  const FIELDS = 'Final-Recipient: rfc822; jean@roux.example\nAction: failed\nStatus: 5.1.1';

  it.each([
    ['of another type', 'mixed', [['message/delivery-status', FIELDS]]],
    ['as plain text', 'report', [['text/plain', FIELDS]]],
    ['in capitals', 'report', [['message/delivery-status', FIELDS.toUpperCase()]]],
    ['without an action', 'report', [['message/delivery-status', FIELDS.replace('Action: failed\n', '')]]],
    [
      'on a name of ours',
      'report',
      [
        [
          'message/delivery-status',
          FIELDS.replace(
            'rfc822; jean@roux.example',
            'local; jean\nOriginal-Recipient: rfc822; jean@roux.example',
          ),
        ],
      ],
    ],
  ])('%s', async (_how, kind, sections) => {
    const got = await classOf(parts(kind, sections, { From: DAEMON, Subject: 'Undeliverable' }));
    expect(got).toMatchObject({ mailClass: 'bounce_hard', recipients: [{ address: 'jean@roux.example' }] });
  });

  it.each([
    ['utf-8; j\\x{e9}r\\x{f4}me@roux.example', 'jérôme@roux.example'],
    ['utf-8; jérôme@roux.example', 'jérôme@roux.example'],
    ['local; j\nOriginal-Recipient: rfc822;jean+2Bx@roux.example', 'jean+x@roux.example'],
  ])('the address in %s', async (recipient, address) => {
    const fields = `Final-Recipient: ${recipient}\nAction: failed\nStatus: 5.1.1`;
    const got = await classOf(
      parts('report', [['message/global-delivery-status', fields]], { From: DAEMON }),
    );
    expect(got.recipients[0]?.address).toBe(address);
  });

  it('the address in the copy of our message, when the report names nobody', async () => {
    const got = await classOf(
      deliveryReport({}).replace('rfc822; jean.dupont@metallerie-roux.example', 'rfc822;'),
    );
    expect(got.recipients[0]?.address).toBe('jean.dupont@metallerie-roux.example');
  });

  it.each([
    ['relayed', '2.0.0'],
    ['expanded', '2.0.0'],
  ])('%s is no bounce', async (action, status) => {
    expect((await classOf(deliveryReport({ action, status }))).mailClass).toBe('automatic');
  });

  it('refused for now, though the report says failed', async () => {
    const got = await classOf(deliveryReport({ status: '4.4.7', diagnostic: '421 connection timed out' }));
    expect(got.mailClass).toBe('bounce_soft');
  });

  it.each([
    [
      'a complaint in plain text',
      'mixed',
      [
        ['text/plain', 'A report.'],
        ['text/plain; name=x', 'Feedback-Type: abuse\nUser-Agent: X/1\nVersion: 1'],
      ],
      'complaint',
    ],
    [
      'a failed authentication is nobody’s complaint',
      'report; report-type=feedback-report',
      [['message/feedback-report', 'Feedback-Type: auth-failure\nVersion: 1']],
      'automatic',
    ],
    [
      'a receipt without its type',
      'mixed',
      [
        ['text/plain', 'Lu.'],
        [
          'message/disposition-notification',
          'Disposition: automatic-action/MDN-sent-automatically; displayed',
        ],
      ],
      'automatic',
    ],
    [
      'a calendar sent as bytes',
      'mixed',
      [
        ['text/plain', 'Non.'],
        ['application/octet-stream; name="r.ics"', 'BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR'],
      ],
      'calendar_response',
    ],
  ])('%s', async (_what, kind, sections, mailClass) => {
    expect((await classOf(parts(kind, sections))).mailClass).toBe(mailClass);
  });

  it.each([
    [
      'Bounce',
      {
        bounceType: 'Transient',
        bounceSubType: 'General',
        bouncedRecipients: [{ emailAddress: 'j@r.example' }],
      },
      'bounce_soft',
    ],
    [
      'Bounce',
      {
        bounceType: 'Permanent',
        bounceSubType: 'NoEmail',
        bouncedRecipients: [{ emailAddress: 'j@r.example' }],
      },
      'bounce_hard',
    ],
    ['DeliveryDelay', { delayedRecipients: [{ emailAddress: 'j@r.example' }] }, 'automatic'],
  ])('the cloud’s notice %s %j', async (eventType, report, mailClass) => {
    const body = JSON.stringify({
      eventType,
      bounce: eventType === 'Bounce' ? report : undefined,
      deliveryDelay: eventType === 'Bounce' ? undefined : report,
    });
    expect((await classOf(letter({ from: 'no-reply@sns.example', subject: 'AWS', body }))).mailClass).toBe(
      mailClass,
    );
  });
});
