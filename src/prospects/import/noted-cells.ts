import type { ReadHeader } from './column-mapping.js';
import type { PlannedRow } from './import-run.js';
import type { CellProblem } from './prospect-draft.js';
import { type DraftContext, draftReader } from './row-draft.js';
import type { TargetField } from './target-field.js';

/** Rows named for each problem: a column of nothing but nonsense is known by its first ones. */
export const MOST_NOTED = 100;

const FIELDS: Record<CellProblem, readonly TargetField[]> = {
  bad_email: ['email'],
  bad_phone: ['phone', 'mobilePhone', 'companyPhone'],
  bad_linkedin: ['linkedinUrl'],
  bad_website: ['website'],
  bad_country: ['country', 'companyCountry'],
  bad_time_zone: ['timeZone'],
};

/** A row that went on without some of its cells: those alone, where they stood. */
export interface NotedRow {
  rowNumber: number;
  problem: CellProblem;
  prospectId: string | null;
  cells: string[];
}

type Header = Pick<ReadHeader, 'mapping' | 'idPrefix'>;

/** The cells left out of rows that were taken. `before`: how many rows of each problem there were up to these. */
export function notedCells(
  header: Header,
  context: DraftContext,
  planned: readonly PlannedRow[],
  before: Readonly<Record<string, number>>,
): NotedRow[] {
  const counts: Record<string, number> = { ...before };
  const finders = new Map<CellProblem, (cells: readonly string[]) => string[]>();
  return planned.flatMap(({ row, decision, newId }) => {
    if ('reason' in decision) return [];
    const prospectId = newId ?? ('known' in decision ? decision.known.id : null);
    return row.warnings.flatMap((problem) => {
      counts[problem] = (counts[problem] ?? 0) + 1;
      if (counts[problem] > MOST_NOTED) return [];
      const find = finders.get(problem) ?? unreadFinder(header, context, problem);
      finders.set(problem, find);
      return [{ rowNumber: row.number, problem, prospectId, cells: find(JSON.parse(row.cells) as string[]) }];
    });
  });
}

/** Which cells of a row have the problem: each column is read as if it were the only one that could. */
function unreadFinder({ mapping, idPrefix }: Header, context: DraftContext, problem: CellProblem) {
  const mayHave = (at: number): boolean => FIELDS[problem].includes(mapping[at] as TargetField);
  const readers = mapping.flatMap((_, at) => {
    if (!mayHave(at)) return [];
    const alone = mapping.map((target, other) => (other !== at && mayHave(other) ? null : target));
    return [{ at, read: draftReader({ mapping: alone, idPrefix }, context) }];
  });
  return (cells: readonly string[]): string[] => {
    const unread = readers.filter(({ read }) => read(cells).warnings.includes(problem)).map(({ at }) => at);
    return cells.map((cell, at) => (unread.includes(at) ? cell : ''));
  };
}
