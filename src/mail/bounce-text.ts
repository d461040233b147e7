import { addressIn, type ReportedRecipient } from './delivery-report.js';
import { kindOfWords, replyCodeIn, stageIn, statusIn } from './judge-refusal.js';
import { ARRIVED, GAVE_UP, STILL_TRYING } from './report-marks.js';

/*
 * Bounces without structure: qmail, Exchange, Notes, exim and their like write a letter. What counts in it stands before
 * the copy of the message, and in it the lines that quote the other server.
 */

/** Where the copy of the message begins. */
const COPY =
  /^[ \t>*=_|-]*(?:(?:below this line|this) is a copy of (?:the|your) (?:message|mail)|(?:the )?original (?:message|mail)(?: (?:follows|as follows|info|text|headers?|is|below|body)\b|[ \t]*[-:=.*_]*[ \t]*$)|(?:text of|copy of|returned|undelivered|unsent|start of|begin(?:ning)? of)(?: the)?(?: original| returned| your)? (?:message|mail)(?: (?:follows|headers?|below)\b|[ \t]*[-:=.*_]*[ \t]*$)|original message (?:follows|headers)|message (?:headers?|contents?|header) follows?|header of (?:the )?original|the following is a copy|forwarded message|----- ?unsent message follows|received message follows|your (?:original )?message (?:follows|reads|began|is (?:below|appended))|included is a copy|copie du message|message d'origine|en-tête du message|ursprüngliche nachricht|mensaje original)/im;

/** The first lines of a copied message, where nothing announces it. */
const HEAD = /^(?:Received: (?:from|by) |Return-Path: ?<|Message-I[dD]: ?<|DKIM-Signature: )/m;

/** The report itself, without the copy of the message behind it. */
export function withoutCopy(text: string): string {
  const ends = [COPY, HEAD].map((mark) => text.search(mark)).filter((at) => at > 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

/** Lines in which another server speaks, or which read like its answer. */
const QUOTE =
  /(?:remote (?:host|server|smtp).{0,40}(?:said|respon|return|reject)|said:|respon(?:se|ded)|(?:^|[\s:<"'([])[45]\d\d[ \-:]|[45]\.\d{1,3}\.\d{1,3}|<<<|error|reason|diagnos|cause|failed|because)/i;

/** What the letter says of whom; nobody named gives one recipient without an address. */
export function recipientsInLetter(report: string, ours: ReadonlySet<string>): ReportedRecipient[] {
  const words = tellingWords(report);
  const status = statusIn(words) ?? statusIn(report);
  const addresses = [...new Set(addressesNamed(report))].filter((address) => !ours.has(address));
  const named = addresses.length > 0 ? addresses.slice(0, 20) : [null];
  return named.map((address) => {
    const own = address === null || GROUP.test(report) ? '' : wordsAbout(report, address);
    return {
      address,
      status: statusIn(own) ?? status,
      action: actionIn(report),
      diagnostic: isTelling(own) ? own : words,
      stage: stageIn(own || words),
    };
  });
}

/** What became of the message. */
function actionIn(report: string): ReportedRecipient['action'] {
  if (ARRIVED.test(report)) return 'relayed';
  return STILL_TRYING.test(report) && !GAVE_UP.test(report) ? 'delayed' : 'failed';
}

/** The lines that quote a server; where none of them tells why, the whole letter. */
function tellingWords(report: string): string {
  const words = GROUP.test(report) ? '' : quotedWords(report);
  return isTelling(words) ? words : report.slice(0, 3000);
}

const isTelling = (words: string): boolean =>
  words.length > 8 && (kindOfWords(words) ?? statusIn(words) ?? replyCodeIn(words)) !== null;

/** A group that may not exist or may not be written to, in many languages: the person cannot be told from it. */
const GROUP = /groups\.google\.com\/support/;

/** The lines that quote a server, each with the line that follows it. */
function quotedWords(report: string): string {
  const lines = report.split('\n');
  const kept = lines.filter((line, i) => QUOTE.test(line) || (i > 0 && replyCodeIn(lines[i - 1]!) !== null));
  return kept.join('\n').slice(0, 3000);
}

/** From the beginning of a word: tried at every letter of a long one, it would take the square of its length. */
const ADDRESSES = /(?<![^\s<>"'(),;:[\]])[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+/g;

/** The lines after an address up to the next one: `<a@b>:` and what is said of it. */
function wordsAbout(report: string, address: string): string {
  const lines = report.split('\n');
  const at = lines.findIndex((line) => line.toLowerCase().includes(address));
  const rest = lines.slice(at + 1);
  const end = rest.findIndex(
    (line, i) => /^\s*<?[^\s<>@]+@[^\s<>]+>?:?\s*$/.test(line) || (i > 1 && line.trim() === ''),
  );
  const block = [lines[at] ?? '', ...rest.slice(0, end === -1 ? 8 : end)].join('\n');
  const said = block.replaceAll(ADDRESSES, ' ').trim();
  return /[a-z\u00c0-\uffff]{3}/i.test(said) ? block : '';
}

function* addressesNamed(report: string): Generator<string> {
  for (const line of report.split('\n').slice(0, 400)) {
    for (const [found] of line
      .slice(0, 1000)
      .matchAll(/(?<![^\s<>"'(),;:[\]=@])[^\s<>"'(),;:[\]=@]+@[^\s<>"'(),;:[\]@]+\.[a-z]{2,}/gi)) {
      const address = addressIn(found)?.replace(/[.…]+$/, '');
      if (address && !/^(?:mailer-daemon|postmaster|abuse|support|help(?:desk)?)@/.test(address))
        yield address;
    }
  }
}
