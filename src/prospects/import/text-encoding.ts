import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { FileRefused } from './refusal.js';

export type TextEncoding = string;

/** Letters French and its neighbours write, and the marks a spreadsheet adds: what a right decoding shows many of. */
const likely = /[éèêëàâäçùûüôöîïœæñáíóúÉÈÊÀÂÇÔÎŒ’‘“”€«»–°…]/gu;
/** Signs that only a wrong decoding shows between letters. */
const unlikely = /[\u0080-\u009f¤¦¨©¬®¯±²³´µ¶·¸¹º¼½¾¿ÐÞþðƒ†‡ˆ‰Š‹ŽžŸ¥ø×÷ÌÒÚÛÙ╔═║░▒▓│┤┐└┴├─]/gu;
/** The Western tables a French office produces: Windows, Excel on an old Mac, DOS exports of old ERPs. */
const western = ['windows-1252', 'macintosh', 'cp850'] as const;
/** chardet's word is taken for scripts that no Western table can be confused with. */
const otherScripts = /^(?:windows-125[13568]|KOI8-R|Shift_JIS|EUC-JP|EUC-KR|Big5|GB18030|ISO-8859-[5-8])$/iu;

/**
 * The encoding of a text, from its bytes (all of them, or the head of a file that does not end in them).
 * UTF-16 by its marks or its zero bytes, UTF-8 when valid, else the Western table that reads best.
 * @throws FileRefused `empty`, `binary`, `spreadsheet`
 */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  if (bytes.length === 0) throw new FileRefused('empty');
  refuseBinary(bytes);
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  const wide = wideEncoding(bytes);
  if (wide !== null) return wide;
  if (bytes.includes(0)) throw new FileRefused('binary');
  return isUtf8(wholeCharacters(bytes)) || isMostlyUtf8(bytes) ? 'utf-8' : singleByteEncoding(bytes);
}

/** What every XLSX begins with, and every other archive of that kind. */
export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);
}

function refuseBinary(bytes: Uint8Array): void {
  if (isZip(bytes) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileRefused('spreadsheet');
  }
  const magic = [
    '%PDF-',
    '\x89PNG',
    '\xff\xd8\xff',
    'GIF8',
    '\x1f\x8b',
    'Rar!',
    '7z\xbc\xaf',
    'SQLite format',
  ];
  if (magic.some((sign) => startsWith(bytes, ...Buffer.from(sign, 'latin1'))))
    throw new FileRefused('binary');
}

/** UTF-16 without its mark: mostly Latin text has a zero in every other byte, and always on the same side. */
function wideEncoding(bytes: Uint8Array): TextEncoding | null {
  const zeros = [0, 0];
  const length = Math.min(bytes.length - (bytes.length % 2), 65_536);
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros.map((count) => count / Math.max(1, length / 2)) as [number, number];
  if (odd > 0.6 && even < 0.05) return 'utf-16le';
  if (even > 0.6 && odd < 0.05) return 'utf-16be';
  return null;
}

/** A head cut in the middle of a character is not thereby invalid. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return back < sequenceLength(byte) ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function sequenceLength(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

/** One bad paste in a UTF-8 file must not garble every accent of it. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const broken = text.match(/\ufffd/gu)?.length ?? 0;
  const whole = text.match(/[\u0080-\ufffc]/gu)?.length ?? 0;
  return whole > 10 * broken;
}

function singleByteEncoding(bytes: Uint8Array): TextEncoding {
  const sample = bytes.subarray(0, 262_144);
  const guess = analyse(sample)[0];
  if (guess !== undefined && guess.confidence >= 60 && otherScripts.test(guess.name))
    return guess.name.toLowerCase();
  const scores = western.map((encoding) => {
    const text = iconv.decode(Buffer.from(sample), encoding);
    return (text.match(likely)?.length ?? 0) - 2 * (text.match(unlikely)?.length ?? 0);
  });
  return western[scores.indexOf(Math.max(...scores))] ?? 'windows-1252';
}

function startsWith(bytes: Uint8Array, ...sign: number[]): boolean {
  return sign.every((byte, at) => bytes[at] === byte);
}
