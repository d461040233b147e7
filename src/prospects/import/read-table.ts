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
  const table = new TableRows(width, shape.skippedRecords);
  const source = Readable.from(bytes, { objectMode: false });
  const parser = inUtf8(source, shape.encoding).pipe(parse(csvOptions(shape.delimiter)));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      record += 1;
      if (table.add({ number: record, cells }) === size) yield table.take();
    }
  } catch (error) {
    throw error instanceof CsvError ? refusalOf(error) : error;
  } finally {
    source.destroy();
  }
  if (table.count > 0) yield table.take();
}

/** Rows of a table on their way to a batch: those of data, each as wide as the header at least, and no more than may be. */
export class TableRows {
  private batch: TableRow[] = [];
  private rows = 0;

  constructor(
    private readonly width: number,
    private readonly skipped: number,
  ) {}

  get count(): number {
    return this.batch.length;
  }

  /** Gives how many rows are waiting. @throws FileRefused `too_many_rows` */
  add(row: TableRow): number {
    if (row.number <= this.skipped || isBlank(row.cells)) return this.batch.length;
    this.rows += 1;
    if (this.rows > MOST_ROWS) throw new FileRefused('too_many_rows', { most: MOST_ROWS });
    while (row.cells.length < this.width) row.cells.push('');
    return this.batch.push(row);
  }

  take(): TableRow[] {
    const { batch } = this;
    this.batch = [];
    return batch;
  }
}

/** The parser reads UTF-8 by itself. iconv-lite types its decoder as a pair; it is a Transform that gives strings. */
function inUtf8(source: Readable, encoding: string): Readable {
  if (encoding === 'utf-8') return source;
  return source.pipe(iconv.decodeStream(encoding) as unknown as Transform);
}
