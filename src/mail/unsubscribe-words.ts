/*
 * "Leave me alone", in the new text only. What a footer of ours or a signature says does not count: the caller strips
 * those first.
 */

/** The whole answer is one such word. */
const ALONE =
  /^[\s"'«»*.!–-]*(?:stop|stop (?:svp|merci|please|pub|mail|e-?mails?)|unsubscribe(?: me)?(?: please)?|remove(?: me)?(?: please)?|opt[ -]?out|(?:me )?désinscri(?:re|ption)(?: svp| merci)?|désabonnement|désabonner|désinscrivez[ -]moi|d[eé]sinscription|abmelden|austragen|abbestellen|(?:dar(?:me)? de )?baja|cancellami|cancellazione|disiscriv\S+|uitschrijven|afmelden)[\s"'«»*.!,–-]*(?:$|\n|merci|thanks|cordialement|svp)/i;

const PHRASES: readonly RegExp[] = [
  /\b(?:remove|delete|take|get) (?:me|us|my (?:name|e-?mail|address|details|data)|this (?:address|e-?mail))\b.{0,30}\b(?:from|off|out)\b|\bremove (?:me|my (?:e-?mail|address|data))\b|\btake me off\b/i,
  /\bunsubscribe\b|\bopt(?:ing)?[ -]?(?:me )?out\b/i,
  /\b(?:stop|quit) (?:e-?mail|contact|writ|send|spam|message|bother|harass)\w*/i,
  /\b(?:do not|don['’]?t|never|please don['’]?t) (?:ever )?(?:e-?mail|contact|write(?: to)?|message|send|bother|spam)\b.{0,30}\b(?:me|us|again|any ?more|further|this address)/i,
  /\bno (?:more|further) (?:e-?mails?|messages?|contact)\b/i,
  /\b(?:ne|de ne) (?:plus |pas )?(?:me |nous |m['’])?(?:plus |pas )?(?:me |nous )?(?:contacter|recontacter|écrire|ecrire|envoyer|solliciter|relancer|déranger|démarcher|contactez|écrivez|envoyez|sollicitez|relancez|importuner)\b/i,
  /\b(?:ne plus|plus jamais) (?:être |recevoir|me |nous |vous |jamais )/i,
  /\bne (?:souhait\w+|veu\w+|désir\w+|voul\w+) (?:plus|pas) (?:être (?:contacté|sollicité|démarché|relancé|importuné)|recevoir|que vous me|de vos (?:mails?|messages?))/i,
  /\b(?:ne|n['’]) ?(?:me|nous) (?:contactez|écrivez|envoyez|sollicitez|relancez|recontactez|démarchez) (?:plus|pas)\b/i,
  /\b(?:dés|des)inscri(?:re|vez|s|ption|t)\b|\bdésabonn\w+|\bd[ée]sinscri\w+[ -]moi/i,
  /\b(?:retire[rz]|supprime[rz]|enleve[rz]|enlève[rz]?|effacez?|rayez|sortez)[ -](?:moi|nous|mon (?:adresse|mail|e-?mail|contact|nom)|mes (?:coordonnées|données|informations)|cette adresse|notre adresse)/i,
  /\b(?:retirer|supprimer|enlever|effacer) (?:de (?:votre|vos|cette) (?:liste|base|fichier)s?|mon adresse|mes (?:coordonnées|données))/i,
  /\b(?:stop(?:pez)?|arr[êe]tez|cessez) (?:de (?:m|nous)|vos|les|ces|cet|tout)\b|\b(?:arr[êe]tez|cessez) de m/i,
  /\bliste (?:rouge|d['’]opposition)\b|\bdroit d['’]opposition\b|\bm['’]oppose\b|\brgpd\b.{0,80}(?:supprim|effac|oppos)|\bgdpr\b.{0,80}(?:remov|delet|eras|object)|\bspam(?:mer|mez|ming)? ?!/i,
  /\b(?:nicht mehr|keine weiteren?) (?:kontakt|anschreib|schreib|mails?|e-?mails?|nachrichten)|\baus (?:dem|ihrem|der) verteiler\b|\bno (?:me )?(?:contacte|escriba|env[ií]e)n? más\b|\bnon (?:contattatemi|scrivetemi|inviatemi) più\b|\bniet meer (?:mailen|contacteren|benaderen)\b/i,
];

/** Somebody who speaks of unsubscribing without asking for it. */
const ABOUT =
  /(?:unsubscribe (?:link|rate|button)|lien de désinscription (?:est|fonctionne|dans)|taux de désinscription|sans (?:vouloir )?(?:me )?désinscri)/i;

/** How surely the new text of a reply asks not to be written to again: 0 when it does not. */
export function unsubscribeConfidence(fresh: string): number {
  const text = fresh.replace(/’/g, "'").trim();
  if (text === '' || text.length > 4000) return 0;
  if (ALONE.test(text) && text.length < 200) return 0.98;
  if (ABOUT.test(text)) return 0;
  const hit = PHRASES.some((phrase) => phrase.test(text));
  if (!hit) return 0;
  return text.length < 400 ? 0.93 : 0.75;
}
