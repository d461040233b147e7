import type { INestApplicationContext, Type } from '@nestjs/common';
import type { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Actor } from '../src/accounts/actor.js';
import { Database } from '../src/database/database.js';
import { text } from '../src/database/rows.js';
import { AnswerTemplates } from '../src/outreach/outgoing/answer-templates.service.js';
import { IncomingMails } from '../src/outreach/incoming/incoming-mails.service.js';
import { Mailboxes } from '../src/outreach/mailboxes/mailboxes.service.js';
import { Enrolments } from '../src/sequences/enrolments/enrolments.service.js';
import { UnmatchedMails } from '../src/sequences/replies/unmatched-mails.service.js';

const ANSWERS = [
  {
    name: 'Deux créneaux',
    locale: 'fr' as const,
    body: 'Bonjour {{firstName}},\n\nMerci pour votre réponse. Un échange de vingt minutes avec {{clientName}} vous conviendrait-il jeudi à 10 h ou vendredi à 14 h ?\n\nBien à vous,\n{{senderName}}',
  },
  {
    name: 'En savoir plus',
    locale: 'fr' as const,
    body: 'Bonjour {{firstName}},\n\nVolontiers. En deux lignes : {{clientName}} accompagne des sites comme le vôtre depuis dix ans, sans engagement de durée. Qu’aimeriez-vous voir en premier ?\n\nBien à vous,\n{{senderName}}',
  },
  {
    name: 'Two slots',
    locale: 'en' as const,
    body: 'Hello {{firstName}},\n\nThank you for writing back. Would twenty minutes with {{clientName}} suit you on Thursday at 10 or on Friday at 2?\n\nBest regards,\n{{senderName}}',
  },
];

/** What people wrote back this morning and the evening before. */
const MAILS: readonly {
  hoursAgo: number;
  subject: string;
  words: string;
  html?: string;
  /** An address nobody knows; else one of the client's prospects wrote. */
  from?: { fullName: string; email: string };
}[] = [
  {
    hoursAgo: 15,
    subject: 'Re: votre maintenance préventive',
    words:
      'Bonjour,\n\nLe sujet m’intéresse, nous revoyons justement notre contrat. Pouvez-vous m’appeler jeudi après-midi ?',
    html: '<p>Bonjour,</p><p>Le sujet m’<b>intéresse</b>, nous revoyons justement notre contrat.<br>Pouvez-vous m’appeler jeudi après-midi ?</p>',
  },
  {
    hoursAgo: 14,
    subject: 'Re: votre maintenance préventive',
    words: 'Bonjour, ce n’est pas le moment, nous sommes en plein inventaire. Recontactez-moi en mars.',
  },
  {
    hoursAgo: 2,
    subject: 'Re: un mot au sujet de vos arrêts de ligne',
    words:
      'Je ne suis pas la bonne personne : voyez avec Paul Girard, responsable technique (p.girard@atelier-girard.example).',
  },
  {
    hoursAgo: 1,
    subject: 'Re: un mot au sujet de vos arrêts de ligne',
    words: 'Nous avons déjà un prestataire et il coûte moins cher. Qu’apportez-vous de plus ?',
  },
  {
    hoursAgo: 1,
    from: { fullName: 'Claire R.', email: 'claire.r@perso.example' },
    subject: 'Votre message de mardi',
    words:
      'Bonjour, je vous réponds de mon adresse personnelle : oui pour un échange la semaine prochaine. Claire R.',
  },
  {
    hoursAgo: 16,
    from: { fullName: 'Imprimerie Dupré', email: 'comptabilite@imprimerie-dupre.example' },
    subject: 'Facture 2231',
    words: 'Veuillez trouver ci-joint notre facture du mois.',
  },
];

/** The mail of one client, as it stands this morning: a mailbox, whose mail stays on screen, and what waits in it. */
export async function tellInbox(
  app: INestApplicationContext,
  { clientId, sdr, manager }: { clientId: string; sdr: Actor; manager: Actor },
  morning: DateTime,
): Promise<void> {
  const get = <T>(service: Type<T> | (abstract new (...args: never[]) => T)): T =>
    app.get<T>(service, { strict: false });
  for (const answer of ANSWERS) await get(AnswerTemplates).add(manager, answer);
  const server = { host: 'mail.agence-epure.example', security: 'tls' as const, password: 'demo' };
  const mailbox = await get(Mailboxes).add(manager, clientId, {
    address: 'lea.moreau@ecrire-nordia.example',
    senderName: 'Léa Moreau',
    smtp: { ...server, port: 465 },
    imap: { ...server, port: 993 },
  });
  const people = await get(Database).read((db) =>
    db.rows(
      sql`SELECT p.id, p.full_name, p.email FROM prospect p JOIN enrolment e ON e.prospect_id = p.id AND e.state = 'active'
        WHERE p.client_id = ${clientId} AND p.status = 'in_sequence' AND p.email IS NOT NULL AND e.next_position > 1
        ORDER BY p.sort_name, p.id LIMIT ${MAILS.length}`,
      { id: text, fullName: text, email: text },
    ),
  );
  for (const [index, mail] of MAILS.entries()) {
    const person = mail.from === undefined ? people[index] : null;
    if (person === undefined) continue;
    const receivedAt = morning.minus({ hours: mail.hoursAgo }).toJSDate();
    const raw = Buffer.from(written(mail, mail.from ?? person!, mailbox.address, index));
    const place = { uidValidity: '1', uid: index + 1 };
    const id = await get(IncomingMails).take(mailbox, {
      ...place,
      receivedAt,
      size: raw.length,
      raw,
      isCut: false,
    });
    if (id !== null && person) await get(UnmatchedMails).link(sdr, id, person.id);
  }
  await enrolThisMorning(app, clientId, sdr);
}

/** A few new people, so that mail waits for its hour and leaves, into the outbox, while somebody looks. */
async function enrolThisMorning(app: INestApplicationContext, clientId: string, sdr: Actor): Promise<void> {
  const fresh = await app.get(Database, { strict: false }).read((db) =>
    db.rows(
      sql`SELECT p.id, s.id AS sequence_id FROM prospect p JOIN sequence s ON s.client_id = p.client_id AND s.state = 'live'
        WHERE p.client_id = ${clientId} AND p.status = 'new' AND p.fit <> 'unfit' AND p.email IS NOT NULL
        ORDER BY p.sort_name, p.id LIMIT 12`,
      { id: text, sequenceId: text },
    ),
  );
  if (fresh[0] === undefined) return;
  const ids = fresh.map(({ id }) => id);
  await app.get(Enrolments, { strict: false }).enrol(sdr, fresh[0].sequenceId, ids);
}

function written(
  { subject, words, html }: (typeof MAILS)[number],
  from: { fullName: string; email: string },
  to: string,
  index: number,
): string {
  const head = [
    `From: =?utf-8?B?${Buffer.from(from.fullName).toString('base64')}?= <${from.email}>`,
    `To: <${to}>`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Message-ID: <demo-${index}@${from.email.split('@')[1]}>`,
    'MIME-Version: 1.0',
  ];
  const part = (type: string, content: string): string[] => [
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64'),
  ];
  if (html === undefined) return [...head, ...part('text/plain', words), ''].join('\r\n');
  const lines = [
    ...head,
    'Content-Type: multipart/alternative; boundary="demo"',
    '',
    '--demo',
    ...part('text/plain', words),
    '--demo',
    ...part('text/html', html),
    '--demo--',
    '',
  ];
  return lines.join('\r\n');
}
