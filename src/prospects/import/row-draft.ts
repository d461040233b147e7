import { readHeadcount } from '../../icp/headcount.js';
import { readNaf } from '../../icp/naf.js';
import { companyKey } from '../../shared/company-name.js';
import { countryCode } from '../../shared/country.js';
import { isFreeMailDomain } from '../../shared/email-address.js';
import { canonicalLinkedInCompanyUrl, readLinkedInPerson } from '../../shared/linkedin-url.js';
import { splitFullName, tidyName, type PersonName } from '../../shared/person-name.js';
import { normalisePhone } from '../../shared/phone-number.js';
import { isZone } from '../../shared/time-zone.js';
import { companyDomain } from '../../shared/web-domain.js';
import type { ReadHeader } from './column-mapping.js';
import type { CellProblem, CompanyDraft, PersonDraft, ProspectDraft, RowProblem } from './prospect-draft.js';
import { domainOfWork, hasKey, identityKeys, type IdentityKeys } from './identity-keys.js';
import {
  firstOf,
  readEmail,
  readLongText,
  readPlace,
  readSiren,
  readText,
  readYes,
  type Place,
} from './read-cell.js';
import type { TargetField } from './target-field.js';

/** What the column takes. */
const LONGEST_KEY = 300;

export interface DraftContext {
  /** ISO alpha-2, for phones written without a country code where the row names no country. */
  defaultCountry: string | null;
}

/** Compiles a mapping once; the reader it gives turns the cells of a row into a draft. */
export function draftReader(
  header: Pick<ReadHeader, 'mapping' | 'idPrefix'>,
  context: DraftContext,
): (cells: readonly string[]) => ProspectDraft {
  const columns: Columns = {};
  const customs: [at: number, name: string][] = [];
  header.mapping.forEach((target, at) => {
    if (target === null) return;
    if (target.startsWith('custom:')) customs.push([at, target.slice('custom:'.length)]);
    else (columns[target as TargetField] ??= []).push(at);
  });
  return (cells) => new RowReader(cells, columns, header, context).draft(customs);
}

type Columns = Partial<Record<TargetField, number[]>>;

class RowReader {
  private readonly warnings = new Set<CellProblem>();

  constructor(
    private readonly cells: readonly string[],
    private readonly columns: Columns,
    private readonly header: Pick<ReadHeader, 'mapping' | 'idPrefix'>,
    private readonly context: DraftContext,
  ) {}

  draft(customs: readonly [at: number, name: string][]): ProspectDraft {
    const place = this.place('location', 'city', 'region', 'country');
    const companyPlace = this.place('companyLocation', 'companyCity', 'companyRegion', 'companyCountry');
    const callingCountry = place.country ?? companyPlace.country ?? this.context.defaultCountry;
    const email = this.read('email', readEmail, 'bad_email');
    const profile = this.profile();
    const name = this.name();
    // Field by field: spreading here costs a third of the time a row takes.
    const person: PersonDraft = {
      firstName: name.firstName,
      lastName: name.lastName,
      fullName:
        [name.firstName, name.lastName].filter(Boolean).join(' ') ||
        (email ?? profile.url ?? profile.id ?? ''),
      email,
      emailStatus: this.text('emailStatus', 60),
      linkedinUrl: profile.url,
      phone: this.phone('phone', callingCountry),
      mobilePhone: this.phone('mobilePhone', callingCountry),
      title: this.text('title', 300),
      jobFunction: this.text('jobFunction', 200),
      seniority: this.text('seniority', 100),
      city: place.city,
      region: place.region,
      country: place.country,
      timeZone: this.read('timeZone', (cell) => (isZone(cell) ? cell : null), 'bad_time_zone'),
    };
    const company = this.company(companyPlace, callingCountry, email);
    const keys = identityKeys({
      email,
      linkedinUrl: profile.url,
      firstName: name.firstName,
      lastName: name.lastName,
      externalId: this.externalId(profile.id),
      idPrefix: this.idPrefix(profile.id),
      companyDomain: company?.domain ?? null,
      siren: company?.siren ?? null,
    });
    const custom = this.custom(customs);
    return { person, company, custom, keys, warnings: [...this.warnings], problem: this.problem(keys) };
  }

  /** The first cell of the field that reads; a warning when cells were filled and none did. */
  private read<T>(field: TargetField, read: (cell: string) => T | null, warning?: CellProblem): T | null {
    const columns = this.columns[field];
    if (columns === undefined) return null;
    let isFilled = false;
    for (const at of columns) {
      const cell = readText(this.cells[at] ?? '');
      if (cell === null) continue;
      isFilled = true;
      const value = read(cell);
      if (value !== null) return value;
    }
    if (isFilled && warning !== undefined) this.warnings.add(warning);
    return null;
  }

  private text(field: TargetField, longest: number): string | null {
    return this.read(field, (cell) => cell.slice(0, longest));
  }

  private phone(field: TargetField, country: string | null): string | null {
    return this.read(
      field,
      (cell) =>
        normalisePhone(cell, country ?? undefined) ??
        firstOf(cell, /[/;,|]|\bou\b|\bor\b/u, (part) => normalisePhone(part, country ?? undefined)),
      'bad_phone',
    );
  }

  private profile(): { url: string | null; id: string | null } {
    let id: string | null = null;
    const url = this.read('linkedinUrl', (cell) => {
      const { publicUrl, memberId } = readLinkedInPerson(cell);
      id ??= memberId;
      return publicUrl === null || publicUrl.length > 300 ? null : publicUrl;
    });
    if (url === null && id === null && this.read('linkedinUrl', (cell) => cell) !== null)
      this.warnings.add('bad_linkedin');
    return { url, id };
  }

  /** Sales Navigator's id of a person serves as external id where the source has none of its own. */
  private externalId(memberId: string | null): string | null {
    const id = this.read('externalId', (cell) => readLinkedInPerson(cell).memberId ?? cell.slice(0, 150));
    return id ?? memberId;
  }

  private idPrefix(memberId: string | null): string {
    return this.read('externalId', (cell) => cell) === null && memberId !== null
      ? 'linkedin'
      : this.header.idPrefix;
  }

  private name(): { firstName: string | null; lastName: string | null } {
    const given: PersonName = {
      firstName: this.text('firstName', 120) ?? '',
      lastName: this.text('lastName', 120) ?? '',
    };
    const full = given.firstName === '' || given.lastName === '' ? this.text('fullName', 200) : null;
    const { firstName, lastName } = full === null ? given : splitFullName(full);
    return { firstName: tidyName(firstName) || null, lastName: tidyName(lastName) || null };
  }

  private place(whole: TargetField, city: TargetField, region: TargetField, country: TargetField): Place {
    const written = this.read(whole, readPlace);
    return {
      city: this.text(city, 120) ?? written?.city ?? null,
      region: this.text(region, 120) ?? written?.region ?? null,
      country: this.read(country, countryCode, 'bad_country') ?? written?.country ?? null,
    };
  }

  private company(place: Place, callingCountry: string | null, email: string | null): CompanyDraft | null {
    const website = this.text('website', 300);
    const own = this.read('website', (cell) => notFreeMail(companyDomain(cell)), 'bad_website');
    const domain = domainOfWork(own, email);
    const name = this.text('companyName', 200) ?? domain;
    if (name === null) return null;
    return {
      name,
      nameKey: companyKey(name).slice(0, LONGEST_KEY),
      domain,
      website: own === null ? null : website,
      linkedinUrl: this.read('companyLinkedinUrl', canonicalLinkedInCompanyUrl),
      industry: this.text('industry', 200),
      nafCode: this.read('nafCode', readNaf),
      siren: this.read('siren', readSiren),
      ...this.headcount(),
      phone: this.phone('companyPhone', place.country ?? callingCountry),
      ...place,
      technologies: this.read('technologies', listOf),
    };
  }

  private headcount(): Pick<CompanyDraft, 'headcount' | 'headcountBand'> {
    const band = this.text('headcount', 60);
    const range = band === null ? null : readHeadcount(band);
    if (range === null) return { headcount: null, headcountBand: null };
    const isExact = range.min === range.max && range.min != null;
    return isExact
      ? { headcount: range.min ?? null, headcountBand: null }
      : { headcount: null, headcountBand: band };
  }

  private custom(customs: readonly [at: number, name: string][]): Record<string, string> {
    const custom: Record<string, string> = {};
    for (const [at, name] of customs) {
      const value = readLongText(this.cells[at] ?? '');
      if (value !== null && !Object.hasOwn(custom, name)) custom[name] = value;
    }
    return custom;
  }

  private problem(keys: IdentityKeys): RowProblem | null {
    const { length } = this.header.mapping;
    if (this.cells.length > length && this.cells.slice(length).some((cell) => cell.trim() !== ''))
      return 'shifted_cells';
    if (this.read('doNotContact', (cell) => (readYes(cell) ? true : null)) === true) return 'do_not_contact';
    if (hasKey(keys)) return null;
    return this.warnings.has('bad_email') ? 'bad_email' : 'missing_identity';
  }
}

function notFreeMail(domain: string | null): string | null {
  return domain === null || isFreeMailDomain(domain) ? null : domain;
}

function listOf(cell: string): string[] | null {
  const items = cell
    .split(/[,;|]/u)
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length === 0 ? null : [...new Set(items)].slice(0, 200);
}
