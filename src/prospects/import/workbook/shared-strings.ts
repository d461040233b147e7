import { FileRefused, LONGEST_CELL } from '../refusal.js';
import { readXml } from './xml-events.js';

/** The shared strings of a workbook in their order, in pieces as the bytes come. */
export async function* sharedStrings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let found: string[] = [];
  let text = '';
  let isInText = false;
  let isPhonetic = false;
  const sight = {
    open(name: string) {
      if (name === 'si') text = '';
      else if (name === 'rPh') isPhonetic = true;
      else if (name === 't') isInText = !isPhonetic;
    },
    text(piece: string) {
      if (isInText) text += piece;
      if (text.length > LONGEST_CELL) throw new FileRefused('giant_text', { most: LONGEST_CELL });
    },
    close(name: string) {
      if (name === 't') isInText = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'si') found.push(text.includes('_x') ? unescaped(text) : text);
    },
  };
  for await (const _ of readXml(bytes, sight)) {
    if (found.length === 0) continue;
    yield found;
    found = [];
  }
  if (found.length > 0) yield found;
}

/** What XML cannot hold, such as a carriage return, a workbook writes as `_x000D_`. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
