import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  applyMapping,
  canIdentify,
  refuseUnlessIdentifying,
} from '../../src/prospects/import/column-mapping.js';
import { EncodingWatch } from '../../src/prospects/import/encoding-watch.js';
import type { ProspectDraft } from '../../src/prospects/import/prospect-draft.js';
import { readRows, type TableRow } from '../../src/prospects/import/read-table.js';
import { draftReader } from '../../src/prospects/import/row-draft.js';
import { DELIMITERS } from '../../src/prospects/import/table-layout.js';
import { understand, type Understanding } from '../../src/prospects/import/understanding.js';

const folder = new URL('../imports/', import.meta.url);

async function* inChunks(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function look(bytes: Uint8Array): Understanding {
  const watch = new EncodingWatch();
  for (let at = 0; at < bytes.length; at += 777) watch.push(bytes.subarray(at, at + 777));
  return understand(watch);
}

async function rowsOf(bytes: Uint8Array, understood = look(bytes)): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of readRows(inChunks(bytes), understood, 3)) rows.push(...batch);
  return rows;
}

async function bring(bytes: Uint8Array): Promise<{ understood: Understanding; drafts: ProspectDraft[] }> {
  const understood = look(bytes);
  refuseUnlessIdentifying(understood.mapping);
  const read = draftReader(understood, { defaultCountry: 'FR' });
  return { understood, drafts: (await rowsOf(bytes, understood)).map((row) => read(row.cells)) };
}

const ok = (name: string) => bring(readFileSync(new URL(`ok/${name}.csv`, folder)));

describe('the files people bring', () => {
  it.each([
    ['apollo', 'utf-8', ',', 'apollo'],
    ['phantombuster', 'utf-8', ',', 'phantombuster'],
    ['evaboot', 'utf-8', ',', 'evaboot'],
    ['linkedin-connections', 'utf-8', ',', 'linkedin_connections'],
    ['hubspot', 'utf-8', ',', 'hubspot'],
    ['salesloft', 'utf-8', ',', 'salesloft'],
    ['lemlist', 'utf-8', ',', 'sequencer'],
    ['smartlead-tab', 'utf-8', '\t', 'sequencer'],
    ['french-windows-1252', 'windows-1252', ';', 'french_sheet'],
    ['french-utf-16le-tab', 'utf-16le', '\t', 'french_sheet'],
    ['french-macintosh', 'macintosh', ';', 'french_sheet'],
    ['french-sep-line', 'utf-8', '|', 'french_sheet'],
    ['french-preamble', 'utf-8', ';', 'french_sheet'],
    ['emails-only', 'utf-8', ',', 'other'],
    ['unknown-labels', 'utf-8', ';', 'other'],
  ])(
    '%s is %s split by %j, from %s; its six people are read and recognised',
    async (name, encoding, delimiter, source) => {
      const { understood, drafts } = await ok(name);
      expect(understood).toMatchObject({ encoding, delimiter, source });
      expect(drafts).toHaveLength(6);
      const refused = drafts.filter((draft) => draft.problem !== null).map((draft) => draft.problem);
      expect(refused).toEqual(name === 'salesloft' ? ['do_not_contact'] : []);
      for (const { keys } of drafts) expect(Object.values(keys).some((key) => key !== null)).toBe(true);
    },
  );

  it('Apollo: 75 columns, ids of its own, phones with apostrophes, unknown columns kept as custom fields', async () => {
    const { understood, drafts } = await ok('apollo');
    expect(understood.labels).toHaveLength(75);
    expect(drafts[0]).toMatchObject({
      person: {
        fullName: 'Anne-Sophie Lefèvre',
        email: 'annesophie.lefevre@cooperative-leman.example',
        phone: '+33450000000',
        title: 'Directrice commerciale',
        jobFunction: 'Sales',
        seniority: 'Director',
        linkedinUrl: 'https://www.linkedin.com/in/anne-sophie-lefevre',
        city: 'Annecy',
        country: 'FR',
      },
      company: {
        name: 'Coopérative du Léman',
        domain: 'cooperative-leman.example',
        headcount: 120,
        linkedinUrl: 'https://www.linkedin.com/company/cooperative-leman',
        technologies: ['HubSpot', 'Google Analytics', 'Salesforce'],
      },
      keys: {
        external: 'apollo:64f0a1b2c3d4e5f607182900',
        name: 'anne sophie lefevre@cooperative-leman.example',
      },
      custom: { Stage: 'Cold', 'Annual Revenue': '12000000', 'Qualify Contact': 'line one\nline two' },
    });
    expect(drafts[3]).toMatchObject({
      person: { email: null, phone: '+35315550100', country: 'IE' },
      warnings: [],
    });
  });

  it.each([
    ['Europe/Lisbon', 'Europe/Lisbon', []],
    ['', null, []],
    ['Paris', null, ['bad_time_zone']],
    ['UTC+3', null, ['bad_time_zone']],
    ['__proto__', null, ['bad_time_zone']],
  ])(
    'a time zone %j is brought in as %j: nobody could say what time it is in another',
    async (cell, timeZone, warnings) => {
      const { drafts } = await bring(
        Buffer.from(`First name,Last name,Email,Time zone\nAda,Roux,ada@roux.example,${cell}\n`),
      );
      expect(drafts).toMatchObject([{ person: { timeZone }, warnings }]);
    },
  );

  it('PhantomBuster: the Sales Navigator link is no public profile, the vmid is the id, and Evaboot gives the same one', async () => {
    const phantom = (await ok('phantombuster')).drafts;
    const evaboot = (await ok('evaboot')).drafts;
    expect(phantom[0]).toMatchObject({
      person: {
        linkedinUrl: 'https://www.linkedin.com/in/anne-sophie-lefevre',
        email: null,
        region: 'Greater Annecy Area',
      },
      company: { linkedinUrl: 'https://www.linkedin.com/company/900100', domain: null },
      keys: { external: 'linkedin:ACwAAAEx0mpleAbCdEfGhIjKlMnOpQrStUvWx', name: null },
    });
    expect(phantom[0]?.custom['summary']).toContain('Bonjour !\n\nJ’aide');
    expect(evaboot.map((draft) => draft.keys.external)).toEqual(phantom.map((draft) => draft.keys.external));
    expect(evaboot[0]?.company).toMatchObject({ headcount: null, headcountBand: '51-200' });
  });

  it('LinkedIn Connections: the three lines of notes are no rows, and rows keep the numbers a spreadsheet shows', async () => {
    const bytes = readFileSync(new URL('ok/linkedin-connections.csv', folder));
    const { understood, drafts } = await bring(bytes);
    expect(understood.labels).toEqual([
      'First Name',
      'Last Name',
      'URL',
      'Email Address',
      'Company',
      'Position',
      'Connected On',
    ]);
    expect(drafts[0]).toMatchObject({
      person: { title: 'Directrice commerciale' },
      custom: { 'Connected On': '10 Mar 2024' },
    });
    // Row 1 "Notes:", row 2 the note, row 3 blank, row 4 the header: the first person stands in row 5.
    expect((await rowsOf(bytes)).map((row) => row.number)).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it.each([
    'french-windows-1252',
    'french-utf-16le-tab',
    'french-macintosh',
    'french-sep-line',
    'french-preamble',
  ])('the French sheet says the same as %s', async (name) => {
    const { drafts } = await ok(name);
    expect(drafts[0]).toMatchObject({
      person: { firstName: 'Anne-Sophie', lastName: 'Lefèvre', phone: '+33450000000', country: 'FR' },
      company: { name: 'Coopérative du Léman SARL', siren: '123456780', nafCode: '62.01Z', headcount: 120 },
      custom: { 'Dernier contact': '12/03/2024' },
    });
    // Two phones in one cell: the first counts. No address: the SIREN stands in for the web domain.
    expect(drafts[4]).toMatchObject({
      person: {
        email: null,
        phone: '+33639984567',
        fullName: 'Chloé De La Tour',
      },
      company: { headcount: null, headcountBand: '10 à 19' },
      keys: { email: null, name: 'chloe de la tour@siren:123456784' },
    });
    expect(drafts[5]?.company?.headcount).toBe(1400);
  });

  it('a label that occurs twice loses no column: the second address is read when the first is blank', async () => {
    const { drafts } = await bring(
      Buffer.from('E-mail;Nom;E-mail\n;Dupont;b@x.example\na@x.example;Martin;c@x.example\n'),
    );
    expect(drafts.map((draft) => draft.person.email)).toEqual(['b@x.example', 'a@x.example']);
    const twice = await bring(Buffer.from('email,Note,Note\na@x.example,one,two\n'));
    expect(twice.drafts[0]?.custom).toEqual({ Note: 'one', 'Note (2)': 'two' });
  });

  it('labels that say nothing are settled by what stands below them', async () => {
    const { understood } = await ok('unknown-labels');
    expect(understood.mapping).toEqual(['custom:Wie', 'email', 'linkedinUrl']);
    const bare = await ok('emails-only');
    expect(bare.understood).toMatchObject({ hasHeader: false, labels: ['Column 1'], mapping: ['email'] });
  });

  it('"Nom" beside "Prénom" is a last name, alone it is the whole one', async () => {
    const { drafts } = await bring(Buffer.from('Nom;E-mail\nDUPONT Jean;jean@x.example\n'));
    expect(drafts[0]?.person).toMatchObject({ firstName: 'Jean', lastName: 'Dupont' });
  });
});

describe('a mapping changed by hand', () => {
  const labels = ['Wie', 'Mail', 'Profil'];
  it('names columns by position or by label, and leaves the others as they were understood', () => {
    const { mapping, problems } = applyMapping(['custom:Wie', 'email', 'linkedinUrl'], labels, {
      0: 'fullName',
      profil: '',
      Mail: 'custom:Second address',
    });
    expect(problems).toEqual({});
    expect(mapping).toEqual(['fullName', 'custom:Second address', null]);
    expect(canIdentify(mapping)).toBe(false);
  });
  it('says which column or field it does not know', () => {
    const { problems } = applyMapping([null, null, null], labels, {
      7: 'email',
      Wie: 'shoeSize',
      Mail: 'custom:',
    });
    expect(problems).toEqual({ 7: 'unknownColumn', Wie: 'unknownField', Mail: 'unknownField' });
  });
});

describe('a file that cannot be imported', () => {
  it('a quote that never closes far down is refused, naming the row it opens in', async () => {
    const good = Array.from({ length: 50 }, (_, at) => `p${at}@x.example,fine`).join('\n');
    const bytes = Buffer.from(`email,notes\n${good}\nq@x.example,"open\nr@x.example,lost\n`);
    await expect(rowsOf(bytes)).rejects.toMatchObject({ reason: 'unclosed_quote', detail: { row: 52 } });
  });

  it('a ten-megabyte cell stops the reading before memory fills', async () => {
    const bytes = Buffer.from(
      `email,notes\n${'p@x.example,ok\n'.repeat(30)}q@x.example,"${'x'.repeat(10_000_000)}"\n`,
    );
    await expect(rowsOf(bytes)).rejects.toMatchObject({ reason: 'giant_cell' });
  });
});

describe('encodings and delimiters', () => {
  const encodings = ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
  const name = fc.constantFrom(
    'Zoë',
    'Éloïse',
    'François',
    'Lefèvre',
    'Noël',
    'Benoît',
    'Cœur',
    'O’Neill',
    'Hélène',
    'Garçon',
  );
  const note = fc.constantFrom(
    '',
    'simple',
    'a, b',
    'c; d',
    'line\nbreak',
    'say "hi"',
    '12,5',
    'tab\there',
    'x | y',
    'prix : 10 €',
  );
  const person = fc.record({ first: name, last: name, note, at: fc.nat(999_999) });

  function encode(text: string, encoding: (typeof encodings)[number]): Buffer {
    if (encoding === 'utf-8 with mark') return iconv.encode(text, 'utf-8', { addBOM: true });
    return iconv.encode(text, encoding);
  }
  const quoted = (cell: string) => (/[",;|\t\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  it.each(encodings.flatMap((encoding) => DELIMITERS.map((delimiter) => [encoding, delimiter] as const)))(
    'a sheet in %s split by %j comes back as it was written',
    async (encoding, delimiter) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(person, { minLength: 2, maxLength: 40 }),
          fc.constantFrom('\n', '\r\n'),
          async (people, eol) => {
            const table = people.map((one) => [one.first, one.last, `p${one.at}@x.example`, one.note]);
            const text = [['Prénom', 'Nom', 'E-mail', 'Note'], ...table]
              .map((row) => row.map(quoted).join(delimiter))
              .join(eol);
            const bytes = encode(text, encoding);
            const understood = look(bytes);
            expect(understood.delimiter).toBe(delimiter);
            expect((await rowsOf(bytes, understood)).map((row) => row.cells)).toEqual(table);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  it('a first accent in the second megabyte is still read as Windows-1252', async () => {
    const plain = Array.from(
      { length: 30_000 },
      (_, at) => `Jean;Martin;jean.martin${at}@acme-industries.example`,
    ).join('\n');
    const bytes = iconv.encode(`Prenom;Nom;E-mail\n${plain}\nZoë;Lefèvre;zoe@x.example\n`, 'windows-1252');
    expect(bytes.length).toBeGreaterThan(1024 * 1024);
    const understood = look(bytes);
    expect(understood.encoding).toBe('windows-1252');
    expect((await rowsOf(bytes, understood)).at(-1)?.cells[1]).toBe('Lefèvre');
  });

  it('one bad byte does not garble the accents of a whole UTF-8 file', () => {
    const bytes = Buffer.concat([
      Buffer.from('Prénom;E-mail\n' + 'Zoë;z@x.example\n'.repeat(50)),
      Buffer.from([0xe9, 0x0a]),
    ]);
    expect(look(bytes).encoding).toBe('utf-8');
  });
});
