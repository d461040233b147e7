import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type PackedRows, RowPacker } from './packed-rows.js';
import { readRows, type TableRow, TableRows } from './read-table.js';
import { type ReadingRules, rowReading } from './row-reading.js';
import type { TableShape } from './table-layout.js';
import { WorkbookFile } from './workbook/workbook-file.service.js';

/** All it takes to read a file anew, in this thread or in one of its own: plain values only. */
export interface ReadingPlan {
  path: string;
  shape: TableShape;
  rules: ReadingRules;
}

export interface ReadBatch {
  packed: PackedRows;
  /** Of each row, as JSON text. */
  cells: string[];
  /** How far into the file they reach. */
  bytesRead: number;
}

/** The rows of a file on disk, each understood as far as it goes by itself. @throws FileRefused in the middle of it */
export async function* draftedRows(
  { path, shape, rules }: ReadingPlan,
  size: number,
): AsyncGenerator<ReadBatch> {
  const understand = rowReading(rules);
  const packer = new RowPacker();
  for await (const { rows, bytesRead } of tableRows(path, shape, size)) {
    const understood = rows.map(understand);
    const cells = understood.map((row) => row.cells);
    yield { packed: packer.pack(understood), cells, bytesRead };
  }
}

/** The rows of a file on disk as they stand, text or workbook. @throws FileRefused in the middle of it */
export function tableRows(path: string, shape: TableShape, size: number): AsyncGenerator<TableBatch> {
  return shape.sheet === undefined ? textRows(path, shape, size) : sheetRows(path, shape, size);
}

interface TableBatch {
  rows: TableRow[];
  bytesRead: number;
}

async function* textRows(path: string, shape: TableShape, size: number): AsyncGenerator<TableBatch> {
  const source = createReadStream(path, { highWaterMark: 64 * 1024 });
  for await (const rows of readRows(source, shape, size)) yield { rows, bytesRead: source.bytesRead };
}

async function* sheetRows(path: string, shape: TableShape, size: number): AsyncGenerator<TableBatch> {
  const workbook = await WorkbookFile.open(path);
  const { size: bytes } = await stat(path);
  const table = new TableRows(shape.labels.length, shape.skippedRecords);
  let bytesRead = 0;
  try {
    for await (const { rows, readRate } of workbook.rows(shape.sheet!)) {
      bytesRead = Math.floor(readRate * bytes);
      for (const row of rows) if (table.add(row) === size) yield { rows: table.take(), bytesRead };
    }
    if (table.count > 0) yield { rows: table.take(), bytesRead };
  } finally {
    await workbook.close();
  }
}
