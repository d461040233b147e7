import { stringify } from 'csv-stringify/sync';
import { centsAsDecimal } from '../../shared/money.js';
import type { RoiFile } from './roi-file.js';
import type { RoiCell } from './roi-section.js';

/** A number in its own digits: it may begin with a minus without being a formula. */
class Numeral {
  constructor(readonly digits: string) {}
}

/**
 * One figure a row (RFC 4180, UTF-8): section, item, measure, value, unit. Numbers carry a decimal point in every
 * language and a share is 0–1, so that a program reads them; nothing to divide by is written as on the page. Texts a
 * spreadsheet would take for a formula are neutralised.
 */
export function roiCsv(file: RoiFile, options: { bom?: boolean } = {}): string {
  const { section, item, measure, value, unit } = file.heads;
  const rows = file.sections.flatMap(({ title, columns, rows }) =>
    rows.flatMap((row) =>
      row.cells.flatMap((cell, index) =>
        isBlank(cell) ? [] : [[title, row.item, columns[index] ?? '', ...valueAndUnit(cell, file)]],
      ),
    ),
  );
  return stringify([[section, item, measure, value, unit], ...rows], {
    record_delimiter: 'windows',
    bom: options.bom ?? false,
    escape_formulas: true,
    cast: {
      object: (numeral) => ({ value: (numeral as unknown as Numeral).digits, escape_formulas: false }),
    },
  });
}

/** A gap in a table is no figure. */
const isBlank = (cell: RoiCell): boolean => cell.kind === 'text' && cell.text === '';

function valueAndUnit(cell: RoiCell, file: RoiFile): [value: string | Numeral, unit: string] {
  switch (cell.kind) {
    case 'text':
      return [cell.text, ''];
    case 'money':
      return [cell.cents === null ? file.na : new Numeral(centsAsDecimal(cell.cents)), file.currency];
    case 'count':
      return [cell.count === null ? file.na : new Numeral(String(cell.count)), ''];
    case 'day':
      return [cell.on ?? '', ''];
    case 'rate':
      return [cell.rate === null ? file.na : new Numeral(String(cell.rate)), ''];
  }
}
