import {
  ATTRIBUTION_LINES,
  BANNER,
  DASHED_BANNER,
  DELIMITER,
  DEVICE_NAME,
  DEVICE_SIGNATURE,
  HEADER_LINE,
  HEADERS_IN_A_LINE,
  QUOTED,
} from './reply-marks.js';

/**
 * What each line is, as a letter, so that the whole mail can be judged as a word:
 * empty · delimiter · banner ("On … wrote:") · header of an older mail · quotation · signature of the device · text.
 */
type Kind = 'e' | 'd' | 'b' | 'h' | 'q' | 's' | 't';

interface Lines {
  kinds: string;
  lines: string[];
}

/** Text after a quotation that is this long was written between the lines of it, not left over below it. */
const SMALL_REST = 7;
const MAX_CHARACTERS = 100_000;

/** What is new in a mail: without what it answers, and without the signature below a delimiter. */
export function newText(text: string): string {
  const clean = tidied(text);
  if (clean.trim() === '') return '';
  let mail = read(withBannersJoined(clean));
  if (!mail.kinds.includes('t')) return clean.trim();
  mail = upToDelimiter(mail);
  mail = without(mail, 's');
  mail = fromBelowQuotation(mail);
  mail = upTo(mail, /te*h{3,}.*$/);
  mail = upTo(mail, /te*b[^q]*$/);
  mail = upTo(mail, /te*b[eqbh]*([te]*)$/, ([, rest = '']) => countOf(rest, 't') < SMALL_REST);
  mail = upTo(mail, /te*[qbe]+$/);
  mail = without(mail, 'b');
  return mail.lines
    .join('\n')
    .trimEnd()
    .replace(/^(?:[ \t]*\n)+/, '');
}

function tidied(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u200b\u200e\u200f\ufeff]/g, '')
    .replaceAll(MARK, '');
}

const withBannersJoined = (text: string): string =>
  ATTRIBUTION_LINES.reduce((joined, mark) => joined.replace(mark, onOneLine), text);

/** The banner on a line of its own, marked so that it is known again. Without a digit it is prose: "On this day … wrote:". */
function onOneLine(found: string, ...[at, whole]: [number, string]): string {
  if (!/\d|@/.test(found)) return found;
  const lead = /^\s*/.exec(found)![0];
  const isFollowed = /[^\n]/.test(whole.charAt(at + found.length));
  return `${lead}${MARK}${found.trim().replace(/\s+/g, ' ')}${isFollowed ? '\n' : ''}`;
}
const MARK = '\u0001';

function read(text: string): Lines {
  const lines = text.split('\n');
  const kinds = lines.map(kindOf).join('');
  return {
    lines: lines.map((line) => line.replaceAll(MARK, '')),
    kinds: kinds.replace(/s/g, (_, at: number) => (isSentence(kinds, at, lines[at]!) ? 't' : 's')),
  };
}

/** "Sent by post on Monday." among other lines of text. */
const isSentence = (kinds: string, at: number, line: string): boolean =>
  !DEVICE_NAME.test(line) && (kinds.charAt(at - 1) === 't' || kinds.charAt(at + 1) === 't');

function kindOf(line: string): Kind {
  if (line.trim() === '') return 'e';
  if (DELIMITER.test(line)) return 'd';
  if (QUOTED.test(line.replace(MARK, ''))) return 'q';
  if (line.includes(MARK) || [BANNER, DASHED_BANNER, HEADERS_IN_A_LINE].some((mark) => mark.test(line)))
    return 'b';
  if (DEVICE_SIGNATURE.test(line)) return 's';
  return HEADER_LINE.test(line) ? 'h' : 't';
}

/** What stands above the first delimiter; a mail that begins with one keeps what is below. */
function upToDelimiter(mail: Lines): Lines {
  const at = mail.kinds.indexOf('d');
  if (at === -1) return mail;
  if (mail.kinds.slice(0, at).includes('t')) return part(mail, 0, at);
  return upToDelimiter({ ...mail, kinds: `${mail.kinds.slice(0, at)}e${mail.kinds.slice(at + 1)}` });
}

/** Answers written below what they answer. */
function fromBelowQuotation(mail: Lines): Lines {
  if (!/^[eh]*(?:b[^t]+)*b[bqeh]+t[et]*$/.test(mail.kinds)) return mail;
  return part(mail, mail.kinds.search(/t[et]*$/), mail.lines.length);
}

/** Keeps up to the text before the match. */
function upTo(mail: Lines, end: RegExp, holds: (found: RegExpExecArray) => boolean = () => true): Lines {
  const found = end.exec(mail.kinds);
  return found && holds(found) ? part(mail, 0, found.index + 1) : mail;
}

function without(mail: Lines, kind: Kind): Lines {
  const isKept = (_: unknown, at: number): boolean => mail.kinds.charAt(at) !== kind;
  return { lines: mail.lines.filter(isKept), kinds: mail.kinds.replaceAll(kind, '') };
}

const part = ({ kinds, lines }: Lines, from: number, to: number): Lines => ({
  kinds: kinds.slice(from, to),
  lines: lines.slice(from, to),
});

const countOf = (text: string, letter: string): number => text.split(letter).length - 1;
