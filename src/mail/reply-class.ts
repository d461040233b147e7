import type { HumanClass } from './mail-class.js';

/** What a person's answer looks like, and how sure that guess is (0–1). */
export interface SuggestedClass {
  mailClass: Exclude<HumanClass, 'unsubscribe'>;
  confidence: number;
}

interface Signs {
  mailClass: SuggestedClass['mailClass'];
  /** Alone enough for a good guess. */
  strong: RegExp;
  /** Points the same way. */
  weak: RegExp;
}

/*
 * Signs in French and English. A refusal is looked for before an interest: "pas intéressé" holds "intéressé".
 */
const SIGNS: readonly Signs[] = [
  {
    mailClass: 'not_interested',
    strong:
      /\b(?:not|aren't|isn't|no longer|nor) (?:\w+ ){0,2}(?:interested|relevant|a (?:good )?fit|looking|a priority|for us)\b|\bno,? thank(?:s| you)|\bno interest\b|(?:pas|plus|point|aucunement|nullement) (?:\S+ ){0,2}intéress|(?:pas|aucun) (?:de )?(?:besoin|intérêt)|sans intérêt|ne (?:nous |m['e] ?)?(?:correspond|concerne|convient|souhait\w+) pas|non,? merci|(?:ne|n') (?:donner\w*|donn\w+) pas suite|pas donner suite|décliner|(?:we|i)(?:'ll)? (?:will )?(?:have to )?(?:pass|decline)\b|not for us|pas pour nous|pas de (?:suite|projet)\b/i,
    weak: /\bhappy with (?:our|what|the)|\bno need\b|\bunfortunately\b|malheureusement|\bnégati(?:f|ve)\b|sommes (?:déjà )?satisfaits|désolée?\b|\bsorry\b/i,
  },
  {
    mailClass: 'wrong_person',
    strong:
      /\b(?:wrong|not the right|not the correct) (?:person|contact|one|address|department)|\bnot (?:my|our) (?:role|area|responsibility|department|scope|job)|\bi(?:'m| am) not (?:in charge|responsible|the (?:person|decision))|(?:pas|plus) (?:la bonne personne|le bon (?:interlocuteur|contact)|la (?:personne )?(?:concernée|compétente)|(?:en charge|responsable|décisionnaire)|de mon (?:ressort|domaine|périmètre))|mauvais(?:e)? (?:personne|contact|interlocuteur|adresse)|erreur de (?:destinataire|personne)|(?:no longer|don't|do not) work (?:at|for|with|there)|ne travaille plus|je ne m'occupe pas/i,
    weak: /\bleft the company|quitté (?:la|l'|cette) ?(?:société|entreprise)|autre (?:service|département)/i,
  },
  {
    mailClass: 'referral',
    strong:
      /\b(?:please |best |you (?:should|can|could|may) )?(?:contact|reach out to|speak (?:to|with)|talk (?:to|with)|write to|get in touch with) (?:my (?:colleague|boss|manager)|our |mr|mrs|ms|[A-Z][a-zà-ÿ]+(?: [A-Z]|,|\.| who| at| in))|(?:i(?:'ve| have)?|j'ai) (?:forwarded|cc'?d|copied|added|looped|transmis|transféré|mis en copie)|(?:je|nous) (?:transmets|transfère|fais suivre|mets? .{0,30}en copie)|(?:voyez|contactez|adressez[- ]vous|rapprochez[- ]vous|voir|contacter|prenez contact|vous adresser) (?:à |avec |de |plutôt |directement )*(?:mon|ma|mes|notre|nos|M\.|Mme|monsieur|madame|[A-Z][a-zà-ÿ]+ ?[A-Z])|(?:my colleague|mon collègue|ma collègue)\b.{0,60}\b(?:handles|is in charge|will|s'occupe|gère|est en charge|pourra)|(?:la (?:bonne )?personne|le bon (?:contact|interlocuteur)) (?:est|serait|à contacter)|the right person (?:is|would be|to)/,
    weak: /\ben copie\b|\bin (?:cc|copy)\b|\bcc'?d?\b|\bcollègue|\bcolleague|s'occupe de|in charge of/i,
  },
  {
    mailClass: 'later',
    strong:
      /\b(?:not (?:right )?now|not at (?:the|this) (?:moment|time)|get back to (?:me|us) (?:in|after|next)|(?:contact|call|write|ping|reach out to|try) (?:me |us )?(?:again |back )?(?:in|after|next|later|early) (?:\w+ )?(?:q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|year|month|week|quarter|spring|summer|autumn|fall|winter|\d)|(?:next (?:year|quarter|month)|in (?:q[1-4]|\d+ (?:months|weeks))|later (?:this|in) (?:the )?year|circle back|bad timing|timing (?:is|isn't)))|(?:pas (?:pour (?:l'instant|le moment)|le (?:bon )?moment|maintenant|d'actualité|dans l'immédiat|à l'ordre du jour)|(?:re)?(?:contact|appel|rappel|relanc)\w*[- ](?:moi|nous)? ?(?:en|à|au|dans|plus tard|après|d'ici|courant|début|fin|la rentrée)|(?:revenez|reviens|revenir|reviendrai|rediscut\w+|recontact\w+|relanc\w+|rappel\w+|reparl\w+)\b.{0,40}\b(?:en|dans|à la|après|courant|début|fin|plus tard|ultérieurement|vers|au|l'année|rentrée)\b|(?:l'année|le mois|le trimestre) prochaine?|plus tard (?:dans|cette)|à la rentrée|dans (?:quelques|\d+|deux|trois|six) (?:mois|semaines))/i,
    weak: /\blater\b|plus tard|\bbudget\b.{0,40}(?:next|prochain)|\bfor now\b|pour le moment|pour l'instant|busy|débordée?/i,
  },
  {
    mailClass: 'interested',
    strong:
      /\b(?:i(?:'m| am)|we(?:'re| are)|would be|very|yes,?|quite|definitely) (?:\w+ )?(?:interested|keen)|\b(?:let's|happy to|glad to|would love to|love to|can we|could we|shall we|i can) (?:\w+ )?(?:talk|chat|meet|schedule|discuss|set up|have a call|connect|hop on|book)|\b(?:sounds|looks) (?:good|great|interesting)|\btell me more\b|\bsend (?:me|us|over) (?:more|some|your|the|a|details|information|pricing)|\b(?:when|what time|which day) .{0,30}(?:available|suits?|works?)\b|\b(?:i'm|i am|we are) (?:available|free)\b|(?:je (?:suis|serais)|nous (?:sommes|serions)|ça|cela|effectivement|oui,?|très|assez) (?:\S+ ){0,2}intéress|m'intéresse|nous intéresse|(?:avec (?:grand )?plaisir|volontiers|pourquoi pas|bonne idée)|(?:je suis|nous sommes|serai[s]?|suis) (?:disponible|dispo|libre|preneu[rs]e?)|(?:(?:appel|rappel|contact)ez[- ](?:moi|nous)|on peut (?:s'appeler|se voir|en (?:parler|discuter))|(?:convenons|convenir|fixer|fixons|planifi\w+|calons|caler) (?:d'un|un|ensemble|d'une|une))|(?:pouvez|pourriez|peux)[- ](?:vous|tu) (?:m'en |nous en |m'|me |nous )?(?:dire plus|envoyer|préciser|présenter|transmettre|proposer)|en savoir (?:un peu )?plus|vos (?:tarifs|disponibilités|créneaux|références)|(?:combien|quel) (?:cela |ça )?(?:coûte|est (?:le|votre) (?:prix|tarif))/i,
    weak: /\binterest(?:ed|ing)\b|intéress|\bcall\b|\bappel\b|\bprice|\bpricing\b|\btarif|\bdemo\b|\bdémo\b|\brendez-vous\b|\brdv\b|\bmeeting\b|\bd'accord\b|\bok pour\b|\bbrochure\b|\bplaquette\b|\?|\b(?:mon (?:numéro|portable)|my (?:number|mobile|phone))/i,
  },
  {
    mailClass: 'objection',
    strong:
      /\b(?:already (?:have|work|use|using|got|working|equipped)|we (?:use|work with) |too expensive|no budget|in[- ]house|not (?:the )?budget|how did you get (?:my|our)|where did you (?:get|find)|under contract|have a (?:provider|supplier|partner|contract))|(?:(?:avons|ai|travaillons|sommes|utilisons) déjà|déjà (?:équipés?|un (?:prestataire|partenaire|fournisseur|outil)|accompagnés?|en place)|trop cher|pas (?:de|le) budget|budgets? (?:gelé|bloqué|épuisé|restreint)s?|en interne|(?:d'où|comment) (?:avez[- ]vous|tenez[- ]vous|vient).{0,30}(?:adresse|coordonnées|mail|contact)|sous contrat|un (?:prestataire|fournisseur|partenaire) (?:actuel|historique))/i,
    weak: /\bbut\b|\bmais\b|\bhowever\b|\bcependant\b|\bconcern|\bcontract\b|\bcontrat\b|\bcompetitor|\bconcurrent/i,
  },
];

/**
 * The suggested class of an answer. Confidence is low on purpose: one clear sign 0.8, signs of two kinds at most 0.55,
 * a weak sign 0.45, none at all 0.2 — and below the threshold a person decides.
 */
export function suggestClass(fresh: string): SuggestedClass {
  const text = fresh.replace(/’/g, "'").slice(0, 4000);
  const strong = SIGNS.filter((signs) => signs.strong.test(text));
  const weak = SIGNS.filter((signs) => signs.weak.test(text));
  const first = strong[0] ?? weak[0];
  if (first === undefined) return { mailClass: 'interested', confidence: 0.2 };
  if (strong.length === 0) return { mailClass: first.mailClass, confidence: weak.length === 1 ? 0.45 : 0.35 };
  const rivals = strong.filter(({ mailClass }) => !agree(first.mailClass, mailClass));
  const base = rivals.length > 1 ? 0.55 : 0.8;
  const seconded = weak.includes(first) ? 0.08 : 0;
  const rambling = text.length > 1200 ? 0.15 : 0;
  return { mailClass: first.mailClass, confidence: round(base + seconded - rambling) };
}

/** Classes that are often said in one breath: "not now, call me in May" is later, not two opinions. */
function agree(one: HumanClass, other: HumanClass): boolean {
  const pairs = [
    'later interested',
    'referral wrong_person',
    'wrong_person referral',
    'not_interested objection',
    'referral interested',
  ];
  return one === other || pairs.includes(`${one} ${other}`);
}

const round = (share: number): number => Math.round(share * 100) / 100;
