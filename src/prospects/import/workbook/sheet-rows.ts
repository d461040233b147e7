import { FileRefused, LONGEST_CELL, MOST_COLUMNS } from '../refusal.js';
import type { TableRow } from '../read-table.js';
import { numberText } from './cell-text.js';
import type { NumberFormat } from './number-format.js';
import { readXml } from './xml-events.js';

export interface CellReading {
  styles: readonly NumberFormat[];
  isMac: boolean;
  /** The text of a shared string. */
  shared: (at: number) => string;
}

const GENERAL: NumberFormat = { isDate: false, digits: 1 };

/** The rows of a sheet that hold anything, as texts, in pieces as the bytes come; `read`: bytes taken in so far. */
export async function* sheetRows(
  bytes: AsyncIterable<Uint8Array>,
  reading: CellReading,
): AsyncGenerator<{ rows: TableRow[]; read: number }> {
  const sheet = new SheetReader(reading);
  let read = 0;
  for await (const length of readXml(bytes, sheet)) {
    read += length;
    if (sheet.rows.length > 0) yield { rows: sheet.take(), read };
  }
  if (sheet.rows.length > 0) yield { rows: sheet.take(), read };
}

class SheetReader {
  rows: TableRow[] = [];
  private row: TableRow = { number: 0, cells: [] };
  private column = -1;
  private type = 'n';
  private style: NumberFormat = GENERAL;
  private value = '';
  private isInValue = false;
  private isPhonetic = false;

  constructor(private readonly reading: CellReading) {}

  take(): TableRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open = (name: string, attributes: Record<string, string>): void => {
    if (name === 'c') this.beginCell(attributes);
    else if (name === 'row') this.row = { number: Number(attributes['r'] ?? this.row.number + 1), cells: [] };
    else if (name === 'rPh') this.isPhonetic = true;
    else if (name === 'v' || name === 't') this.isInValue = !this.isPhonetic;
    if (name === 'row') this.column = -1;
  };

  text = (text: string): void => {
    if (!this.isInValue) return;
    this.value += text;
    if (this.value.length > LONGEST_CELL) throw new FileRefused('giant_text', { most: LONGEST_CELL });
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.isInValue = false;
    else if (name === 'rPh') this.isPhonetic = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row' && this.row.cells.some((cell) => cell !== '')) this.rows.push(this.row);
  };

  private beginCell({ r, t, s }: Record<string, string>): void {
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    this.type = t ?? 'n';
    this.style = s === undefined ? GENERAL : (this.reading.styles[Number(s)] ?? GENERAL);
    this.value = '';
  }

  private endCell(): void {
    if (this.value === '' || this.column < 0) return;
    if (this.column >= MOST_COLUMNS)
      throw new FileRefused('too_many_columns', { columns: this.column + 1, most: MOST_COLUMNS });
    const { cells } = this.row;
    while (cells.length < this.column) cells.push('');
    cells[this.column] = this.cellText();
  }

  private cellText(): string {
    const { value, reading } = this;
    if (this.type === 's') return reading.shared(Number(value));
    if (this.type === 'n') return numberText(value, this.style, reading.isMac);
    if (this.type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    return this.type === 'd' ? value.replace(/T00:00(:00(\.0+)?)?$/u, '') : value;
  }
}

/** `BC12` → 54. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) & 0xdf;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}
