import { Readable, type Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { FileRefused, MOST_ROWS } from './refusal.js';
import { csvOptions, isBlank, refusalOf, type TableShape } from './table-layout.js';

/** One row of data. `number` is its row in a spreadsheet, header and blank lines counted. */
export interface TableRow {
  number: number;
  cells: string[];
}

/**
 * The rows of data, in batches of `size`, read as the consumer asks for them: memory does not grow with the file.
 * Blank rows are left out; a short row is filled up with blanks; cells beyond the header are kept, to be judged.
 * @throws FileRefused in the middle of the file, when a quote never closes, a cell is giant, or rows never end
 */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  shape: TableShape,
  size = 500,
): AsyncGenerator<TableRow[]> {
  const width = shape.labels.length;
  let record = 0;
  let rows = 0;
  let batch: TableRow[] = [];
  const source = Readable.from(bytes, { objectMode: false });
  const parser = inUtf8(source, shape.encoding).pipe(parse(csvOptions(shape.delimiter)));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      record += 1;
      if (record <= shape.skippedRecords || isBlank(cells)) continue;
      rows += 1;
      if (rows > MOST_ROWS) throw new FileRefused('too_many_rows', { most: MOST_ROWS });
      while (cells.length < width) cells.push('');
      batch.push({ number: record, cells });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(error) : error;
  } finally {
    source.destroy();
  }
  if (batch.length > 0) yield batch;
}

/** The parser reads UTF-8 by itself. iconv-lite types its decoder as a pair; it is a Transform that gives strings. */
function inUtf8(source: Readable, encoding: string): Readable {
  if (encoding === 'utf-8') return source;
  return source.pipe(iconv.decodeStream(encoding) as unknown as Transform);
}
