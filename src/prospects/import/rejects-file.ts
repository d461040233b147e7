import { stringify } from 'csv-stringify/sync';
import type { KeptProspect, RejectedRow } from './imports.queries.js';
import { REJECT_COLUMNS, type RejectColumns } from './reject-columns.js';

const options = (delimiter: string) => ({ delimiter, escape_formulas: true, record_delimiter: '\r\n' });

/** The first line, with the mark that makes spreadsheets read UTF-8. */
export function rejectsHeader(
  labels: readonly string[],
  delimiter: string,
  own: RejectColumns = REJECT_COLUMNS.en,
): string {
  return `\ufeff${stringify([[...labels, ...own]], options(delimiter))}`;
}

/** Prospects a revert left as they are, as a file of their own. */
export async function* keptLines(
  pages: AsyncIterable<readonly KeptProspect[]>,
  delimiter: string,
  { header, say }: { header: readonly string[]; say: (reason: string) => string },
): AsyncGenerator<string> {
  yield `\ufeff${stringify([[...header]], options(delimiter))}`;
  for await (const kept of pages) {
    const lines = kept.map(({ fullName, email, reason, id }) => [fullName, email ?? '', say(reason), id]);
    yield stringify(lines, options(delimiter));
  }
}

/** An outcome and a reason in the reader's words; programs take the codes. */
export interface RejectWords {
  outcome: (outcome: string) => string;
  reason: (reason: string) => string;
}
const CODES: RejectWords = { outcome: (outcome) => outcome, reason: (reason) => reason };

/** Rows as they stood in the file, each with where and why. */
export function rejectsLines(
  rows: readonly RejectedRow[],
  width: number,
  delimiter: string,
  words: RejectWords = CODES,
): string {
  const lines = rows.map(({ cells, rowNumber, outcome, reason }) => {
    const own = [String(rowNumber), words.outcome(outcome), reason === null ? '' : words.reason(reason)];
    return [...Array.from({ length: width }, (_, at) => cells?.[at] ?? ''), ...own];
  });
  return stringify(lines, options(delimiter));
}
