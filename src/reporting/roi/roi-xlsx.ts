import type ExcelJS from 'exceljs';
import type { RoiFile } from './roi-file.js';
import type { RoiCell, RoiSection } from './roi-section.js';

const NAME_WIDTH = 46;
const CELL_WIDTH = 22;

/** A workbook with a sheet per table; amounts, counts and shares are numbers a spreadsheet can go on with. */
export async function roiXlsx(file: RoiFile): Promise<Buffer> {
  // loaded when somebody asks: the library is large, and a server that starts has better things to do
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  book.title = file.title;
  const taken = new Set<string>();
  for (const section of file.sections) addSheet(book, section, file, taken);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function addSheet(book: ExcelJS.Workbook, section: RoiSection, file: RoiFile, taken: Set<string>): void {
  const sheet = book.addWorksheet(sheetName(section.title, taken));
  sheet.columns = [{ width: NAME_WIDTH }, ...section.columns.map(() => ({ width: CELL_WIDTH }))];
  sheet.addRow([file.title]).font = { bold: true, size: 14 };
  for (const line of file.lines) sheet.addRow([line]);
  sheet.addRow([]);
  sheet.addRow([section.title]).font = { bold: true };
  if (section.note) sheet.addRow([section.note]);
  const head = sheet.addRow(['', ...section.columns]);
  head.font = { bold: true };
  head.alignment = { wrapText: true, vertical: 'top' };
  head.border = { bottom: { style: 'thin' } };
  sheet.views = [{ state: 'frozen', ySplit: head.number, xSplit: 1 }];
  for (const { item, cells, isTotal } of section.rows) {
    const row = sheet.addRow([item]);
    cells.forEach((cell, index) => write(row.getCell(index + 2), cell, file));
    if (isTotal) row.font = { bold: true };
  }
}

function write(target: ExcelJS.Cell, cell: RoiCell, file: RoiFile): void {
  switch (cell.kind) {
    case 'text':
      target.value = cell.text;
      return;
    case 'money':
      target.value = cell.cents === null ? file.na : cell.cents / 100;
      target.numFmt = `#,##0.00 "${file.currency}"`;
      break;
    case 'count':
      target.value = cell.count === null ? file.na : Number(cell.count);
      target.numFmt = Number.isInteger(Number(cell.count)) ? '#,##0' : '#,##0.00';
      break;
    case 'day':
      target.value = cell.on === null ? '' : new Date(`${cell.on}T00:00:00Z`);
      target.numFmt = 'yyyy-mm-dd';
      break;
    case 'rate':
      target.value = cell.rate ?? file.na;
      target.numFmt = '0.0 %';
      break;
  }
  target.alignment = { horizontal: 'right' };
}

/** Excel allows 31 characters, none of * ? : \ / [ ], and no name twice. */
function sheetName(title: string, taken: Set<string>): string {
  const plain = title
    .replace(/[*?:\\/[\]]/gu, ' ')
    .slice(0, 28)
    .trim();
  let name = plain;
  for (let copy = 2; taken.has(name); copy += 1) name = `${plain} ${copy}`;
  taken.add(name);
  return name;
}
