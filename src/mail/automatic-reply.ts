import { isFromSystem } from './machine-mail.js';
import { headerOf, type ReadMail } from './read-mail.js';

const SUBJECT =
  /^\W*(?:(?:re|aw|sv|rép|tr)\s*: ?)*(?:out of (?:the )?office|ooo\b|auto(?:matic|mated)?[ -]?(?:reply|response|answer)|auto ?:|automatic(?:ally)? generated|réponse automatique|absence(?! d['’]|s? de (?:réponse|retour))|message d['’]absence|(?:je suis )?absente?\b|en congés?|hors du bureau|indisponible|fermeture (?:annuelle|estivale|des bureaux)|abwesen|automatische (?:antwort|abwesenheits)|auto-?antwort|(?:ich bin )?nicht im (?:büro|haus)|urlaub|im urlaub|respuesta automática|fuera de (?:la )?oficina|ausen(?:te|cia)|resposta automática|autosvar|automatisk svar|autoodpowied|automatická odpov|自動(?:返信|応答)|自动回复|risposta automatica|fuori (?:ufficio|sede)|assen(?:te|za)|in ferie|automatisch(?:e)? (?:antwoord|bericht|reactie)|(?:ik ben )?(?:afwezig|niet aanwezig)|i(?:'|’)?(?: a)?m (?:away|out of)|on (?:holiday|leave|vacation)|(?:vacation|vacaciones|vakantie|congés?)(?: (?:notice|reply|message))?\W*(?:re:.*)?$|away (?:from|until)|annual leave|maternity)/i;

const ABSENCE =
  /(?:out of (?:the |my )?office|away (?:from|until|on|for)|currently away|i(?:'|’)?(?: a)?m (?:away|out|off|ooo|travel|on (?:leave|holiday|vacation|annual|maternity|paternity|parental|sick))|on (?:annual|maternity|paternity|parental|sick) leave|on (?:holiday|vacation)|limited (?:access|email)|not (?:be )?(?:in|at) the office|office is closed|be back|return(?:ing)? (?:to (?:the )?office|on)|absente?s?\b|absence|en congés?|en vacances|en déplacement|hors du bureau|pas (?:au bureau|disponible|joignable)|(?:bureaux|société|entreprise|agence) (?:sont|est|sera|seront) fermée?s?|je reprends|de retour|réouverture|indisponible|congé (?:maternité|paternité|parental)|arrêt maladie|temps partiel|abwesen|nicht (?:im (?:büro|haus|hause)|erreichbar)|außer haus|im urlaub|betriebsferien|in (?:elternzeit|mutterschutz)|fuera de (?:la |mi )?oficina|de vacaciones|ausente|de baja|estaré fuera|fuori (?:ufficio|sede)|in ferie|assente|sarò (?:assente|fuori)|afwezig|niet (?:aanwezig|op kantoor|bereikbaar)|op vakantie|met verlof|buiten kantoor|vacation|de férias|semester|på ferie|na urlopie|不在|休暇)/i;

const TICKET =
  /(?:ticket|case|demande) ?(?:n°|no\.?|number|#|id)|(?:we (?:have )?received|nous avons bien reçu|a bien été (?:reçu|pris)|accusé de réception|haben (?:wir )?(?:ihre|deine) .{0,30}erhalten|hemos recibido|abbiamo ricevuto|hebben .{0,40}ontvangen)/i;

/** A program that says what it is. */
const OWN_WORDS =
  /this is an auto(?:mated|matic|matically[- ]generated)|(?:for )?this automatic (?:reply|response|message)|(?:ceci est |il s['’]agit d['’])une? (?:message|réponse|mail|e-?mail|courriel|accusé de réception) (?:automatique|généré)|ce(?:t|tte)? (?:message|mail|courriel|e-?mail|réponse) (?:est|a été) (?:généré|envoyé|adressé|transmis)e? automatiquement|dies(?:e|es)? (?:ist eine automatische|.{0,20}wurde automatisch)|est[aeo] es una? (?:mensaje|respuesta|correo) automátic|quest[oa] è una? (?:messaggio|risposta) automatic|dit is een automatisch|(?:veuillez|merci de) ne pas répondre à ce (?:message|mail|courriel)|do not reply to this (?:message|e-?mail)|(?:merci de|veuillez) (?:vous authentifier|confirmer votre (?:adresse|envoi))|only from senders I have approved|cli(?:ck|quez|quant) .{0,60}(?:verify|authentifi)/i;

/** The receipts and recalls of Outlook that come as a letter. */
const RECEIPT_SUBJECT =
  /^(?:lu|non lu|read|not read|gelesen|ungelesen|gelezen|le[ií]do|letto|rappel|recall|rückruf)\s?:/i;
const RECEIPT =
  /a été (?:lu|supprimé sans)|(?:was|has been) (?:read|deleted without)|wurde .{0,60}(?:gelesen|gelöscht)|ha sido le[ií]do|è stato letto|is gelezen|(?:souhaite|would like to|möchte) .{0,20}(?:rappeler|recall|zurückrufen)/i;

/** Addresses nobody reads, let alone writes from. */
const NOBODY =
  /^(?:no|do[-_.]?not|ne[-_.]?pas)[-_.]?(?:reply|respond|répondre|repondre)|^(?:noreply|nepasrepondre|noresponder)/i;

export interface AutomaticReply {
  mailClass: 'out_of_office' | 'automatic';
  confidence: number;
}

/** Whether a program wrote it (RFC 3834 and the habits older than it), and what kind it is; null when a person may have. */
export function automaticReply(mail: ReadMail, fresh: string): AutomaticReply | null {
  const byHeader = saysSoItself(mail);
  const bySubject = SUBJECT.test(mail.subject);
  const said = (fresh || mail.text).slice(0, 4000);
  if (!byHeader && !bySubject && !OWN_WORDS.test(said) && !isReceipt(mail)) return null;
  const isAbsence = ABSENCE.test(`${mail.subject}\n${said}`) || (bySubject && !TICKET.test(said));
  const confidence = byHeader ? (isAbsence ? 0.97 : 0.9) : 0.85;
  return { mailClass: isAbsence ? 'out_of_office' : 'automatic', confidence };
}

/** They name the message by its headers, which reads like the beginning of an older mail: the whole text is looked at. */
const isReceipt = ({ subject, text }: ReadMail): boolean =>
  RECEIPT_SUBJECT.test(subject) && RECEIPT.test(text.slice(0, 4000));

function saysSoItself(mail: ReadMail): boolean {
  const submitted = headerOf(mail, 'auto-submitted').trim().toLowerCase();
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (/^(?:auto[-_ ]?reply|bulk|junk)/i.test(headerOf(mail, 'precedence').trim())) return true;
  // Programs give no address to return to, lest two of them write to each other for ever.
  if (headerOf(mail, 'return-path').trim() === '<>') return true;
  if (isFromSystem(mail) || NOBODY.test(mail.from?.address ?? '')) return true;
  if (/^report domain: .*submitter: /i.test(mail.subject)) return true;
  return mail.headers.some(
    ({ key, value }) =>
      /^(?:x-auto-?reply|x-auto-?respond|x-autoreply-from|x-autogenerated|x-vacation)/.test(key) &&
      !/^no$/i.test(value.trim()),
  );
}
