import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { isKnownLabel } from './target-field.js';
import { FileRefused, LONGEST_RECORD, MOST_COLUMNS } from './refusal.js';
import { detectEncoding, type TextEncoding } from './text-encoding.js';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How the bytes of a file become rows of cells. */
export interface TableLayout {
  /** Of a workbook: the sheet that is read, and the others a person may choose. */
  sheet?: string;
  sheets?: string[];
  /** `xlsx` for a workbook. */
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** Records before the first row of data: preamble, blank lines and the header. */
  skippedRecords: number;
  hasHeader: boolean;
  /** As written in the file, in its order; "Column 3" where there is none. */
  labels: string[];
  /** The first rows of data, for the eye. */
  sample: string[][];
}

/** What rows are read by. */
export type TableShape = Pick<TableLayout, 'sheet' | 'encoding' | 'delimiter' | 'skippedRecords' | 'labels'>;

/** The first bytes are enough to know a layout; more than this is not read for it. */
export const HEAD_BYTES = 1024 * 1024;
export const LINES_LOOKED_AT = 20;
const emailLike = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/iu;

/**
 * Understands the head of a file: encoding, delimiter (whichever of `, ; tab |` gives steady rows and known labels over the
 * first 20 lines), where the header is. Pass an encoding when more than the head was looked at for it.
 * @throws FileRefused when it is no table that could be imported
 */
export function understandTable(
  head: Uint8Array,
  isWholeFile: boolean,
  encoding = detectEncoding(head),
  mayBeList = false,
): TableLayout {
  const text = withoutSeparatorLine(iconv.decode(Buffer.from(head), encoding));
  if (text.trim() === '') throw new FileRefused('empty');
  if (/^\s*(?:<[!?a-z]|\{|\[)/iu.test(text)) throw new FileRefused('not_a_table');
  const readings = DELIMITERS.map((delimiter) => read(text, delimiter, isWholeFile));
  const best = readings.reduce((one, other) => (other.score > one.score ? other : one));
  if (best.problem !== null) throw best.problem;
  if (best.score <= 0 && mayBeList) return bareList(text, encoding);
  if (best.score <= 0) throw new FileRefused('not_a_table');
  return layoutOf(best, encoding);
}

/** One value a line, and nothing that says what they are. */
function bareList(text: string, encoding: TextEncoding): TableLayout {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const sample = lines.slice(0, LINES_LOOKED_AT).map((line) => [line]);
  return { encoding, delimiter: ';', skippedRecords: 0, hasHeader: false, labels: ['Column 1'], sample };
}

interface Reading {
  delimiter: Delimiter;
  records: string[][];
  headerAt: number;
  hasHeader: boolean;
  score: number;
  problem: FileRefused | null;
}

/** As understandTable, for rows that came apart by themselves; null when they are no table. @throws FileRefused */
export function understandRecords(
  records: string[][],
  delimiter: Delimiter,
  encoding: TextEncoding,
): TableLayout | null {
  const reading = readingOf({ records, problem: null }, delimiter);
  return reading.score <= 0 ? null : layoutOf(reading, encoding);
}

function layoutOf(reading: Reading, encoding: TextEncoding): TableLayout {
  const { records, headerAt, hasHeader, delimiter } = reading;
  const header = records[headerAt] ?? [];
  const width = hasHeader
    ? withoutEmptyTail(header).length
    : Math.max(...records.map((record) => record.length));
  if (width > MOST_COLUMNS) throw new FileRefused('too_many_columns', { columns: width, most: MOST_COLUMNS });
  const skippedRecords = headerAt + (hasHeader ? 1 : 0);
  const sample = records.slice(skippedRecords).filter((record) => !isBlank(record));
  if (sample.length === 0) throw new FileRefused('header_only');
  const labels = Array.from({ length: width }, (_, at) => {
    const label = hasHeader ? (header[at] ?? '').replace(/\s+/gu, ' ').trim() : '';
    return label === '' ? `Column ${at + 1}` : label;
  });
  return { encoding, delimiter, skippedRecords, hasHeader, labels, sample };
}

function read(text: string, delimiter: Delimiter, isWholeFile: boolean): Reading {
  return readingOf(firstRecords(text, delimiter, isWholeFile), delimiter);
}

function readingOf(
  { records, problem }: Pick<Reading, 'records' | 'problem'>,
  delimiter: Delimiter,
): Reading {
  const headerAt = headerOf(records);
  const tableAt = headerAt >= 0 ? headerAt : steadyFrom(records);
  const rows = records.slice(tableAt).filter((record) => !isBlank(record));
  const width = mostFrequent(rows.map((row) => row.length));
  const steadiness = rows.length === 0 ? 0 : rows.filter((row) => row.length === width).length / rows.length;
  const known = headerAt >= 0 ? knownLabels(records[headerAt] ?? []) : 0;
  const hasHeader = headerAt >= 0 || !rows[0]?.some((cell) => emailLike.test(cell.trim()));
  const hasPeople = rows.some((row) => row.some((cell) => emailLike.test(cell.trim())));
  const looksRegular = width > 1 && rows.length > 1 && steadiness >= 0.8;
  const score = known > 0 || hasPeople || looksRegular ? 10 * known + steadiness * Math.log2(width + 1) : 0;
  return { delimiter, records, headerAt: tableAt, hasHeader, score, problem };
}

/** The row that names most fields; two at least, unless one column is all there is. -1: none. */
function headerOf(records: string[][]): number {
  const counts = records.map((record) => {
    const known = knownLabels(record);
    return known >= Math.min(2, withoutEmptyTail(record).length) ? known : 0;
  });
  const most = Math.max(0, ...counts);
  return most === 0 ? -1 : counts.indexOf(most);
}

function firstRecords(
  text: string,
  delimiter: string,
  isWholeFile: boolean,
): Pick<Reading, 'records' | 'problem'> {
  const records: string[][] = [];
  const keep = (record: string[]): null => {
    records.push(record);
    return null;
  };
  try {
    parse(text, { ...csvOptions(delimiter), to: LINES_LOOKED_AT, on_record: keep });
    return { records, problem: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, problem: refusalOf(error, isWholeFile) };
  }
}

/** What csv-parse gives up on, in our words, with the row it gives up in. */
export function refusalOf(error: CsvError, isWholeFile = true): FileRefused {
  const isGiant = error.code === 'CSV_MAX_RECORD_SIZE' || !isWholeFile;
  const before = typeof error['records'] === 'number' ? error['records'] : 0;
  return new FileRefused(isGiant ? 'giant_cell' : 'unclosed_quote', { row: before + 1 });
}

/** Blank lines stay records, so that row numbers are those a spreadsheet shows. */
export function csvOptions(delimiter: string) {
  return {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    bom: true,
  } as const;
}

/** "sep=;" is Excel's note to itself. A line of its own, it would otherwise pass for preamble with the wrong delimiter. */
function withoutSeparatorLine(text: string): string {
  return text.replace(/^\ufeff/u, '').replace(/^"?sep=(.)"?(?=\r?\n)/iu, '');
}

function knownLabels(record: string[]): number {
  return record.filter(isKnownLabel).length;
}

function steadyFrom(records: string[][]): number {
  const width = mostFrequent(records.filter((record) => !isBlank(record)).map((record) => record.length));
  return Math.max(
    0,
    records.findIndex((record) => record.length === width && !isBlank(record)),
  );
}

function mostFrequent(widths: number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), [0, 0])[0];
}

function withoutEmptyTail(record: string[]): string[] {
  return record.slice(0, record.findLastIndex((cell) => cell.trim() !== '') + 1);
}

export function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === '');
}
