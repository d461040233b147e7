/*
 * "Leave me alone", in the new text only: what a footer of ours or a signature says, the caller strips first. Whoever is
 * taken at their word here is never written to again, so a sentence counts only when it asks for that, of the writer, and
 * for good. All patterns stand without accents, in lower case.
 */

const MAILS = String.raw`(?:e-?mails?|mails?|messages?|courriels?|relances?|sollicitations?|newsletters?|pubs?|publicites?|spams?|correos?|nachrichten|berichten|werbung)`;
const MINE = String.raw`(?:mon|mes|ma|notre|nos|cette) (?:adresse|mail|e-?mail|courriel|contact|nom|numero|coordonnees|donnees|informations?|infos|societe|entreprise|fiche)`;
const LISTS = String.raw`(?:liste|base|fichier|contact|envoi|mailing|diffusion|campagne|crm|mail)`;
const WRITE = String.raw`(?:re)?(?:contact|ecri|sollicit|relanc|derang|demarch|importun|spamm|mail|harcel)\w*`;

/** The whole answer is one such word. */
const ALONE =
  /^[\s"'«»*.!–-]*(?:stop|stop (?:svp|merci|please|pub|mail|e-?mails?)|unsubscribe(?: me)?(?: please)?|remove(?: me)?(?: please)?|opt[ -]?out|(?:me )?desinscri(?:re|ption)(?: svp| merci)?|desabonnement|desabonner|desinscrivez[ -]moi|abmelden|austragen|abbestellen|(?:dar(?:me)? de )?baja|cancellami|cancellazione|disiscriv\S+|uitschrijven|afmelden)[\s"'«»*.!,–-]*(?:$|\n|merci|thanks|cordialement|svp)/;

/** So is one sentence, or one line. */
const STOP =
  /^(?:(?:bonjour|hello|hi|merci|please|non merci|no thanks)[ ,:]*)?stop(?: it| svp| s'il vous plait| merci| please)?$/;

const pattern = (source: string): RegExp => new RegExp(source, 'u');

const REQUESTS: readonly RegExp[] = [
  // French
  pattern(String.raw`\bne (?:plus|pas|jamais) (?:jamais )?(?:me |m'|nous )?${WRITE}`),
  pattern(String.raw`(?<!vous |tu )\bne (?:me |m'|nous )${WRITE} (?:plus|pas|jamais)\b`),
  /\bne plus (?:jamais )?(?:me |m'|nous )?(?:envoyer|adresser|faire parvenir|transmettre)|\bne (?:me |m'|nous )?(?:envoyez|adressez) plus\b/,
  pattern(
    String.raw`\bne (?:pas )?(?:me |m'|nous )(?:envoye[rz]|adresse[rz])(?: pas)? (?:de |d'|vos |ces |ce genre de |d'autres )${MAILS}`,
  ),
  pattern(
    String.raw`\bne (?:souhait\w+|veu\w+|desir\w+|voul\w+) (?:plus|pas|aucun\w*) (?:etre (?:re)?(?:contact|sollicit|demarch|relanc|importun|derang)|que (?:vous|l'on|tu) (?:me |m'|nous )|(?:recevoir )?(?:de |d'|vos |ces |aucun )?(?:autres? |vos |ces |ce (?:type|genre) de )?${MAILS})`,
  ),
  /\b(?:ne|plus) (?:souhait\w+ |veu\w+ |desir\w+ |voul\w+ )?(?:plus |jamais )+(?:etre (?:re)?(?:contact|sollicit|demarch|relanc)|rien recevoir|recevoir|entendre parler)/,
  pattern(
    String.raw`(?:^|merci|svp|veux|non)[ ,:]*(?:plus|plus aucun|plus jamais|aucun autre) (?:de |d'autres )?${MAILS}\b`,
  ),
  pattern(
    String.raw`\b(?:retire|supprime|enleve|efface|raye|sorte|ote|radie)[rz]?[- ](?:moi|nous|${MINE})\b`,
  ),
  pattern(
    String.raw`\b(?:me |m'|nous )(?:retirer|supprimer|enlever|effacer|rayer|sortir|oter|radier) (?:de |d'|des |du ).{0,30}${LISTS}`,
  ),
  pattern(
    String.raw`\b(?:retirer|supprimer|enlever|effacer) (?:de (?:votre|vos|cette) ${LISTS}|mon adresse|mes (?:coordonnees|donnees))`,
  ),
  /\b(?:me |m'|nous )(?:desinscri|desabonn)|\b(?:desinscri|desabonn)\w*[- ](?:moi|nous)\b|^(?:\S+ ){0,4}(?:desinscri|desabonn)\w+(?: \S+){0,2}$/,
  /\b(?:stopp?ez|arretez|cessez|arreter|cesser|stopper)(?: svp| merci| de suite)? (?:de (?:me |m'|nous )|(?:avec )?(?:vos |ces |cet |ce )|tou[st]e?s? ).{0,20}(?:mail|message|envoi|spam|\bpub|relance|sollicit|demarch|contact|ecrire|envoyer|harcel|derang|relancer|importun)/,
  /\bdroit d'opposition|\bm'oppose (?:a ce que|a (?:toute?|l[ae]|l')|au) ?(?:traitement|utilisation|conservation|sollicit|prospection|vous|demarch|envoi)|\brgpd\b.{0,80}\b(?:mes|me|mon)\b|\b(?:supprim|effac)\w+ .{0,20}mes donnees|\bbloctel\b|\brefuse (?:la |toute |votre )(?:prospection|sollicitation|demarche|publicite)|^oublie[rz]?[- ](?:moi|nous)$/,
  /\b(?:c'est|ceci est) (?:du |un )?spam|signal\w+.{0,30}\bcnil|\bcnil\b.{0,40}(?:plainte|signal)|plainte.{0,30}\bcnil|(?:laissez|lachez|foutez|fichez)[- ](?:moi|nous)(?: tranquille| la paix|$|[ ,])/,
  /(?:lien|bouton) de (?:desinscription|desabonnement).{0,30}(?:\bne\b|\bpas\b|casse|\bhs\b)|unsubscribe (?:link|button).{0,30}(?:not|n't|broken)/,
  // English
  /\b(?:remove|delete|take|get|erase|drop|strike) (?:me|us)\b.{0,15}\b(?:from|off|out of)\b.{0,40}(?:list|database|mail|campaign|sequence|contact|crm|distribution|outreach|thread)|\btake (?:me|us) off(?: please)?$|\b(?:remove|unsubscribe) (?:me|us|my|this address)\b|\bremove from (?:this |your |the )?(?:mailing )?list/,
  /\b(?:remove|delete|erase) (?:all )?(?:my|our) (?:personal )?(?:name|e-?mail|address|details|data|info\w*|contact)/,
  /(?:^|please |pls |kindly |(?:want|like|wish|need|asked?) to |to be )unsubscribed?\b|\b(?:please|pls) opt (?:me |us )?out|(?:want|like|wish) to opt out|\bi(?:'m| am)? opt(?:ing)? out/,
  /\b(?:stop|quit) (?:e-?mailing|contacting|writing|spamming|messaging|bothering|harassing|pestering|soliciting|(?:sending|with) (?:me|us|these|this|those|your|e-?mails?|spam|mails?))\b/,
  /\b(?:do not|don't|dont|never|refrain from|desist from) (?:ever )?(?:e-?mail|contact|writ|messag|bother|spam|solicit)\w*\b(?! (?:me|us) off).{0,25}\b(?:me|us|again|any ?more|further|this (?:e-?mail|address))\b|cease and desist/,
  pattern(
    String.raw`\b(?:do not|don't|dont|never) (?:ever )?send (?:me |us )?(?:any |more |further |these |such |unsolicited |any more |your )+(?:unsolicited )?${MAILS}|\bno (?:more|further) (?:${MAILS}|contact)\b`,
  ),
  /\b(?:don't|do not|dont|no longer) (?:want|wish|like|care|need)(?: to)? (?:(?:receive|get) (?!(?:an?|the) (?!e-?mail|newsletter|message))|hear from|be (?:contacted|emailed|on)\b)/,
  /\bleave (?:me|us) alone\b|\blose my (?:number|e-?mail)|\b(?:gdpr|ccpa)\b.{0,60}\b(?:remov|delet|eras|object)\w*.{0,20}\b(?:my|me|us)\b|\b(?:this|it) is (?:spam|unsolicited)|\breported (?:you |this )?as spam/,
  // German
  /\baus (?:dem|ihrem|der|ihrer) .{0,12}(?:verteiler|liste|datenbank)|\b(?:kontaktieren|schreiben|mailen|anschreiben|belastigen) sie (?:mich|uns|mir) (?:bitte )?(?:nicht|nie) (?:mehr|wieder)|\bkeine (?:weiteren?|mehr) (?:e-?mails?|mails?|nachrichten|werbung|kontakt)|\bkeine (?:e-?mails?|mails?|nachrichten|werbung) mehr\b|\bsie (?:mich|uns) (?:bitte )?von (?:der|ihrer|dieser) .{0,12}liste/,
  /\bloschen sie (?:bitte )?(?:mich\b|meine|unsere)|\b(?:tragen|melden|streichen) sie (?:mich|uns) .{0,20}(?:aus|ab)\b|\bnicht mehr (?:kontaktier|angeschrieben|anschreib|schreib)|\bwiderspreche\b.{0,50}(?:nutzung|verarbeitung|werbung|daten)/,
  // Spanish
  /\bno (?:me |nos )?(?:vuelvan? a )?(?:contact|escrib|envi|mand)\w* (?:\S+ )?mas\b|\b(?:dar|dad|den|de)(?:me|nos)(?: por favor)? de baja|\bborr\w+ mis datos|\belimin\w+me\b|\belimin\w+ (?:mis datos|mi correo)|\bno (?:deseo|quiero|queremos) (?:recibir|que me)/,
  // Italian
  /\b(?:cancell|rimuov|elimin)\w*mi\b.{0,40}(?:list|database|elenc)|\b(?:cancell|rimuov|elimin)\w* (?:i miei dati|il mio indirizzo)|\bnon (?:voglio|desidero|vogliamo) (?:piu )?ricevere|\bnon (?:mi |ci )?(?:contatt|scriv|invi|mand)\w+ (?:\S+ )?piu\b|\bdisiscriv/,
  // Dutch
  /\b(?:mij|me|ons) (?:uit te schrijven|af te melden|te verwijderen)|\bschrijf (?:mij|me|ons) uit|\bmeld (?:mij|me|ons) af|\bverwijder (?:mij|me|ons|mijn)\b|\b(?:stuur|mail|contacteer|benader) (?:mij|me|ons) (?:niet|geen) (?:\S+ )?meer|\bniet meer (?:mailen|contacteren|benaderen)|\bgeen (?:e-?)?(?:mails?|berichten|reclame) meer\b/,
];

const DAYS = String.raw`(?:l[ea]s? |l'|the |next |\d|lundi|mardi|mercredi|jeudi|vendredi|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|monday|tuesday|wednesday|thursday|friday|january|february|march|april|june|july|august|september|october|november|december|q[1-4]|el |zum |al )`;

/** Another road or another day is meant, or somebody else; or it is a footer that tells how. */
const NOT_MEANT: readonly RegExp[] = [
  pattern(
    String.raw`\b(?:avant|before|until|jusqu'(?:a|au|en)|pendant|during|bis|vor|hasta|fino) ${DAYS}|pour (?:l'instant|le moment)|for now|right now|cette semaine|this week`,
  ),
  /^\W*(?:pour (?:ne plus|vous (?:desinscri|desabonn)|se (?:desinscri|desabonn))|to (?:unsubscribe|opt|stop|no longer)|si vous (?:ne )?(?:souhaitez|voulez|desirez|preferez)|if you (?:no longer|do not|don't|would|prefer|wish|want)|wenn sie|si no desea|se non desidera|als u )|(?:repondez|reply) (?:with )?(?:par )?["«' ]*stop|cliqu\w+ (?:ici|sur)|click (?:here|on|the)/,
  /\bne (?:supprim|retir|effac|arret|desinscri|desabonn|cess)\w+ (?:surtout )?pas|\b(?:don't|do not) (?:unsubscribe|remove|delete|stop)|pas que vous (?:arret|cess|supprim|retir)|\bhate to\b|\bwhy (?:should|would)\b|\bsans (?:vouloir )?(?:me )?desinscri|\btaux de/,
  /\b(?:nos|mes|les|our|my|their|unsere) (?:clients?|utilisateurs|prospects|abonnes|collaborateurs|gens|customers|users|people|kunden)\b|\b(?:derang|sollicit|contact)\w* par (?!vous|vos|votre|mail)|d'un doute/,
];

/** "… but your offer is a good one." */
const AFTERTHOUGHT = /\b(?:mais|but|aber|pero|maar) (?!merci|thank|danke|gracias|bedankt)/;

const OTHER_ROAD =
  /\b(?:par|via) (?:telephone|courrier|sms|fax|tel)|\bau (?:telephone|0\d)|\bby (?:phone|post|letter|sms|text|fax)|\bper (?:post|telefon|fax)|\bon my (?:mobile|phone)/;
const ALSO_MAIL = /\b(?:ni|nor|or|ou|et|and)\b.{0,12}\b(?:e-?mails?|mails?|courriels?)\b/;

/** They want to be spoken to all the same: a person reads it. */
const WELCOME =
  /\b(?:appelez|rappelez|joignez)[- ]moi|\bcall me\b|\bje (?:vous )?(?:rappelle|recontacte|reviens|ferai signe)|\binteress(?:e|ee|es|ant|ed)\b|\binterested\b|\brufen sie mich an|\blet's talk|\bcan we talk|\b(?:parlons|discutons)|\bpertinent/;
const NEGATED_INTEREST =
  /\b(?:pas|plus|aucunement|nullement|jamais|not|isn't|aren't|no longer|never|nicht|non|no|niet|sans) (?:\S+ ){0,3}inter\S+|(?:ne |n')(?:m'|nous )?interess\w+ pas/g;

/** How surely the new text of a reply asks not to be written to again: 0 when it does not. */
export function unsubscribeConfidence(fresh: string): number {
  const text = folded(fresh).trim().slice(0, 4000);
  if (ALONE.test(text) && text.length < 200) return 0.98;
  if (!sentencesOf(text).some(asksToStop)) return 0;
  if (WELCOME.test(text.replace(NEGATED_INTEREST, ''))) return 0;
  return text.length < 400 ? 0.93 : 0.75;
}

function asksToStop(sentence: string): boolean {
  if (STOP.test(sentence)) return true;
  const asked = REQUESTS.map((request) => request.exec(sentence)).find((found) => found !== null);
  if (!asked || AFTERTHOUGHT.test(sentence.slice(asked.index + asked[0].length))) return false;
  if (OTHER_ROAD.test(sentence) && !ALSO_MAIL.test(sentence)) return false;
  return !NOT_MEANT.some((other) => other.test(sentence));
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/[.!?;]+(?:\s|$)|\n{2,}|(?<=(?:^|\n)\W{0,3}stop\W{0,3})\n|\n(?=\W{0,3}stop\W{0,3}(?:\n|$))/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');

/** Lower case, without accents, one kind of apostrophe. */
const folded = (text: string): string =>
  text
    .slice(0, 8000)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘´`]/g, "'")
    .toLowerCase();
