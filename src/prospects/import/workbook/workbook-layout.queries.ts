import { FileRefused } from '../refusal.js';
import { LINES_LOOKED_AT, type TableLayout, understandRecords } from '../table-layout.js';
import { WorkbookFile } from './workbook-file.service.js';

/** Sheets looked into for a table: one further on is found by its name alone. */
const MOST_LOOKED_INTO = 12;
/** Rows above a table; who begins further down than this begins with the table. */
const MOST_BLANK = 1000;
/** A rejects file goes back to the program the workbook came from, which in France splits at semicolons. */
const DELIMITER = ';';

/**
 * How a workbook becomes rows: of the sheet asked for, else of the first that holds a table.
 * @throws FileRefused when none does
 */
export async function understandWorkbook(path: string, sheet?: string): Promise<TableLayout> {
  const workbook = await WorkbookFile.open(path);
  try {
    const { sheets } = workbook;
    if (sheet !== undefined && !sheets.includes(sheet)) throw new FileRefused('no_such_sheet');
    let refused = new FileRefused('empty');
    for (const name of sheet === undefined ? sheets.slice(0, MOST_LOOKED_INTO) : [sheet]) {
      const layout = await layoutOf(workbook, name).catch(refusalOnly);
      if (!(layout instanceof FileRefused)) return { ...layout, sheet: name, sheets };
      if (refused.reason === 'empty') refused = layout;
    }
    throw refused;
  } finally {
    await workbook.close();
  }
}

/** A sheet without a table leaves the word to the next one; a bomb or a broken file does not. */
function refusalOnly(error: unknown): FileRefused {
  const isFinal =
    !(error instanceof FileRefused) || error.reason === 'zip_bomb' || error.reason === 'damaged';
  if (isFinal) throw error;
  return error;
}

async function layoutOf(workbook: WorkbookFile, sheet: string): Promise<TableLayout> {
  const records = await firstRecords(workbook, sheet);
  if (records.length === 0) throw new FileRefused('empty');
  const layout = understandRecords(records, DELIMITER, 'xlsx');
  if (layout === null) throw new FileRefused('not_a_table');
  return layout;
}

/** Blank rows stand for those the sheet leaves out, so that records are counted as the sheet counts its rows. */
async function firstRecords(workbook: WorkbookFile, sheet: string): Promise<string[][]> {
  const records: string[][] = [];
  for await (const { rows } of workbook.rows(sheet)) {
    for (const { number, cells } of rows) {
      while (records.length < Math.min(number - 1, MOST_BLANK)) records.push([]);
      records.push(cells);
      if (records.filter((record) => record.length > 0).length >= LINES_LOOKED_AT) return records;
    }
  }
  return records;
}
