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
    'Bonjour, merci de me retirer de vos contacts. Cordialement',
    'Je vous demande de cesser tout envoi.',
    'Merci mais retirez-moi de votre liste.',
    'Pourriez-vous me sortir de votre mailing list ?',
    'Je ne souhaite pas recevoir ce type de sollicitation.',
    'Ne me contactez plus par téléphone ni par mail.',
    'Plus de mails svp',
    'non merci stop',
    'Bonjour,\n\nSTOP\n\nJean',
    'Le lien de désinscription ne fonctionne pas.',
    'C’est du spam, je vous signale à la CNIL si vous continuez.',
    'Oubliez-moi.',
    'Je ne suis pas intéressé, merci de ne plus me solliciter.',
    'Leave me alone.',
    'Please stop.',
    'Not interested, please take me off.',
    'I don’t want to receive any more emails from you',
    'Kindly refrain from contacting me further.',
    'Under GDPR please erase my personal data',
    'Bitte kontaktieren Sie mich nicht mehr.',
    'Nehmen Sie mich bitte aus Ihrer Liste',
    'Ich möchte keine E-Mails mehr erhalten.',
    'Löschen Sie meine Daten',
    'Quiero darme de baja de su lista',
    'No me escriban más, por favor.',
    'Non voglio più ricevere le vostre email',
    'Rimuovetemi dalla vostra mailing list',
    'Gelieve mij uit te schrijven',
    'Graag geen mails meer',
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
    'Ne m’envoyez pas la plaquette par mail mais par courrier, merci.',
    'Ne me contactez pas cette semaine, je suis en clôture.',
    'Ne me relancez pas, je vous rappelle en mars.',
    'Ne supprimez pas mon adresse, je suis intéressé.',
    'Vous ne me contactez pas au bon moment, revenez en juin.',
    'Retirez-moi d’un doute : êtes-vous à Lyon ?',
    'Arrêtez-moi si je me trompe : vous êtes à Lille ?',
    'Nous voulons stopper notre contrat actuel.',
    'Nos clients ne veulent plus recevoir de papier.',
    'Je m’oppose à cette idée mais discutons-en.',
    'Il n’y a plus de mail dans ma boîte, renvoyez svp.',
    'Supprimez le rendez-vous de mardi, mercredi me va mieux.',
    'Comment gérez-vous le RGPD et la suppression des données ?',
    'Vous pouvez vous opposer à tout nouveau message en répondant « STOP ».',
    'Pour vous désinscrire, cliquez ici.',
    'If you no longer wish to receive these emails, unsubscribe here.',
    'You may object to any further message by answering “STOP”.',
    'Stop me if I’m wrong, but don’t you also sell to SMEs?',
    'Stop! You had me at pricing. Let’s talk.',
    'Don’t contact me by phone, but email works.',
    'Please don’t contact me before September.',
    'Don’t write me off yet, budget comes in March.',
    'Our customers unsubscribe a lot; can you help us?',
    'Why should I not unsubscribe? Convince me.',
    'Please remove the NDA clause and I will sign.',
    'Could you take the price off the proposal?',
    'We want to reduce spam! Can your tool help?',
    'Is this spam or a real person?',
    'Get me out of this Excel hell, when can we talk?',
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
    ['Je ne suis pas contre un échange.', 'interested'],
    ['Je ne dis pas non, rappelez-moi demain.', 'interested'],
    ['Vous pouvez m’appeler au 06 12 34 56 78.', 'interested'],
    ['Happy to have a quick call next week', 'interested'],
    ['Why would I not be interested? Call me tomorrow.', 'interested'],
    ['Oui', 'interested'],
    ['Ja, gerne. Rufen Sie mich am Donnerstag an.', 'interested'],
    ['Sí, me interesa.', 'interested'],
    ['Mi piacerebbe saperne di più', 'interested'],
    ['Klinkt goed, wanneer kunnen we bellen?', 'interested'],
    ['Ça ne nous intéresse pas, bonne journée', 'not_interested'],
    ['Sans façon.', 'not_interested'],
    ['I’m going to pass on this one', 'not_interested'],
    ['No.', 'not_interested'],
    ['Kein Interesse', 'not_interested'],
    ['No estamos interesados', 'not_interested'],
    ['Non siamo interessati', 'not_interested'],
    ['Geen interesse', 'not_interested'],
    ['Not a priority this year, try again in 2028', 'later'],
    ['On verra après les vacances', 'later'],
    ['Derzeit nicht, melden Sie sich im Herbst noch einmal.', 'later'],
    ['Ahora no, contácteme en septiembre.', 'later'],
    ['Al momento no, risentiamoci a settembre.', 'later'],
    ['Nu niet, probeer het volgend jaar nog eens.', 'later'],
    ['Voyez avec Mme Durand, notre DAF : durand@roux.example', 'referral'],
    ['Je vous oriente vers notre directeur commercial, M. Petit', 'referral'],
    ['I’m looping in our CTO', 'referral'],
    ['Bitte wenden Sie sich an Herrn Müller.', 'referral'],
    ['Si rivolga al mio collega Marco Rossi', 'referral'],
    ['Vous vous trompez de personne.', 'wrong_person'],
    ['I don’t handle this.', 'wrong_person'],
    ['Ich bin dafür nicht zuständig.', 'wrong_person'],
    ['No soy la persona adecuada.', 'wrong_person'],
    ['On travaille déjà avec un concurrent à vous.', 'objection'],
    ['Where did you get my details?', 'objection'],
    ['Wir haben bereits einen Anbieter.', 'objection'],
    ['Ya tenemos un proveedor.', 'objection'],
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

  it('two opinions in one answer are a guess for a person to settle', () => {
    expect(suggestClass('Trop cher. Voyez avec ma collègue Claire Petit.').confidence).toBeLessThanOrEqual(
      0.6,
    );
  });
});
