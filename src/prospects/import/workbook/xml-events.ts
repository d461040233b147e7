import { SaxesParser } from 'saxes';
import { FileRefused } from '../refusal.js';

export interface XmlSight {
  /** A name without its prefix. */
  open?: (name: string, attributes: Record<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

/** Reads XML as it comes; after each piece the caller may take what has gathered. @throws FileRefused `damaged` */
export async function* readXml(bytes: AsyncIterable<Uint8Array>, sight: XmlSight): AsyncGenerator<number> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', () => {
    throw new FileRefused('damaged');
  });
  const { open, close, text } = sight;
  if (open) parser.on('opentag', ({ name, attributes }) => open(bare(name), attributes));
  if (close) parser.on('closetag', ({ name }) => close(bare(name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    parser.write(decoder.decode(piece, { stream: true }));
    yield piece.length;
  }
  parser.write(decoder.decode()).close();
}

/** The same, for what is read whole. */
export async function walkXml(bytes: AsyncIterable<Uint8Array>, sight: XmlSight): Promise<void> {
  for await (const _ of readXml(bytes, sight)) continue;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
