import PostalMime, { type Address, type Attachment, type Email, type Header } from 'postal-mime';
import { bodyText } from './body-text.js';
import type { MailParty } from './outgoing-message.js';

/** A part that is no body: a report, a calendar, the headers of the message it is about. */
export interface MailPart {
  type: string;
  /** The `method` of a calendar part, upper case. */
  method: string | null;
  text: string;
}

/** A mail taken apart. Whatever came, this is complete: broken mails have empty fields, never missing ones. */
export interface ReadMail {
  /** In order, names in lower case, values unfolded. */
  headers: Header[];
  from: MailParty | null;
  to: string[];
  subject: string;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** The plain text, made from the HTML when there is no other. */
  text: string;
  /** As received: sanitise before showing. */
  html: string | null;
  parts: MailPart[];
  /** The raw text, for reports whose structure is broken. Cut at MAX_RAW. */
  raw: string;
}

/** Nothing a person wrote is longer; attachments are not read. */
const MAX_BYTES = 8_000_000;
/** Lines of nothing cost the parser as much as others: a mail of 8 MB of them took minutes and gigabytes. */
const MAX_LINES = 20_000;
const MAX_RAW = 600_000;
const MAX_PART = 300_000;
const READ_PARTS = /^(message\/|text\/|application\/(ics|x-.*report))/;

/** Takes a mail apart. Never throws: what cannot be read is left out. */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  const whole = firstLines(withoutMboxLine(bytes.subarray(0, MAX_BYTES)));
  const raw = new TextDecoder('utf-8').decode(whole.subarray(0, MAX_RAW)).replace(/\r\n?/g, '\n');
  return assembled((await parsed(whole)) ?? (await parsed(headOf(whole))) ?? { headers: [] }, raw);
}

/** The value of the first header of that name, or ''. */
export function headerOf(mail: Pick<ReadMail, 'headers'>, name: string): string {
  return mail.headers.find(({ key }) => key === name)?.value ?? '';
}

/** The message ids in a header or text, with their angle brackets. */
export function messageIdsIn(value: string): string[] {
  return [...new Set(value.slice(0, 20_000).match(/<[^<>\s@]{1,200}@[^<>\s]{1,200}>/g) ?? [])];
}

type Parsed = Partial<Email> & Pick<Email, 'headers'>;

async function parsed(bytes: Uint8Array): Promise<Parsed | null> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: 30,
      maxHeadersSize: 500_000,
    });
  } catch {
    // Too deep, too many headers: the mail is hostile. Its head may still say whose it is.
    return null;
  }
}

function assembled(email: Parsed, raw: string): ReadMail {
  const html = email.html?.slice(0, MAX_PART) ?? null;
  return {
    headers: email.headers,
    from: partyOf(email.from),
    to: (email.to ?? []).flatMap((party) => (party.address ? [party.address] : [])),
    subject: oneLine(email.subject ?? ''),
    messageId: messageIdsIn(email.messageId ?? '')[0] ?? null,
    inReplyTo: messageIdsIn(email.inReplyTo ?? '')[0] ?? null,
    references: messageIdsIn(email.references ?? '').slice(-100),
    text: bodyText(email.text?.slice(0, MAX_PART) ?? '', html),
    html,
    parts: (email.attachments ?? [])
      .map((part) => ({ ...part, type: typeOf(part) }))
      .filter(({ type }) => READ_PARTS.test(type))
      .slice(0, 30)
      .map(({ type, method, content }) => ({ type, method: method ?? null, text: textOf(content) })),
    raw,
  };
}

/** Some send their calendar as mere bytes with a name. */
const typeOf = ({ mimeType, filename }: Pick<Attachment, 'mimeType' | 'filename'>): string =>
  /\.ics$/i.test(filename ?? '') ? 'text/calendar' : mimeType;

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  const text = typeof content === 'string' ? content : new TextDecoder('utf-8').decode(content);
  return text.slice(0, MAX_PART).replace(/\r\n?/g, '\n');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 1000);

function partyOf(from: Address | undefined): MailParty | null {
  const one = from?.group ? from.group[0] : from;
  if (!one?.address) return null;
  return { name: oneLine(one.name) || null, address: one.address.trim().toLowerCase() };
}

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = -1;
  for (let lines = 0; lines < MAX_LINES; lines += 1) {
    end = bytes.indexOf(0x0a, end + 1);
    if (end === -1) return bytes;
  }
  return bytes.subarray(0, end + 1);
}

/** A copy taken from an mbox begins with a line that is no header. */
function withoutMboxLine(bytes: Uint8Array): Uint8Array {
  const isMbox = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === 'From ';
  return isMbox ? bytes.subarray(bytes.indexOf(0x0a) + 1) : bytes;
}

function headOf(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, 100_000)).toString('latin1');
  return Buffer.from(`${head.split(/\r?\n\r?\n/, 1)[0]!.slice(0, 60_000)}\r\n\r\n`, 'latin1');
}
