import type { FailedRecipient } from './failed-recipient.js';
import { type SmtpStage, stageIn, statusIn } from './judge-refusal.js';

/** What a report says of one recipient. */
export interface ReportedRecipient extends FailedRecipient {
  /** The refusing server's own words; '' when it is not quoted. */
  diagnostic: string;
  /** The SMTP command that was refused, when the report tells. */
  stage: SmtpStage | null;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const FIELD =
  /^\s?(Final-Recipient|Original-Recipient|Action|Status|Diagnostic-Code|Remote-MTA)\s*:[ \t]*(.*)$/i;

/**
 * Reads the recipients of a delivery report (RFC 3464) out of its fields, wherever they stand: half of the reports of the
 * world are not quite the structure they should be. A blank line or a field seen before begins the next recipient.
 */
export function reportedRecipients(text: string): ReportedRecipient[] {
  const groups: Map<string, string>[] = [];
  let current = new Map<string, string>();
  const close = (): void => {
    if (current.size > 1) groups.push(current);
    current = new Map();
  };
  for (const field of fieldsOf(text)) {
    const isWhole = current.has('action') || current.has('status');
    if (field === GAP ? isWhole : current.has(field[0])) close();
    if (field !== GAP) current.set(...field);
  }
  close();
  return groups.map(recipientOf);
}

/** A blank line. */
const GAP = null;

/** Field by field, continuation lines joined. */
function* fieldsOf(text: string): Generator<[string, string] | typeof GAP> {
  let open: [string, string] | null = null;
  for (const line of text.split('\n')) {
    const field = FIELD.exec(line);
    if (open && !field && /^[ \t]+\S/.test(line) && open[1].length < 2000) {
      open[1] += ` ${line.trim()}`;
      continue;
    }
    if (open) yield open;
    open = field ? [field[1]!.toLowerCase(), field[2]!.trim()] : null;
    if (line.trim() === '') yield GAP;
  }
  if (open) yield open;
}

function recipientOf(group: Map<string, string>): ReportedRecipient {
  const diagnostic = (group.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '');
  const said = group.get('status') ?? '';
  const action = (group.get('action') ?? '').toLowerCase();
  return {
    address:
      addressIn(unescaped(group.get('final-recipient'))) ??
      addressIn(fromXtext(group.get('original-recipient'))),
    status: statusIn(said),
    action: ACTIONS.find((known) => action.startsWith(known)) ?? null,
    // Some put the reason in brackets behind the status and quote nobody.
    diagnostic: diagnostic || said.replace(/^\S+\s*/, ''),
    stage: stageIn(diagnostic),
  };
}

/** `\\x{E9}` → `é` (RFC 6533). */
const unescaped = (value = ''): string =>
  value.replace(/\\x\{([0-9a-f]{1,5})\}/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));

/** What the sender of the message gave is written `+2B` for `+` (RFC 3461). */
const fromXtext = (value = ''): string =>
  unescaped(value).replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** Begins where a word begins: tried at every letter of a long one, it would take the square of its length. */
const ADDRESS = /(?<![^\s<>;,"'()[\]:])[^\s<>;,"'()[\]:]+@[^\s<>;,"'()[\]:]+/;

/** `rfc822; <jean@example.fr>` → `jean@example.fr`. */
export function addressIn(value: string | undefined): string | null {
  return ADDRESS.exec(value ?? '')?.[0]?.toLowerCase() ?? null;
}
