import { createReadStream } from 'node:fs';
import { packRows, type PackedRows } from './packed-rows.js';
import { readRows } from './read-table.js';
import { type ReadingRules, rowReading } from './row-reading.js';
import type { TableShape } from './table-layout.js';

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
  const source = createReadStream(path, { highWaterMark: 64 * 1024 });
  for await (const rows of readRows(source, shape, size)) {
    const understood = rows.map(understand);
    const cells = understood.map((row) => row.cells);
    yield { packed: packRows(understood), cells, bytesRead: source.bytesRead };
  }
}
