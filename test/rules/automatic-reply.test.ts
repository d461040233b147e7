import { describe, expect, it } from 'vitest';
import { type Classified, classifyMail } from '../../src/mail/classify-mail.js';
import { readMail } from '../../src/mail/read-mail.js';
import { letter } from '../support/mails.js';

/*
 * Notes that programs write, and answers of people that sound like them. All came on Monday 10 May 2027.
 */

const classOf = async (written: Parameters<typeof letter>[0]): Promise<Classified> =>
  classifyMail(await readMail(Buffer.from(letter(written))), new Date('2027-05-10T07:12:00Z'));

describe('whether a program wrote it', () => {
  it.each([
    [
      'no address to return to',
      { 'Return-Path': '<>' },
      'Re: Bonjour',
      'En congés. Retour le lundi 24 mai.',
      'out_of_office',
    ],
    [
      'nobody’s address',
      { From: 'no-reply@roux.example' },
      'Merci',
      'Pour vous désinscrire, cliquez ici.',
      'automatic',
    ],
    ['a mail system', { From: 'MAILER-DAEMON@roux.example' }, 'Bonjour', 'Rien de spécial.', 'automatic'],
    ['its own words', {}, 'Accusé de réception', 'Ceci est un message automatique.', 'automatic'],
    [
      'a lock on the mailbox',
      {},
      'Authentification',
      'Merci de vous authentifier en cliquant ici.',
      'automatic',
    ],
    ['a report on domains', {}, 'Report domain: epure.example Submitter: x.example', '', 'automatic'],
    [
      'a shut company',
      { 'Auto-Submitted': 'auto-replied' },
      'Re: Bonjour',
      'Notre société est fermée.',
      'out_of_office',
    ],
    [
      'part time',
      { 'Auto-Submitted': 'auto-replied' },
      'Re: Bonjour',
      'Je ne suis pas au bureau le mercredi.',
      'out_of_office',
    ],
    ['a subject in Dutch', {}, 'Ik ben afwezig', 'Dinsdag ben ik er weer.', 'out_of_office'],
    [
      'a receipt',
      {},
      'Lu : Bonjour',
      'Votre message\n\nÀ : Jean\nObjet : Bonjour\nEnvoyé : lundi\n\na été lu le 10/05/2027.',
      'automatic',
    ],
    ['a recall', {}, 'Rappel : Bonjour', 'Jean souhaite rappeler le message « Bonjour ».', 'automatic'],
    ['a subject in Swedish', {}, 'Autosvar: Bonjour', 'Jag är på semester.', 'out_of_office'],
  ])('%s', async (_how, headers, subject, body, mailClass) => {
    expect((await classOf({ headers, subject, body })).mailClass).toBe(mailClass);
  });

  it.each([
    ['Absence de réponse', 'Pouvez-vous m’envoyer vos tarifs ?', 'interested'],
    ['Absence d’offre', 'Oui, intéressé.', 'interested'],
    ['Rappel : Bonjour', 'Je me permets une relance : pouvez-vous m’envoyer vos tarifs ?', 'interested'],
    ['Re: Bonjour', 'I was out of the office. Yes, let’s talk on Tuesday.', 'interested'],
    ['Re: Bonjour', 'Stop sending me automated emails.', 'unsubscribe'],
    ['Re: Bonjour', 'C’est un message automatique ? Retirez-moi de vos listes.', 'unsubscribe'],
  ])('a person: %s, %s', async (subject, body, mailClass) => {
    expect((await classOf({ subject, body })).mailClass).toBe(mailClass);
  });
});
