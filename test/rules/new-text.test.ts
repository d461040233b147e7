import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newText } from '../../src/mail/new-text.js';
import { withoutSignature } from '../../src/mail/signature.js';

const OLD = '> Bonjour Jean,\n> un mot au sujet de vos devis.\n';

describe('what is new in an answer', () => {
  it.each([
    [
      'Gmail in French',
      `Oui, parlons-en.\n\nLe lun. 10 mai 2027 à 09:00, Léa Martin <lea@epure.example> a écrit :\n\n${OLD}`,
    ],
    [
      'Gmail in French, over two lines',
      `Oui, parlons-en.\n\nLe lun. 10 mai 2027 à 09:00, Léa Martin <\nlea@epure.example> a écrit :\n\n${OLD}`,
    ],
    [
      'Gmail in English',
      `Oui, parlons-en.\n\nOn Mon, May 10, 2027 at 9:00 AM Léa Martin <lea@epure.example> wrote:\n${OLD}`,
    ],
    [
      'Apple Mail',
      `Oui, parlons-en.\n\n> Le 10 mai 2027 à 09:00, Léa Martin <lea@epure.example> a écrit :\n>\n${OLD}`,
    ],
    [
      'Outlook in French',
      'Oui, parlons-en.\n\nDe : Léa Martin <lea@epure.example>\nEnvoyé : lundi 10 mai 2027 09:00\nÀ : Jean Dupont\nObjet : Bonjour\n\nBonjour Jean,\nun mot.\n',
    ],
    [
      'Outlook in English',
      'Oui, parlons-en.\n\nFrom: Léa Martin <lea@epure.example>\nSent: Monday, May 10, 2027 9:00 AM\nTo: Jean Dupont\nSubject: Bonjour\n\nBonjour Jean,\nun mot.\n',
    ],
    [
      'Outlook on the web',
      'Oui, parlons-en.\n\n________________________________\nDe : Léa Martin\nEnvoyé : lundi 10 mai 2027\nÀ : Jean\nObjet : Bonjour\n\nBonjour Jean',
    ],
    [
      'an old Outlook',
      'Oui, parlons-en.\n\n-----Message d’origine-----\nDe : Léa\nÀ : Jean\n\nBonjour'.replace('’', "'"),
    ],
    [
      'Outlook in German',
      'Oui, parlons-en.\n\nVon: Léa\nGesendet: Montag, 10. Mai 2027\nAn: Jean\nBetreff: Bonjour\n\nBonjour',
    ],
    ['Thunderbird in German', `Oui, parlons-en.\n\nAm 10.05.27 um 09:00 schrieb Léa Martin:\n${OLD}`],
    [
      'Spanish',
      `Oui, parlons-en.\n\nEl lun, 10 may 2027 a las 9:00, Léa (<lea@epure.example>) escribió:\n${OLD}`,
    ],
    [
      'Italian',
      `Oui, parlons-en.\n\nIl giorno lun 10 mag 2027 alle ore 09:00 Léa <lea@epure.example> ha scritto:\n${OLD}`,
    ],
    ['Dutch', `Oui, parlons-en.\n\nOp ma 10 mei 2027 om 09:00 schreef Léa <lea@epure.example>:\n${OLD}`],
    [
      'a telephone',
      `Oui, parlons-en.\n\nEnvoyé de mon iPhone\n\n> Le 10 mai 2027 à 09:00, Léa <lea@epure.example> a écrit :\n${OLD}`,
    ],
    [
      'a signature below two dashes',
      'Oui, parlons-en.\n\n-- \nJean Dupont\nDirecteur industriel\n06 12 34 56 78',
    ],
    [
      'an answer below the quotation',
      `Le 10 mai 2027 à 09:00, Léa <lea@epure.example> a écrit :\n${OLD}\nOui, parlons-en.`,
    ],
    ...[
      'Le mar. 3 nov. 2026 à 10:00, Léa Martin <lea@epure.example> a\nécrit :',
      'Il giorno mar 3 nov 2026 alle ore 10:00 Léa <lea@epure.example> ha\nscritto:',
      'вт, 3 нояб. 2026 г. в 10:00, Léa Martin <lea@epure.example>:',
      'Вторник, 3 ноября 2026, 10:00 +03:00 от Léa Martin <lea@epure.example>:',
      '2026年11月3日(火) 10:00 Léa Martin <lea@epure.example>:',
      'Léa Martin <lea@epure.example> 于2026年11月3日周二 10:00写道：',
      '03.11.2026, 10:00, "Léa Martin" <lea@epure.example>:',
      'Léa Martin <lea@epure.example> writes:',
    ].map((banner) => [banner, `Oui, parlons-en.\n\n${banner}\n\n${OLD}`]),
    ...[
      'On Tue, 3 Nov 2026 at 10:00, Léa<lea@epure.example> wrote:   Bonjour,',
      'De : Léa <lea@epure.example> Envoyé : mardi 3 novembre 2026 10:00 À : Jean Objet : Devis',
      '**De :** Léa\n**Envoyé :** mardi\n**À :** Jean\n**Objet :** Devis',
      'De: Léa\nEnviada em: terça-feira\nPara: Jean\nAssunto: Devis',
      'Von meinem/meiner Galaxy gesendet\n\n-------- Ursprüngliche Nachricht --------\nVon: Léa',
      'Von Outlook für iOS gesendet\n________________________________\nVon: Léa\nAn: Jean',
    ].map((banner) => [banner, `Oui, parlons-en.\n\n${banner}\n\nBonjour Jean,\nrépondez STOP.\n`]),
  ])('%s', (_who, mail) => {
    expect(newText(mail)).toBe('Oui, parlons-en.');
  });

  it('answers between the lines are kept, with what they answer', () => {
    const mail = '> Êtes-vous équipés ?\nNon.\n> Un appel vous irait ?\nOui, jeudi.';
    expect(newText(mail)).toBe(mail);
  });

  it.each(['Envoyé par courrier hier.\nOui, parlons-en.', 'Oui, parlons-en.\nSent by post on Monday.'])(
    'what a person sent is no signature of a device: %j',
    (mail) => {
      expect(newText(mail)).toBe(mail);
    },
  );

  it('a mail of nothing but a quotation is given back whole: somebody meant something by it', () => {
    expect(newText('> Bonjour')).toBe('> Bonjour');
  });

  it('"Le … a écrit" in the middle of a sentence announces nothing', () => {
    expect(newText('Le directeur a écrit un mot.\nIl vous rappelle.')).toBe(
      'Le directeur a écrit un mot.\nIl vous rappelle.',
    );
  });

  it('the name and the legal lines below the greeting do not speak', () => {
    expect(withoutSignature('Non merci.\n\nCordialement,\nJean Dupont\nResponsable désinscription')).toBe(
      'Non merci.',
    );
  });

  it('is never longer than the mail, and the same when asked again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '> cité',
            'texte',
            '',
            '--',
            'Le 1 mai 2027, X a écrit :',
            'Le 1 mai 2027, X <x@y.example> a',
            'écrit :',
            '2027-05-01 10:00, X <x@y.example>:',
            'On Mon, May 1, X<x@y.example> wrote:  Hello',
            'De : X',
            'Envoyé de mon iPhone',
            '\u0001x',
          ),
          { maxLength: 12 },
        ),
        (lines) => {
          const fresh = newText(lines.join('\n'));
          const mail = lines.join('\n').replaceAll('\u0001', '');
          expect(fresh.length).toBeLessThanOrEqual(mail.length);
          expect(fresh.split('\n').every((line) => mail.includes(line))).toBe(true);
        },
      ),
    );
  });

  it('a mail made to be slow is read at once', () => {
    const started = performance.now();
    newText(`On ${'> On 1 '.repeat(20_000)}`);
    newText(`Le ${'a '.repeat(50_000)}`);
    newText('On 1\n'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
