import { type BounceKind, kindOfStatus } from './bounce-status.js';
import { REFUSAL_RULES } from './refusal-words.js';

export interface Refusal {
  /** Enhanced status code, of the server that refused or of the one that reports; null when none is said. */
  status: string | null;
  /** What the server said, and nothing else: explanations around it name causes that do not apply. */
  text: string;
  /** The SMTP command it answered (`MAIL`, `RCPT`, `DATA`, `CONN`), when it is known. */
  stage?: SmtpStage | null;
}

export type SmtpStage = 'CONN' | 'MAIL' | 'RCPT' | 'DATA';

const BEFORE = String.raw`(?:in reply to|after|at|sending|command:?|response to|for|on)`;
const STAGES: readonly [RegExp, SmtpStage][] = [
  [
    new RegExp(
      String.raw`${BEFORE} (?:end of )?(?:data|message body|bdat|dot)\b|after i sent the message`,
      'i',
    ),
    'DATA',
  ],
  [new RegExp(String.raw`${BEFORE} rcpt\b|does not like recipient`, 'i'), 'RCPT'],
  [new RegExp(String.raw`${BEFORE} mail\b(?! (?:server|system|box))|but sender was rejected`, 'i'), 'MAIL'],
  [
    new RegExp(
      String.raw`${BEFORE} (?:initial connection|[eh][eh]lo|connect|auth|starttls)\b|while talking to initial greeting|while performing the (?:ehlo|helo)|but (?:my name was rejected|greeting failed)`,
      'i',
    ),
    'CONN',
  ],
];

/** Which command of the dialogue was refused, as far as the report tells. */
export function stageIn(text: string): SmtpStage | null {
  return STAGES.find(([words]) => words.test(text))?.[1] ?? null;
}

const ENHANCED = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/;
const REPLY = /(?:^|[^\d.:-])([45][0-5]\d)(?=[ \-:,;#]|$)/;
/** A status that says nothing but "failed". */
const VAGUE = /^[45]\.0\.\d+$/;

/** The enhanced status code in a reply or report, or null. */
export function statusIn(text: string): string | null {
  return ENHANCED.exec(text)?.[1] ?? null;
}

/** The three-digit reply code in it, or null. */
export function replyCodeIn(text: string): number | null {
  const found = REPLY.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * What a refusal means. The words come first: half the world says 5.7.1 for an unknown user or 5.1.1 for a blocked
 * address. Then the one table of codes, then the reply code, and at last: not now (4 or nothing said) or not there (5).
 * Before the recipient was named nobody could be unknown; and what is refused for now only is never a hard bounce.
 */
export function judgeRefusal(refusal: Refusal): BounceKind {
  const { status, text, stage = null } = refusal;
  const kind = kindOfWords(text) ?? kindOfCodes(refusal);
  if (kind === 'bounce_hard' && isForNow(status, text)) return 'bounce_soft';
  if (kind === 'bounce_hard' && (stage === 'MAIL' || stage === 'CONN')) return 'sender_blocked';
  return kind;
}

function kindOfCodes({ status, text, stage }: Refusal): BounceKind {
  const code = status !== null && !VAGUE.test(status) ? status : (statusIn(text) ?? status);
  const byTable = code === null ? null : kindOfStatus(code);
  if (byTable !== null) return byTable;
  // Whoever let us name the person and refused what we wrote had nothing against the person.
  if (stage === 'DATA') return 'sender_blocked';
  const reply = replyCodeIn(text);
  return reply === 552 || (code === null && reply === null) ? 'bounce_soft' : 'bounce_hard';
}

/** What the refusing server itself says counts more than the status its neighbour made of it. */
function isForNow(status: string | null, text: string): boolean {
  const said = statusIn(text)?.charAt(0) ?? replyCodeIn(text)?.toString().charAt(0) ?? status?.charAt(0);
  return said === '4';
}

/** What the words alone say; null when none of them is known. */
export function kindOfWords(text: string): BounceKind | null {
  const plain = text.toLowerCase().replace(/[’`]/g, "'").replace(/\s+/g, ' ');
  return REFUSAL_RULES.find(({ words }) => words.test(plain))?.kind ?? null;
}
