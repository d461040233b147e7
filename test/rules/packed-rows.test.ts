import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IcpInForce } from '../../src/icp/best-fit.js';
import {
  type PackedRows,
  RowPacker,
  RowUnpacker,
  type UnderstoodRow,
} from '../../src/prospects/import/packed-rows.js';
import type { CompanyDraft } from '../../src/prospects/import/prospect-draft.js';
import type { StoredVerdict } from '../../src/prospects/import/row-decision.js';
import { rowReading } from '../../src/prospects/import/row-reading.js';
import { storedVerdict, verdictReader } from '../../src/prospects/import/stored-verdict.js';

const icp = (versionId: string, criteria: IcpInForce['criteria']): IcpInForce => ({
  icpId: `icp of ${versionId}`,
  versionId,
  version: 1,
  name: versionId,
  criteria,
});
const ICPS = [
  icp('sellers', { functions: ['sales'], countries: ['FR'], exclusions: { domains: ['rival.example'] } }),
  icp('middle', { headcount: { min: 50, max: 500 }, exclusions: { companyNames: ['Rival SARL'] } }),
];

describe('the verdicts on the rows of a file', () => {
  const some = <T>(...values: T[]) => fc.constantFrom<T | null>(...values, null);
  const person = fc.record({
    title: some('Directrice commerciale', 'DSI'),
    jobFunction: some('Sales'),
    seniority: some('director'),
    country: some('FR', 'BE'),
    region: some('Bretagne'),
  });
  const company = fc.record<CompanyDraft>({
    name: fc.constantFrom('Acme', 'RIVAL'),
    nameKey: fc.constant(''),
    domain: some('acme.example', 'eu.rival.example'),
    website: fc.constant(null),
    linkedinUrl: fc.constant(null),
    industry: some('Logiciels'),
    nafCode: some('62.01Z'),
    siren: fc.constant(null),
    headcount: some(20, 80),
    headcountBand: some('11-50'),
    phone: fc.constant(null),
    city: fc.constant(null),
    region: some('Occitanie'),
    country: some('FR'),
    technologies: some(['Salesforce']),
  });
  it('are those each row would get by itself, whatever rows came before it', () => {
    const rows = fc.array(fc.tuple(person, fc.option(company)), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(rows, (people) => {
        const judge = verdictReader(ICPS);
        for (const [one, employer] of people)
          expect(judge(one, employer)).toEqual(storedVerdict(ICPS, one, employer));
      }),
      { seed: 14, numRuns: 60 },
    );
  });
});

describe('rows on their way between the threads', () => {
  const verdict = (score: number): StoredVerdict => ({
    icpVersionId: 'version',
    fit: 'fit',
    fitScore: score,
    fitReasons: `[${score}]`,
  });
  const read = rowReading({
    mapping: ['firstName', 'lastName', 'companyName', 'email', 'custom:Ligne'],
    idPrefix: 'file',
    defaultCountry: 'FR',
    icps: [],
  });
  /** A third of the people share a verdict with somebody of an earlier batch, all others have one of their own. */
  const people = (count: number): UnderstoodRow[] => {
    const verdicts = Array.from({ length: count }, (_, at) => verdict(at));
    return verdicts.map((own, at) => ({
      ...read({
        number: at + 2,
        cells: ['Claire', `Roux ${at}`, `Acme ${at >> 2}`, `c.${at}@acme.example`, `L${at}`],
      }),
      judged: at % 3 === 0 ? verdicts[Math.floor(at / 2)]! : own,
    }));
  };

  it('arrive as they left, each with its company and its verdict, however many verdicts a file has', () => {
    const sent = people(20_000);
    const [packer, unpacker] = [new RowPacker(), new RowUnpacker()];
    const told: number[] = [];
    for (let at = 0; at < sent.length; at += 80) {
      const batch = sent.slice(at, at + 80);
      const packed = JSON.parse(JSON.stringify(packer.pack(batch))) as PackedRows;
      told.push(packed.verdicts.length);
      const arrived = unpacker.unpack(
        packed,
        batch.map(({ cells }) => cells),
      );
      expect(arrived.map(({ number, cells, judged, search }) => ({ number, cells, judged, search }))).toEqual(
        batch.map(({ number, cells, judged, search }) => ({ number, cells, judged, search })),
      );
      expect(arrived.map(({ person, company, custom, keys }) => ({ person, company, custom, keys }))).toEqual(
        batch.map(({ draft: { person, company, custom, keys } }) => ({ person, company, custom, keys })),
      );
    }
    expect(told[1]).toBeLessThan(80);
  });
});
