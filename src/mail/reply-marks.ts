/*
 * How mail programs announce that what follows is older: a line of who wrote when, a banner, a block of headers, a
 * signature of the device. By language, since everyone has their own.
 */

/** [what it begins with, what it ends with] of "On … wrote:". */
const ATTRIBUTIONS: [RegExp, RegExp][] = [
  [/On/, /wrote|writes|said/],
  [
    /Le|Du|Am|El|Il|Em|Op|Den|W dniu|Dne|Dnia|Pe|La|A/,
    /a (?:é|e)crit|(?:é|e)crivait|ha scritto|escribi(?:ó|o)|escreveu|napisa(?:ł|l)(?:\(a\)|a)?|napsal(?:\(a\)|a)?|a scris|ezt (?:í|i)rta/,
  ],
  [
    /(?:Il giorno|Op|El|Em|Den|Vào|Vào lúc)/,
    /ha scritto|heeft .{0,80}geschreven|het volgende geschreven|escribi(?:ó|o)|escreveu|skrev følgende|đã viết/,
  ],
  [/Am|Op|Den|På/, /schrieb|schreef|skrev/],
  [/在/, /写道|寫道/],
  [/于/, /写道|寫道/],
  [/\d{4}年/, /写道|寫道|のメール|(?:書き|かき)ました|:/],
];

const OPEN = String.raw`^[> \t]*`;
const CLOSE = String.raw`[ \t]*[:：]?[ \t]*$`;
/** Germanic languages name the writer behind the verb: "Am 3. Mai schrieb Max <max@…>:". */
const TAIL = String.raw`(?:[^]{0,160}?)`;

/** "On 3 May 2027, at 10:00, Jean <jean@…> wrote:", over as many as eight lines. */
export const ATTRIBUTION_LINES: readonly RegExp[] = [
  ...ATTRIBUTIONS.map(([begin, end]) => {
    // A long line breaks anywhere, between "a" and "écrit" as well.
    const [from, to] = [begin.source, end.source.replaceAll(' ', String.raw`[> \t]*\s[> \t]*`)];
    const between = String.raw`(?:(?!^[> \t]*(?:${from})\b|\b(?:${to}))[^]){4,400}?`;
    const edge = /^[\w(]/.test(from) && !/[在于\\]/.test(from) ? String.raw`\b` : '';
    const tail = /schrieb|skrev/.test(to) ? TAIL : String.raw`\s*`;
    return new RegExp(String.raw`${OPEN}(?:${from})${edge}${between}(?:${to})${tail}[:：][ \t]*$`, 'gmu');
  }),
  // Who first: "Max <max@…> schrieb am Fr., 28. Apr. 2017 um 11:53 Uhr:", "Jean <jean@…> a écrit :".
  /^[> \t]*[^\n<>:]{0,80}<[^<>\n]+@[^<>\n]+>[ \n](?:schrieb|wrote|writes|a écrit|escribió|ha scritto|schreef|escreveu|skrev|написал|napisał|kirjoitti|пишет|于)[^]{0,80}?[:：][ \t]*$/gmu,
  // A date, a name and an address, then a colon: whatever the language.
  /^[> \t]*[^\n<>]{0,80}\d[^\n<>]{0,80}<[^<>\n]+@[^<>\n]+>[ \t]*[:：][ \t]*$/gmu,
  // Yahoo on a telephone begins the old message on the same line.
  /^[> \t]*(?:On|Le|Am|El|Il|Op) [^\n<>]{6,120}<[^<>\n]+@[^<>\n]+> ?(?:wrote|a écrit ?|escribió|ha scritto)(?: ?):(?=[ \t]+\S)/gmu,
  // A date and a name: "2016-03-03 17:21 GMT+01:00 Some One", "2013/7/20 sam <sam@…>", Russian "12 мая 2016 г., … написал:".
  /^[> \t]*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?(?: (?:GMT|UTC)\S*)?,? [^\n]{2,80}(?:<[^<>\n]+@[^<>\n]+>)?[ :：]*$/gmu,
  /^[> \t]*[^\n]{0,40}\d{4}[^\n]{0,100}(?:написал(?:\(а\))?|пишет|kirjoitti|yazdı|작성|napisał\(a\)|írta)[ \t]*:[ \t]*$/gmu,
];

/** "-----Original Message-----" and its like, on a line of its own. */
export const BANNER = new RegExp(
  OPEN +
    String.raw`(?:[-_*=]{2,}\s*)?(?:(?:original|forwarded|reply) (?:message|mail)|message (?:d['’]origine|original|transféré|réexpédié|initial)|(?:courriel|mail|e-mail) original|ursprüngliche (?:nachricht|mail)|original ?nachricht|weitergeleitete nachricht|mensaje (?:original|reenviado)|messaggio (?:originale|inoltrato)|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|oprindelig (?:meddelelse|besked)|ursprungligt meddelande|opprinnelig melding|původní zpráva|wiadomość oryginalna|исходное сообщение|原始邮件|転送メッセージ|begin forwarded message|début du message (?:transféré|réexpédié)|anfang der weitergeleiteten nachricht|inizio messaggio inoltrato|original appointment)` +
    String.raw`(?:\s*[-_*=]{2,})?` +
    CLOSE,
  'iu',
);
/** "---- On Mon, … wrote ----" (Zoho). */
export const DASHED_BANNER = /^\s*-{2,}\s*(?:on|le|am|el|il)\b.{5,150}\s*-{2,}\s*$/iu;

/** One line of a block of headers: "De :", "*From:*", "Envoyé :", "Gesendet:" … */
export const HEADER_LINE =
  /^[>\s]*\*{0,2}(?:from|to|cc|bcc|sent|date|subject|reply-to|sent at|de|à|a|envoyé(?: le)?|envoye|date|objet|sujet|cc|répondre à|von|an|gesendet|datum|betreff|kopie|para|enviad[oa](?: el| em)?|fecha|asunto|assunto|importance|priorité|pour|copie à|da|inviato|data|oggetto|van|aan|verzonden|onderwerp|från|till|skickat|ämne|fra|til|sendt|emne|od|do|wysłano|temat|komu|předmět|datum|от|кому|дата|тема|发件人|收件人|发送时间|主题|差出人|宛先|送信日時|送信者|件名|寄件者|收件者|主旨|보낸 사람|보낸 날짜|받는 사람|제목|lähettäjä|lähetetty|vastaanottaja|aihe|feladó|címzett|tárgy|küldve|kimden|kime|tarih|konu|gönderilen|de la|către|subiect|trimis)\s?:\*{0,2}\s*\S/iu;

/** The whole block of headers on one line, as HTML without line breaks leaves it. */
export const HEADERS_IN_A_LINE =
  /^[>\s]*(?:from|de|von|da|van)\s?:.{3,150}\s(?:sent|envoyé|gesendet|enviado|inviato|verzonden|date)\s?:.{3,300}\s(?:subject|objet|betreff|asunto|oggetto|onderwerp)\s?:/iu;

/** What the device signs. */
export const DEVICE_SIGNATURE =
  /^[>\s]*(?:sent (?:from|via|with|by) (?:my |the |a )?\S|get outlook for|envoyé (?:de(?:puis)?|à partir de|avec|via|par) |obtenez outlook|obtenir outlook|télécharge[rz] outlook|provenance\s*:|von (?:meine|outlook)\S* .{0,40}gesendet|gesendet (?:von|mit|aus)|diese nachricht wurde von|enviado (?:desde|con|do|da|via|pelo)|inviato d(?:a|al) |verzonden (?:vanaf|met|via|vanuit)|verstuurd vanaf|skickat från|sendt fra|lähetetty|wysłane z|odesláno z|отправлено (?:из|с)|发自|從我的|iphoneから送信|\(?sent from|typed (?:on|with)|composed (?:on|with)|mobile ?:? ?typ)/iu;

/** Names a device or a program: no sentence of a person ("Sent by post on Monday."). */
export const DEVICE_NAME =
  /(?<!\p{L})(?:m(?:y|on|a|i|io|in|ijn|eu|ój)|meine\w*|iphone|ipad|ios|android|galaxy|samsung|huawei|xiaomi|outlook|yahoo|gmail|proton|e?mail|blackberry|windows|surface|smartphone|mobile|telefon\w*|app)(?!\p{L})/iu;

/** A line that parts what is written from what the program adds. ᐧ is what a mail tracker leaves. */
export const DELIMITER = /^\s*(?:([-_=~#*+–—])(?:\s?\1)+|ᐧ+|-- )\s*$/u;

export const QUOTED = /^\s*[>|]/u;
