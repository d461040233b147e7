import { describe, expect, it } from 'vitest';
import { suggestClass } from '../../src/mail/reply-class.js';
import { unsubscribeConfidence } from '../../src/mail/unsubscribe-words.js';

describe('a wish to be left alone', () => {
  it.each([
    'STOP',
    'stop svp',
    'Désinscription',
    'Unsubscribe',
    'remove me',
    'Remove me from your list please.',
    'Merci de ne plus me contacter.',
    'Ne m’écrivez plus.',
    'Je ne souhaite plus recevoir vos messages.',
    'Veuillez retirer mon adresse de votre base.',
    'Supprimez-moi de vos listes',
    'Arrêtez de m’envoyer des mails !',
    'Please stop emailing me.',
    'Do not contact me again.',
    'Take me off this list',
    'Je m’oppose au traitement de mes données.',
    'Merci de me désinscrire',
    'No more emails, thanks',
    'Bitte keine weiteren E-Mails.',
  ])('%s', (text) => {
    expect(unsubscribeConfidence(text)).toBeGreaterThan(0.7);
  });

  it.each([
    'Oui, avec plaisir, jeudi à 10 h ?',
    'Non merci.',
    'Pas intéressé.',
    'Contactez plutôt ma collègue Marie.',
    'Nous avons arrêté ce projet.',
    'Stopover in Paris next week, let us meet.',
    'Je ne suis pas la bonne personne.',
    'Notre taux de désinscription est de 2 %.',
  ])('not this: %s', (text) => {
    expect(unsubscribeConfidence(text)).toBe(0);
  });
});

describe('the suggested class of a person’s answer', () => {
  it.each([
    ['Oui, je suis intéressé, quelles sont vos disponibilités ?', 'interested'],
    ['Avec plaisir, appelez-moi jeudi.', 'interested'],
    ['Sounds interesting, can we talk next Tuesday?', 'interested'],
    ['Pouvez-vous m’en dire plus ?', 'interested'],
    ['Pas intéressé, merci.', 'not_interested'],
    ['Non merci, nous n’avons pas besoin de cela.', 'not_interested'],
    ['Thanks but we are not interested.', 'not_interested'],
    ['Je ne donnerai pas suite.', 'not_interested'],
    ['Ce n’est pas le bon moment, recontactez-moi en septembre.', 'later'],
    ['Not now, please get back to me in Q4.', 'later'],
    ['Revenez vers nous l’année prochaine.', 'later'],
    ['Voyez avec ma collègue Claire Petit, qui s’occupe des achats.', 'referral'],
    ['Please contact my colleague Anna Smith, she is in charge of this.', 'referral'],
    ['Je ne suis pas la bonne personne.', 'wrong_person'],
    ['I am not in charge of this topic.', 'wrong_person'],
    ['Nous travaillons déjà avec un prestataire.', 'objection'],
    ['We already have a provider.', 'objection'],
    ['Comment avez-vous eu mon adresse ?', 'objection'],
  ])('%s → %s', (text, mailClass) => {
    const got = suggestClass(text);
    expect(got.mailClass).toBe(mailClass);
    expect(got.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('says that it does not know when it does not', () => {
    expect(suggestClass('Bonjour,').confidence).toBeLessThanOrEqual(0.3);
    expect(suggestClass('Bien reçu').confidence).toBeLessThanOrEqual(0.3);
  });

  it('is never surer than nine in ten: a person reads it anyway', () => {
    expect(
      suggestClass('Oui intéressé ! Appelez-moi, quels sont vos tarifs ?').confidence,
    ).toBeLessThanOrEqual(0.9);
  });
});
