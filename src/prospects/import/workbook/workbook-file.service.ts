import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { newId } from '../../../shared/id.js';
import type { TableRow } from '../read-table.js';
import { FileRefused, MOST_UNPACKED } from '../refusal.js';
import type { NumberFormat } from './number-format.js';
import { sharedStrings } from './shared-strings.js';
import { sheetRows } from './sheet-rows.js';
import { StringStore } from './string-store.service.js';
import { readRelations, readStyles, readWorkbookPart } from './workbook-parts.js';

/** XML of even rows packs some 20 times; a bomb, up to a thousand. Small parts may do as they like. */
const MOST_RATIO = 150;
const SMALL = 32 * 1024 * 1024;
const MOST_PARTS = 2000;

/** An XLSX file that is being read: streamed from disk, part by part, never unpacked whole. */
export class WorkbookFile {
  /** The texts the sheets share, once anybody has asked for a sheet. */
  private strings: Promise<StringStore> | null = null;

  private constructor(
    private readonly path: string,
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
    /** Of each sheet a person sees, by name. */
    private readonly sheetParts: ReadonlyMap<string, string>,
    private readonly isMac: boolean,
    private readonly styles: readonly NumberFormat[],
  ) {}

  /** @throws FileRefused `spreadsheet`, `damaged`, `zip_bomb` */
  static async open(path: string): Promise<WorkbookFile> {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(() => {
      throw new FileRefused('damaged');
    });
    try {
      const parts = await partsOf(zip);
      if (!parts.has('xl/workbook.xml')) throw new FileRefused('spreadsheet');
      const read = <T>(name: string, take: (bytes: Readable) => Promise<T>): Promise<T> =>
        partStream(zip, parts.get(name)).then(take);
      const { sheets, isMac } = await read('xl/workbook.xml', readWorkbookPart);
      const relations = await read('xl/_rels/workbook.xml.rels', readRelations);
      const styles = parts.has('xl/styles.xml') ? await read('xl/styles.xml', readStyles) : [];
      const sheetParts = sheets.flatMap(({ name, relation }) => {
        const part = relations.get(relation);
        return part !== undefined && parts.has(part) ? [[name, part] as const] : [];
      });
      return new WorkbookFile(path, zip, parts, new Map(sheetParts), isMac, styles);
    } catch (error) {
      zip.close();
      throw asRefusal(error);
    }
  }

  get sheets(): string[] {
    return [...this.sheetParts.keys()];
  }

  /** The rows of a sheet that hold anything; `readRate`: how much of the sheet they reach through, 0–1. */
  async *rows(sheet: string): AsyncGenerator<{ rows: TableRow[]; readRate: number }> {
    const entry = this.parts.get(this.sheetParts.get(sheet) ?? '');
    if (entry === undefined) throw new FileRefused('damaged');
    try {
      const strings = await (this.strings ??= this.readStrings());
      const reading = { styles: this.styles, isMac: this.isMac, shared: (at: number) => strings.get(at) };
      const bytes = await partStream(this.zip, entry);
      for await (const { rows, read } of sheetRows(bytes, reading))
        yield { rows, readRate: Math.min(1, read / Math.max(1, entry.uncompressedSize)) };
    } catch (error) {
      throw asRefusal(error);
    }
  }

  async close(): Promise<void> {
    this.zip.close();
    (await this.strings?.catch(() => null))?.close();
  }

  private async readStrings(): Promise<StringStore> {
    const strings = new StringStore(`${this.path}.${newId()}`);
    const shared = this.parts.get('xl/sharedStrings.xml');
    if (shared === undefined) return strings;
    try {
      for await (const texts of sharedStrings(await partStream(this.zip, shared))) strings.add(texts);
      return strings;
    } catch (error) {
      strings.close();
      throw error;
    }
  }
}

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const parts = new Map<string, Entry>();
  if (zip.entryCount > MOST_PARTS) throw new FileRefused('zip_bomb');
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      parts.set(entry.fileName.replace(/^\//u, ''), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(parts));
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** A part as it unpacks; it may not grow beyond what it says, and what it says must be sane. */
async function partStream(zip: ZipFile, entry: Entry | undefined): Promise<Readable> {
  if (entry === undefined) throw new FileRefused('damaged');
  const { compressedSize, uncompressedSize } = entry;
  const isBomb =
    uncompressedSize > MOST_UNPACKED ||
    (uncompressedSize > SMALL && uncompressedSize > MOST_RATIO * Math.max(1, compressedSize));
  if (isBomb) throw new FileRefused('zip_bomb');
  return zip.openReadStreamPromise(entry);
}

/** The zip reader stops a part that unpacks to more than it said; any other trouble is a damaged file. */
function asRefusal(error: unknown): unknown {
  if (error instanceof FileRefused) return error;
  const { message = '', code = '' } = error as { message?: string; code?: string };
  if (/too many bytes/u.test(message)) return new FileRefused('zip_bomb');
  const isTrouble =
    code.startsWith('Z_') || /zip|invalid|central|signature|stream|bytes|compression/iu.test(message);
  return isTrouble ? new FileRefused('damaged') : error;
}
