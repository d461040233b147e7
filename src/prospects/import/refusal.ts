/** Why a whole file is refused before anything is written. Each has its sentence in the locales. */
export const REFUSALS = [
  'empty',
  'header_only',
  'binary',
  'spreadsheet',
  'damaged',
  'zip_bomb',
  'no_such_sheet',
  'not_a_table',
  'too_many_columns',
  'too_many_rows',
  'too_large',
  'giant_cell',
  'giant_text',
  'unclosed_quote',
  'no_usable_column',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A refusal as it is kept. */
export interface FileProblem {
  reason: Refusal;
  detail: Record<string, string | number>;
}

/** Thrown by every reader of a file that cannot be imported as it is. `detail` holds the values its sentence needs. */
export class FileRefused extends Error {
  constructor(
    readonly reason: Refusal,
    readonly detail: Record<string, string | number> = {},
  ) {
    super(`File refused: ${reason}`);
    this.name = 'FileRefused';
  }
}

/** An honest list has some dozens of columns (Apollo: 75); beyond this it is a matrix or a broken delimiter. */
export const MOST_COLUMNS = 500;
export const MOST_ROWS = 200_000;
export const MOST_BYTES = 100 * 1024 * 1024;
/** Unpacked bytes of one part of a workbook: 200,000 rows of 75 columns stay well below. */
export const MOST_UNPACKED = 2 * 1024 * 1024 * 1024;
/** Characters of one cell of a workbook: twice what Excel lets anybody type. */
export const LONGEST_CELL = 64 * 1024;
/** Characters of one record: Excel stops at 32,767 a cell, so a longer one is a lost closing quote. */
export const LONGEST_RECORD = 256 * 1024;
