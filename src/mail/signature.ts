const CLOSING =
  /^\s*(?:(?:bien |très |sincèrement |meilleures? |best |kind |warm |many )?(?:cordialement|cdlt|cdt|salutations|regards|wishes|sincerely|amicalement|respectueusement|à vous|yours|cheers)|mit freundlichen grüßen|viele grüße|saludos|un saludo|cordiali saluti|met vriendelijke groet|sincères salutations|bonne (?:journée|réception|continuation|soirée)|merci(?: d'avance)?|thanks|thank you|thx)[\s,.!]*$/i;
const DISCLAIMER =
  /^\s*(?:this (?:e-?mail|message)(?: and any| is| may| contains)|ce (?:message|courriel|mail|e-mail)(?: et| est| peut| contient)|confidential|avis de confidentialité|disclaimer|pensez à l['’]environnement|please consider the environment|les informations contenues)/i;

/** The message alone, for judging words: the name, title and legal lines below "Cordialement" say nothing about the answer. */
export function withoutSignature(fresh: string): string {
  const lines = fresh.split('\n');
  const closing = lines.findIndex(
    (line, i) => CLOSING.test(line) && (i > 0 || !/merci|thank|thx/i.test(line)),
  );
  const disclaimer = lines.findIndex((line) => DISCLAIMER.test(line));
  const ends = [closing, disclaimer].filter((at) => at > 0);
  return (ends.length === 0 ? lines : lines.slice(0, Math.min(...ends))).join('\n').trim();
}
