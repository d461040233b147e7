import type { HumanClass } from './mail-class.js';

/** How people put one kind of answer. */
export interface Signs {
  mailClass: Exclude<HumanClass, 'unsubscribe'>;
  /** Alone enough for a good guess, by language. */
  strong: readonly RegExp[];
  /** Points the same way. */
  weak: RegExp;
}

/*
 * A refusal is looked for before an interest: "pas intéressé" holds "intéressé".
 */
export const SIGNS: readonly Signs[] = [
  {
    mailClass: 'not_interested',
    strong: [
      // French and English
      /\b(?:not|aren't|isn't|no longer|nor) (?:\w+ ){0,2}(?:interested|relevant|a (?:good )?fit|looking|a priority|for us)\b|\bno,? thank(?:s| you)|\bno interest\b|(?:pas|plus|point|aucunement|nullement) (?:\S+ ){0,2}intéress|(?:pas|aucun) (?:de )?(?:besoin|intérêt)|sans intérêt|ne (?:nous |m['e] ?)?(?:correspond|concerne|convient|souhait\w+) pas|non,? merci|(?:ne|n') (?:donner\w*|donn\w+) pas suite|pas donner suite|décliner|(?:we|i)(?:'ll)? (?:will )?(?:have to )?(?:pass|decline)\b|not for us|pas pour nous|pas de (?:suite|projet)\b/i,
      // French
      /(?:ne |n')?(?:m'|nous |me )interess\w+ (?:pas|plus|aucunement)|(?:ne |n')(?:m'|nous |me )?intéress\w+ (?:pas|plus)|pas (?:dans )?(?:notre|une|nos) priorités?|hors sujet|passe(?:r|rons)? (?:notre|mon) tour|sans façon|pas ce besoin|bien équipés|pas (?:de|ce) (?:besoin|projet)|pas concernés?\b/i,
      // English
      /\b(?:pass on (?:this|it)|we(?:'re| are) (?:good|all set)|not something we|not for (?:me|us)|isn't (?:relevant|for)|thanks but no|not in the market|(?:don't|do not) think (?:this|it)(?:'s| is)? (?:\w+ )?for (?:us|me)|no need for)\b/i,
      // German
      /\bkein(?:en|e)? (?:interesse|bedarf)|nein,? danke|interessiert (?:uns|mich) nicht|nicht interessiert/i,
      // Spanish
      /\bno (?:estamos|estoy) interesad|no (?:nos|me) interesa|no,? gracias|gracias,? pero no/i,
      // Italian
      /\bnon (?:siamo|sono) interessat|non (?:ci|mi) interessa|no,? grazie/i,
      // Dutch
      /\bgeen (?:interesse|behoefte)|niet ge[iï]nteresseerd|nee,? (?:dank|bedankt)/i,
    ],
    weak: /\bhappy with (?:our|what|the)|\bno need\b|\bunfortunately\b|malheureusement|\bnégati(?:f|ve)\b|sommes (?:déjà )?satisfaits|désolée?\b|\bsorry\b/i,
  },
  {
    mailClass: 'wrong_person',
    strong: [
      // French and English
      /\b(?:wrong|not the right|not the correct) (?:person|contact|one|address|department)|\bnot (?:my|our) (?:role|area|responsibility|department|scope|job)|\bi(?:'m| am) not (?:in charge|responsible|the (?:person|decision))|(?:pas|plus) (?:la bonne personne|le bon (?:interlocuteur|contact)|la (?:personne )?(?:concernée|compétente)|(?:en charge|responsable|décisionnaire)|de mon (?:ressort|domaine|périmètre))|mauvais(?:e)? (?:personne|contact|interlocuteur|adresse)|erreur de (?:destinataire|personne)|(?:no longer|don't|do not) work (?:at|for|with|there)|ne travaille plus|je ne m'occupe pas/i,
      // French
      /faites erreur|trompez de (?:personne|destinataire|contact)|pas moi qui|(?:à|en) (?:la )?retraite|n'ai pas la main|ne décide pas|je suis stagiaire|pas concernée? par/i,
      // English
      /\b(?:don't|do not) (?:handle|deal with|manage) (?:this|that|these)|wrong e-?mail|not my (?:area|remit)|i(?:'ve| have)? retired|no longer work\b/i,
      // German
      /nicht (?:dafür )?zuständig|(?:den|die) falschen?\b|nicht der richtige ansprechpartner/i,
      // Spanish
      /no soy (?:la persona|el responsable|quien)/i,
      // Italian
      /non sono (?:la persona|io il|il responsabile|il referente)/i,
      // Dutch
      /niet de (?:juiste|goede) (?:persoon|contactpersoon)/i,
    ],
    weak: /\bleft the company|quitté (?:la|l'|cette) ?(?:société|entreprise)|autre (?:service|département)/i,
  },
  {
    mailClass: 'referral',
    strong: [
      // French and English
      /\b(?:please |best |you (?:should|can|could|may) )?(?:contact|reach out to|speak (?:to|with)|talk (?:to|with)|write to|get in touch with) (?:my (?:colleague|boss|manager)|our |mr|mrs|ms|[A-Z][a-zà-ÿ]+(?: [A-Z]|,|\.| who| at| in))|(?:i(?:'ve| have)?|j'ai) (?:forwarded|cc'?d|copied|added|looped|transmis|transféré|mis en copie)|(?:je|nous) (?:transmets|transfère|fais suivre|mets? .{0,30}en copie)|(?:voyez|contactez|adressez[- ]vous|rapprochez[- ]vous|voir|contacter|prenez contact|vous adresser) (?:à |avec |de |plutôt |directement )*(?:mon|ma|mes|notre|nos|M\.|Mme|monsieur|madame|[A-Z][a-zà-ÿ]+ ?[A-Z])|(?:my colleague|mon collègue|ma collègue)\b.{0,60}\b(?:handles|is in charge|will|s'occupe|gère|est en charge|pourra)|(?:la (?:bonne )?personne|le bon (?:contact|interlocuteur)) (?:est|serait|à contacter)|the right person (?:is|would be|to)/,
      // French
      /(?:[Vv]oyez|[Vv]oir (?:ça |cela |ceci )?|[Cc]ontactez|[Aa]dressez-vous) ?(?:directement |plutôt )?(?:avec |à |au |auprès de )?(?:M\.|Mme|Mr|mon|ma|mes|notre|nos|le service|la direction|[A-ZÉ][a-zà-ÿ]+ [A-ZÉ])|(?:vous oriente|vous renvoie) vers|(?:collègue|c'est) [A-ZÉ][a-zà-ÿ]+ qui|personne à contacter|le mets en copie|la mets en copie/,
      // English
      /\b(?:forwarded|passed) (?:your|this|it)\b.{0,40}\b(?:to|on)\b|(?:[Ss]peak|[Tt]alk) (?:to|with) (?:our|[A-Z][a-z]+)|[Aa]dding [A-Z][a-z]+ |(?:looping|copying|bringing) in\b|cc'd\b|handles this\b/,
      // German
      /wenden sie sich (?:bitte )?an|ansprechpartner(?:in)? ist|leite .{0,30} weiter/i,
      // Spanish
      /contacte con|(?:hable|póngase en contacto) con|reenv[ií]o .{0,30} a mi compañer/i,
      // Italian
      /si rivolga|contatti (?:il|la) (?:mio|mia|nostr)|inoltro .{0,30} al? (?:mio|collega)/i,
      // Dutch
      /neem contact op met|mijn collega\b|stuur .{0,30} door (?:naar|aan)/i,
    ],
    weak: /\ben copie\b|\bin (?:cc|copy)\b|\bcc'?d?\b|\bcollègue|\bcolleague|s'occupe de|in charge of/i,
  },
  {
    mailClass: 'later',
    strong: [
      // French and English
      /\b(?:not (?:right )?now|not at (?:the|this) (?:moment|time)|get back to (?:me|us) (?:in|after|next)|(?:contact|call|write|ping|reach out to|try) (?:me |us )?(?:again |back )?(?:in|after|next|later|early) (?:\w+ )?(?:q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|year|month|quarter|spring|summer|autumn|fall|winter|\d)|(?:next (?:year|quarter|month)|in (?:q[1-4]|\d+ (?:months|weeks))|later (?:this|in) (?:the )?year|circle back|bad timing|timing (?:is|isn't)))|(?:pas (?:pour (?:l'instant|le moment)|le (?:bon )?moment|maintenant|d'actualité|dans l'immédiat|à l'ordre du jour)|(?:re)?(?:contact|appel|rappel|relanc)\w*[- ](?:moi|nous)? ?(?:en|à|au(?! ?0\d)|dans|plus tard|après|d'ici|courant|début|fin|la rentrée)|(?:revenez|reviens|revenir|reviendrai|rediscut\w+|recontact\w+|relanc\w+|rappel\w+|reparl\w+)\b.{0,40}\b(?:en|dans|à la|après|courant|début|fin|plus tard|ultérieurement|vers|au|l'année|rentrée)\b|(?:l'année|le mois|le trimestre) prochaine?|plus tard (?:dans|cette)|à la rentrée|dans (?:quelques|\d+|deux|trois|six) (?:mois|semaines))/i,
      // French
      /\b(?:après|à) (?:les vacances|l'été|la rentrée)|à revoir (?:en|dans|plus tard|à)|voyons (?:ça|cela) en|(?:pas|rien) avant|on en reparle|budget (?:est )?bouclé/i,
      // English
      /\bnot before (?:next|\w+day|\w+ \d|[a-z]+)|after (?:the )?summer|maybe (?:later|next)|too busy|in the new year|check back|ping me in\b/i,
      // German
      /(?:derzeit|momentan|im moment|aktuell) nicht|(?:nächstes|kommendes) (?:jahr|quartal)|im (?:herbst|frühjahr|sommer) (?:noch ?einmal|wieder)/i,
      // Spanish
      /ahora no|más adelante|el (?:próximo )?año que viene|contácteme en/i,
      // Italian
      /al momento no|pi[uù] avanti|risentiamoci|l'anno prossimo/i,
      // Dutch
      /\bnu niet|volgend (?:jaar|kwartaal)|later (?:dit|nog)/i,
    ],
    weak: /\blater\b|plus tard|\bbudget\b.{0,40}(?:next|prochain)|\bfor now\b|pour le moment|pour l'instant|busy|débordée?/i,
  },
  {
    mailClass: 'interested',
    strong: [
      // French and English
      /\b(?:i(?:'m| am)|we(?:'re| are)|would be|very|yes,?|quite|definitely) (?:\w+ )?(?:interested|keen)|\b(?:let's|happy to|glad to|would love to|love to|can we|could we|shall we|i can) (?:\w+ )?(?:talk|chat|meet|schedule|discuss|set up|have a call|connect|hop on|book)|\b(?:sounds|looks) (?:good|great|interesting)|\btell me more\b|\bsend (?:me|us|over) (?:more|some|your|the|a|details|information|pricing)|\b(?:when|what time|which day) .{0,30}(?:available|suits?|works?)\b|\b(?:i'm|i am|we are) (?:available|free)\b|(?:je (?:suis|serais)|nous (?:sommes|serions)|ça|cela|effectivement|oui,?|très|assez) (?:\S+ ){0,2}intéress|m'intéresse|nous intéresse|(?:avec (?:grand )?plaisir|volontiers|pourquoi pas|bonne idée)|(?:je suis|nous sommes|serai[s]?|suis) (?:disponible|dispo|libre|preneu[rs]e?)|(?:(?:appel|rappel|contact)ez[- ](?:moi|nous)|on peut (?:s'appeler|se voir|en (?:parler|discuter))|(?:convenons|convenir|fixer|fixons|planifi\w+|calons|caler) (?:d'un|un|ensemble|d'une|une))|(?:pouvez|pourriez|peux)[- ](?:vous|tu) (?:m'en |nous en |m'|me |nous )?(?:dire plus|envoyer|préciser|présenter|transmettre|proposer)|en savoir (?:un peu )?plus|vos (?:tarifs|disponibilités|créneaux|références)|(?:combien|quel) (?:cela |ça )?(?:coûte|est (?:le|votre) (?:prix|tarif))/i,
      // French
      /(?:ne suis |suis )?pas contre|ne dis(?:ons)? pas non|tomb(?:e|ez) (?:très )?bien|(?:cherchons|cherche|recherchons) (?:justement|actuellement)|(?:pouvez|peux)[- ](?:vous )?(?:m'appeler|me joindre)|vous pouvez m(?:'appeler|e joindre)|(?:ok|d'accord|oui) (?:pour|jeudi|lundi|mardi|mercredi|vendredi)|carrément|envoyez[- ]moi|on se cale|dites[- ](?:m'en|moi)|(?:veux bien|curieu(?:x|se))\b|intéressant\b/i,
      // English
      /\byes,? please|\bopen to (?:a|this|chat)|\babsolutely\b|let's do it|why not\b|could you (?:share|send)|my calendar link|what does it cost|(?:quick|short) call\b|not uninterest|\bcall me\b/i,
      // German
      /\bgerne\b|klingt (?:gut|interessant)|(?:haben|habe|hätte) interesse|rufen sie mich an|mehr (?:infos|informationen)|wann passt/i,
      // Spanish
      /\b(?:me|nos) interesa|podemos hablar|me gustaría|cuándo (?:podemos|puede)/i,
      // Italian
      /\b(?:sono|siamo) interessat|possiamo sentirci|mi piacerebbe|volentieri/i,
      // Dutch
      /\b(?:klinkt (?:goed|interessant)|interessant|bel me|wanneer kunnen we)/i,
    ],
    weak: /\binterest(?:ed|ing)\b|intéress|\bcall\b|\bappel\b|\bprice|\bpricing\b|\btarif|\bdemo\b|\bdémo\b|\brendez-vous\b|\brdv\b|\bmeeting\b|\bd'accord\b|\bok pour\b|\bbrochure\b|\bplaquette\b|\?|\b(?:mon (?:numéro|portable)|my (?:number|mobile|phone))/i,
  },
  {
    mailClass: 'objection',
    strong: [
      // French and English
      /\b(?:already (?:have|work|use|using|got|working|equipped)|we (?:use|work with) |too expensive|no budget|in[- ]house|not (?:the )?budget|how did you get (?:my|our)|where did you (?:get|find)|under contract|have a (?:provider|supplier|partner|contract))|(?:(?:avons|ai|travaillons|sommes|utilisons) déjà|déjà (?:équipés?|un (?:prestataire|partenaire|fournisseur|outil)|accompagnés?|en place)|trop cher|pas (?:de|le) budget|budgets? (?:gelé|bloqué|épuisé|restreint)s?|en interne|(?:d'où|comment) (?:avez[- ]vous|tenez[- ]vous|vient).{0,30}(?:adresse|coordonnées|mail|contact)|sous contrat|un (?:prestataire|fournisseur|partenaire) (?:actuel|historique))/i,
      // French
      /où avez[- ]vous (?:eu|trouvé|obtenu)|hors budget|déjà (?:ce qu'il (?:nous )?faut|un)|(?:travaille|travaillons|bosse|bossons) déjà/i,
      // English
      /\b(?:we have (?:a|our own)|built our own|get my (?:details|e-?mail|address))/i,
      // German
      /haben (?:wir )?(?:bereits|schon)|zu teuer|kein budget|woher haben sie/i,
      // Spanish
      /ya (?:tenemos|trabajamos)|demasiado caro/i,
      // Italian
      /abbiamo già|troppo caro|nessun budget/i,
      // Dutch
      /hebben (?:we |wij )?al een|te duur|geen budget/i,
    ],
    weak: /\bbut\b|\bmais\b|\bhowever\b|\bcependant\b|\bconcern|\bcontract\b|\bcontrat\b|\bcompetitor|\bconcurrent/i,
  },
];

/** A refusal in its form, an interest in its sense. */
export const REASSURING =
  /(?:suis|serais|sommes) pas contre|dis(?:ons)? pas non|why (?:would|wouldn't) (?:i|we) (?:not )?be interested|not uninterest\w+|pas inintéress\w+/gi;

/** The whole answer is one word. */
export const PLAIN: readonly [RegExp, Signs['mailClass']][] = [
  [/^\W*(?:non|no|nope|nein|nee)\W*$/i, 'not_interested'],
  [/^\W*(?:oui|yes|yep|sure|ja|s[ií]|sì|ok|okay|d'accord)\W*$/i, 'interested'],
];
