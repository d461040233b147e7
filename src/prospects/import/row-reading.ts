import type { IcpInForce } from '../../icp/best-fit.js';
import { searchColumns } from '../search/search-text.js';
import type { ColumnMapping } from './column-mapping.js';
import type { UnderstoodRow } from './packed-rows.js';
import type { TableRow } from './read-table.js';
import { draftReader } from './row-draft.js';
import { verdictReader } from './stored-verdict.js';

/** What rows are read by, from the first of a file to its last. */
export interface ReadingRules {
  mapping: ColumnMapping;
  /** How ids of the source are told from those of another. */
  idPrefix: string;
  /** ISO alpha-2, for phones without a country code. */
  defaultCountry: string | null;
  icps: readonly IcpInForce[];
}

/** Compiles the rules once; what it gives turns a row of a table into all that can be known of it by itself. */
export function rowReading({
  mapping,
  idPrefix,
  defaultCountry,
  icps,
}: ReadingRules): (row: TableRow) => UnderstoodRow {
  const read = draftReader({ mapping, idPrefix }, { defaultCountry });
  const judge = verdictReader(icps);
  return ({ number, cells }) => {
    const draft = read(cells);
    const { person, company } = draft;
    return {
      number,
      cells: JSON.stringify(cells),
      draft,
      judged: judge(person, company),
      search: searchColumns({ ...person, companyName: company?.name ?? null }, company?.domain ?? null),
    };
  };
}
