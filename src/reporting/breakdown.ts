import type { Breakdown, View } from './report-request.js';

/** The columns of a breakdown, on the page and in files: a count, and the rate that says how good it is. */
export const breakdownColumns = {
  cohort: [
    ['attempted', null],
    ['contacted', 'contacted'],
    ['replied', 'reply'],
    ['interested', 'interested'],
    ['booked', 'booking'],
    ['meetings_held', 'show'],
    ['meetings_qualified', 'qualified'],
  ],
  period: [
    ['attempted', null],
    ['contacted', null],
    ['replied', null],
    ['interested', null],
    ['meetings_booked', null],
    ['meetings_held', 'show'],
    ['meetings_qualified', 'qualified'],
  ],
} as const satisfies Record<View, readonly (readonly [figure: string, rate: string | null])[]>;

/** In a table of its own a meeting column needs the long word. */
const long: Readonly<Record<string, string>> = {
  meetings_booked: 'booked',
  meetings_held: 'held',
  meetings_qualified: 'qualified',
};

/** The head of a column, in the words of the reader. */
export function columnName(words: (key: string) => string, figure: string): string {
  return words(`report.figure.${long[figure] ?? figure}`);
}

/** What a line is called: as people wrote it, else in the words of the reader. */
export function lineName(
  words: (key: string) => string,
  by: Breakdown,
  line: { id: string | null; name: string | null },
): string {
  if (line.id === null) return words(`report.none.${by}`);
  if (by === 'channel') return words(`report.channel.${line.id}`);
  return line.name ?? words('report.gone');
}

/** How the lines of a breakdown stand to the total: `report.breakdown.note…`. */
export function sumNote(words: (key: string) => string, by: Breakdown): string {
  return words(`report.breakdown.note${by === 'channel' ? 'Channel' : 'Other'}`);
}
