/** How automatic replies say that somebody works there no more, in the languages of our prospects. */
const PHRASES = [
  // French
  /\b(?:ne (?:fait|fais) plus partie|n[’']?est plus (?:en poste|dans l[’']entreprise|chez|salari|collaborat)|a quitté (?:la société|l[’']entreprise|ses fonctions|le groupe|notre)|(?:j[’']ai|ai) quitté (?:la société|l[’']entreprise|mes fonctions|le groupe)|ne travaille plus (?:chez|pour|dans|au sein))/i,
  // English
  /\b(?:no longer (?:works?|working|employed|with (?:us|the company)|at (?:the company|this company))|(?:has|have) left (?:the (?:company|organi[sz]ation|firm|business|group)|our (?:company|team))|is no longer (?:with|at|employed|part of))/i,
  // German
  /\b(?:nicht mehr (?:im unternehmen|bei uns|für (?:das unternehmen|uns)|in unserem (?:haus|unternehmen))|(?:hat|habe) (?:das|unser) unternehmen verlassen|aus dem unternehmen ausgeschieden)/i,
  // Spanish
  /\b(?:ya no (?:trabaja|trabajo|forma parte|formo parte)|ha dejado (?:la empresa|la compañía))/i,
  // Italian
  /\b(?:non (?:lavora|lavoro|fa|faccio) più (?:in|per|presso|parte)|ha lasciato (?:l[’']azienda|la società))/i,
  // Dutch
  /\b(?:niet (?:meer|langer) (?:werkzaam|in dienst)|werkt niet meer|heeft (?:het bedrijf|onze organisatie) verlaten)/i,
];

/** Whether an automatic reply says that the person has left, rather than that they are away. */
export function saysHasLeft(words: string): boolean {
  const text = words.replace(/[’‘´`]/g, '’').replace(/\s+/g, ' ');
  return PHRASES.some((phrase) => phrase.test(text));
}
