import type { SearchColumns } from '../search/search-text.js';
import { KEY_KINDS, type IdentityKeys } from './identity-keys.js';
import type { CellProblem, CompanyDraft, PersonDraft, ProspectDraft, RowProblem } from './prospect-draft.js';
import type { StoredVerdict } from './row-decision.js';

const PERSON = [
  'firstName',
  'lastName',
  'fullName',
  'email',
  'emailStatus',
  'linkedinUrl',
  'phone',
  'mobilePhone',
  'title',
  'jobFunction',
  'seniority',
  'city',
  'region',
  'country',
  'timeZone',
] as const satisfies readonly (keyof PersonDraft)[];
/** Verdicts both sides keep: a few MB at most. */
const MOST_TOLD = 5_000;
const CUSTOM_AT = KEY_KINDS.length + PERSON.length;

/** The values of a row that go into its columns as they are: keys, person, custom fields (JSON text), in this order. */
export const PACKED_FIELDS = [...KEY_KINDS.map((kind) => `${kind}Key`), ...PERSON, 'custom'] as const;
type Value = string | null;

/** A row as far as it can be understood without asking the database. */
export interface UnderstoodRow {
  number: number;
  /** As JSON text. */
  cells: string;
  draft: ProspectDraft;
  judged: StoredVerdict;
  search: SearchColumns;
}

type PackedRow = [
  number: number,
  problem: RowProblem | null,
  warnings: CellProblem[],
  company: number,
  verdict: number,
  search: SearchColumns,
  values: Value[],
];

/**
 * Rows on their way from the thread that reads to the one that writes. Colleagues share their company; most rows are
 * written without anybody looking at a field of theirs.
 */
export interface PackedRows {
  rows: PackedRow[];
  companies: CompanyDraft[];
  /** Those no earlier batch has told: a verdict is longer than the row it is about, and comes again in later batches. */
  verdicts: StoredVerdict[];
  /** Whether what earlier batches told is forgotten. */
  isAnew: boolean;
}

/** Packs batch after batch of one file. */
export class RowPacker {
  private readonly told = new Map<StoredVerdict, number>();

  pack(understood: readonly UnderstoodRow[]): PackedRows {
    const isAnew = this.told.size >= MOST_TOLD;
    if (isAnew) this.told.clear();
    const verdicts: StoredVerdict[] = [];
    const companies = new Shared<CompanyDraft>((company) => JSON.stringify(company));
    const rows = understood.map(({ number, draft, judged, search }): PackedRow => {
      const { keys, person, custom, company, problem, warnings } = draft;
      const values: Value[] = [keys.external, keys.email, keys.linkedin, keys.name];
      for (const field of PERSON) values.push(person[field]);
      values.push(isEmpty(custom) ? null : JSON.stringify(custom));
      return [
        number,
        problem,
        warnings,
        company === null ? -1 : companies.at(company),
        this.placeOf(judged, verdicts),
        search,
        values,
      ];
    });
    return { rows, companies: companies.all, verdicts, isAnew };
  }

  private placeOf(verdict: StoredVerdict, untold: StoredVerdict[]): number {
    const known = this.told.get(verdict);
    if (known !== undefined) return known;
    untold.push(verdict);
    this.told.set(verdict, this.told.size);
    return this.told.size - 1;
  }
}

/** Takes apart, in their order, the batches one packer made. */
export class RowUnpacker {
  private told: StoredVerdict[] = [];

  /** @param cells of each row, as JSON text: few rows ever need them again */
  unpack({ rows, companies, verdicts, isAnew }: PackedRows, cells: readonly string[]): DraftedRow[] {
    if (isAnew) this.told = [];
    this.told.push(...verdicts);
    return rows.map(([number, problem, warnings, company, verdict, search, values], at) => {
      const drafted = new DraftedRow(number, cells[at]!, values, problem, warnings);
      drafted.company = company === -1 ? null : companies[company]!;
      drafted.judged = this.told[verdict]!;
      drafted.search = search;
      return drafted;
    });
  }
}

/** A row as the planner and the writer meet it; what few of them ask for is put together when asked for. */
export class DraftedRow implements ProspectDraft {
  company: CompanyDraft | null = null;
  /** The verdict on this person at the company as the row describes it. */
  judged!: StoredVerdict;
  search!: SearchColumns;
  readonly keys: IdentityKeys;

  constructor(
    /** Its row in a spreadsheet, header and blank lines counted. */
    readonly number: number,
    /** As JSON text. */
    readonly cells: string,
    /** In the order of PACKED_FIELDS. */
    readonly values: readonly Value[],
    readonly problem: RowProblem | null,
    readonly warnings: CellProblem[],
  ) {
    const [external, email, linkedin, name] = values as [Value, Value, Value, Value];
    this.keys = { external, email, linkedin, name };
  }

  get person(): PersonDraft {
    const person: Record<string, Value> = {};
    PERSON.forEach((field, at) => (person[field] = this.values[KEY_KINDS.length + at]!));
    return person as unknown as PersonDraft;
  }

  /** One field of the person, without the others. */
  of(field: (typeof PERSON)[number]): Value {
    return this.values[KEY_KINDS.length + PERSON.indexOf(field)]!;
  }

  get custom(): Record<string, string> {
    const text = this.values[CUSTOM_AT];
    return text == null ? {} : (JSON.parse(text) as Record<string, string>);
  }
}

class Shared<T> {
  readonly all: T[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly nameOf: (one: T) => string) {}

  at(one: T): number {
    const name = this.nameOf(one);
    const known = this.places.get(name);
    if (known !== undefined) return known;
    this.places.set(name, this.all.length);
    return this.all.push(one) - 1;
  }
}

function isEmpty(record: Record<string, string>): boolean {
  for (const _ in record) return false;
  return true;
}
