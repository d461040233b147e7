import sql from 'sql-template-tag';
import type { Db } from '../../database/db.js';
import { integer, json, maybe, text, type RowOf } from '../../database/rows.js';
import type { CompanyDraft, ProspectDraft } from './prospect-draft.js';

const COMPANY = {
  id: text,
  name: text,
  nameKey: text,
  domain: maybe(text),
  website: maybe(text),
  linkedinUrl: maybe(text),
  industry: maybe(text),
  nafCode: maybe(text),
  siren: maybe(text),
  headcount: maybe(integer),
  headcountBand: maybe(text),
  phone: maybe(text),
  city: maybe(text),
  region: maybe(text),
  country: maybe(text),
  technologies: maybe(json<string[]>()),
};
export type KnownCompany = RowOf<typeof COMPANY>;

const FILLABLE = [
  'website',
  'linkedinUrl',
  'industry',
  'nafCode',
  'siren',
  'phone',
  'city',
  'region',
  'country',
  'technologies',
] as const satisfies readonly (keyof CompanyDraft)[];

/**
 * The companies of a chunk: found again by domain; without one, by name where one company alone bears it. A company is
 * shared by colleagues, so an import only ever fills its blanks.
 */
export class CompanyBook {
  private readonly byId = new Map<string, KnownCompany>();
  private readonly byDomain = new Map<string, KnownCompany>();
  private readonly byName = new Map<string, KnownCompany[]>();
  readonly created: KnownCompany[] = [];
  readonly filled = new Set<KnownCompany>();

  constructor(known: readonly KnownCompany[]) {
    known.forEach((company) => this.keep(company));
  }

  get(id: string | null): KnownCompany | null {
    return id === null ? null : (this.byId.get(id) ?? null);
  }

  /** The company of a draft, made if there is none. */
  of(draft: CompanyDraft, newId: () => string): KnownCompany {
    const namesakes = this.byName.get(draft.nameKey) ?? [];
    const found =
      draft.domain === null
        ? namesakes.length === 1
          ? namesakes[0]
          : namesakes.find((company) => company.domain === null)
        : this.byDomain.get(draft.domain);
    if (found !== undefined) return this.fill(found, draft);
    const made: KnownCompany = { ...draft, id: newId() };
    this.keep(made);
    this.created.push(made);
    return made;
  }

  private fill(company: KnownCompany, draft: CompanyDraft): KnownCompany {
    const before = company as Record<string, unknown>;
    const blanks = FILLABLE.filter((field) => company[field] === null && draft[field] !== null);
    for (const field of blanks) before[field] = draft[field];
    const knowsSize = company.headcount !== null || company.headcountBand !== null;
    const tellsSize = draft.headcount !== null || draft.headcountBand !== null;
    if (!knowsSize && tellsSize) {
      company.headcount = draft.headcount;
      company.headcountBand = draft.headcountBand;
    }
    const isNamed = company.name === company.domain && draft.name !== draft.domain;
    if (isNamed) {
      company.name = draft.name;
      company.nameKey = draft.nameKey;
    }
    const isFilled = blanks.length > 0 || (!knowsSize && tellsSize) || isNamed;
    if (isFilled && !this.created.includes(company)) this.filled.add(company);
    return company;
  }

  private keep(company: KnownCompany): void {
    this.byId.set(company.id, company);
    if (company.domain !== null) this.byDomain.set(company.domain, company);
    this.byName.set(company.nameKey, [...(this.byName.get(company.nameKey) ?? []), company]);
  }
}

/** Every company of the client that a draft of the chunk could be at, and those known prospects are at. */
export async function companyBook(
  db: Db,
  clientId: string,
  drafts: readonly Pick<ProspectDraft, 'company'>[],
  companyIds: readonly string[],
): Promise<CompanyBook> {
  const companies = drafts.flatMap(({ company }) => (company === null ? [] : [company]));
  const domains = [...new Set(companies.flatMap(({ domain }) => (domain === null ? [] : [domain])))];
  const names = [...new Set(companies.flatMap(({ domain, nameKey }) => (domain === null ? [nameKey] : [])))];
  const found = new Map<string, KnownCompany>();
  for (const [column, values] of [
    [sql`domain`, domains],
    [sql`name_key`, names],
    [sql`id`, companyIds],
  ] as const) {
    if (values.length === 0) continue;
    const where = sql`client_id = ${clientId} AND ${db.dialect.isAmong(column, values)}`;
    const rows = await db.rows(sql`SELECT * FROM company WHERE ${where} ORDER BY id`, COMPANY);
    rows.forEach((company) => found.set(company.id, found.get(company.id) ?? company));
  }
  return new CompanyBook([...found.values()]);
}
