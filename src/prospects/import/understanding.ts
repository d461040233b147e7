import { mapColumns, type ReadHeader } from './column-mapping.js';
import type { EncodingWatch } from './encoding-watch.js';
import { understandTable, type TableLayout } from './table-layout.js';

/** All we know of a file before its rows are read; kept with the import, so that nothing is guessed twice. */
export type Understanding = TableLayout &
  ReadHeader & {
    /** Since when the columns begin as somebody chose them for an earlier file (ISO); null: as we understood them. */
    rememberedAt?: string | null;
  };

/**
 * From a file that has passed before the watch.
 * @throws FileRefused when nothing could be imported from it; a table without a usable column is understood, not refused
 */
export function understand(watch: EncodingWatch, as: 'table' | 'list' = 'table'): Understanding {
  const layout = understandTable(watch.head, watch.isWhole, watch.encoding(), as === 'list');
  return { ...layout, ...mapColumns(layout.labels, layout.sample) };
}
