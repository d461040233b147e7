import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { refuseUnlessIdentifying } from '../../src/prospects/import/column-mapping.js';
import { draftedRows } from '../../src/prospects/import/file-rows.queries.js';
import { ImportFiles, type StoredFile } from '../../src/prospects/import/import-files.service.js';
import { type DraftedRow, RowUnpacker } from '../../src/prospects/import/packed-rows.js';
import { FileRefused, REFUSALS } from '../../src/prospects/import/refusal.js';

const folder = new URL('../imports/', import.meta.url);
const spectrum = new URL('../../node_modules/csv-spectrum/', import.meta.url);
const dataDir = mkdtempSync(join(tmpdir(), 'carnet-files-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const files = new ImportFiles({ dataDir } as Config);
const keep = (bytes: Uint8Array): Promise<StoredFile> => files.keep(Readable.from([bytes]));

/** From the bytes on the wire to rows understood, as an import goes. */
async function read(bytes: Uint8Array, sheet?: string) {
  const kept = await keep(bytes);
  const understood =
    sheet === undefined ? kept.understanding : await files.understandSheet(kept.storedAs, sheet);
  refuseUnlessIdentifying(understood.mapping);
  const { mapping, idPrefix } = understood;
  const rules = { mapping, idPrefix, defaultCountry: 'FR', icps: [] };
  const unpacker = new RowUnpacker();
  const rows: DraftedRow[] = [];
  let reached = 0;
  for await (const { packed, cells, bytesRead } of draftedRows(
    { path: files.pathOf(kept.storedAs), shape: understood, rules },
    4,
  )) {
    rows.push(...unpacker.unpack(packed, cells));
    reached = bytesRead;
  }
  return { understood, rows, readRate: reached / kept.bytes };
}

describe('the folder of good files', () => {
  it.each(readdirSync(new URL('ok/', folder)))(
    '%s: six people, each with a key, none with a problem of its own',
    async (name) => {
      const { rows, readRate } = await read(readFileSync(new URL(`ok/${name}`, folder)));
      expect(rows).toHaveLength(6);
      expect(rows.filter(({ problem }) => problem !== null && problem !== 'do_not_contact')).toEqual([]);
      expect(readRate).toBe(1);
    },
  );
});

describe('the folders of bad files', () => {
  const bad = readdirSync(new URL('not-ok/', folder), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.includes('/'),
  );
  it.each(bad)(
    '%s is refused for the reason its folder names, and nothing of it stays on disk',
    async (path) => {
      const before = readdirSync(join(dataDir, 'imports')).length;
      const refused: unknown = await read(readFileSync(new URL(`not-ok/${path}`, folder))).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(FileRefused);
      expect((refused as FileRefused).reason).toBe(path.split('/')[0]!.replaceAll('-', '_'));
      const isFoundLater = (refused as FileRefused).reason === 'no_usable_column';
      expect(readdirSync(join(dataDir, 'imports')).length - before).toBe(isFoundLater ? 1 : 0);
    },
  );
  it('has a folder for each reason a small file can show', () => {
    const shown = new Set(bad.map((path) => path.split('/')[0]!.replaceAll('-', '_')));
    expect(REFUSALS.filter((reason) => !shown.has(reason))).toEqual([
      'no_such_sheet',
      'too_many_rows',
      'too_large',
    ]);
  });
});

describe('a workbook', () => {
  const workbook = readFileSync(new URL('ok/french-sheet.xlsx', folder));
  it('is read at its first sheet with a table, below the title; hidden sheets are not offered', async () => {
    const { understood } = await read(workbook);
    expect(understood).toMatchObject({
      sheet: 'Contacts',
      sheets: ['Lisez-moi', 'Contacts'],
      skippedRecords: 3,
      source: 'french_sheet',
    });
    await expect(read(workbook, 'Lisez-moi')).rejects.toMatchObject({ reason: 'not_a_table' });
    await expect(read(workbook, 'Listes')).rejects.toMatchObject({ reason: 'no_such_sheet' });
  });
  it('keeps what a number was meant to be: phones with their zero, SIREN whole, days as days, decimals as they are', async () => {
    const { rows } = await read(workbook);
    const [helene, noel, zoe] = rows as [DraftedRow, DraftedRow, DraftedRow];
    expect(helene.person).toMatchObject({ phone: '+33478123456', mobilePhone: '+33639981234' });
    expect(helene.company).toMatchObject({ siren: '552100554', headcount: 120 });
    expect(helene.custom).toEqual({
      'Rencontré le': '2026-03-12',
      'CA (M€)': '12.5',
      'Code client': '00042',
    });
    expect(noel.custom['Rencontré le']).toBe('2026-03-12 14:30');
    expect(zoe.custom).toEqual({ 'CA (M€)': '1234567.891', 'Code client': '01234' });
    expect(rows.map(({ number }) => number)).toEqual([4, 5, 6, 7, 8, 9]);
  });
  it('and the same table as CSV are the same people', async () => {
    const [fromSheet, fromText] = await Promise.all(
      ['apollo.xlsx', 'apollo.csv'].map((name) => read(readFileSync(new URL(`ok/${name}`, folder)))),
    );
    expect(fromSheet!.understood.labels).toHaveLength(75);
    const seen = ({ rows }: typeof fromSheet & object) =>
      rows.map(({ values, company }) => ({ values, company }));
    expect(seen(fromSheet!)).toEqual(seen(fromText!));
  });
});

describe('csv-spectrum, the cases every reader must pass', () => {
  const cases = readdirSync(new URL('csvs/', spectrum)).map((name) => basename(name, '.csv'));
  it.each(cases)('%s', async (name) => {
    const text = readFileSync(new URL(`csvs/${name}.csv`, spectrum), 'utf8');
    const answer = readFileSync(new URL(`json/${name}.json`, spectrum), 'utf8')
      // The answer of this case names another phone than its question.
      .replace('1234567890', '2095257564');
    const wanted = [JSON.parse(answer) as Record<string, string> | Record<string, string>[]].flat();
    const labels = Object.keys(wanted[0]!);
    // A column of our own makes every case a list of people; its rows and columns stay as they are.
    const { rows, understood } = await read(withAddresses(text, wanted.length));
    expect(understood.labels).toEqual(['E-mail', ...labels]);
    const cells = rows.map((row) => JSON.parse(row.cells) as string[]);
    expect(cells.map((row) => Object.fromEntries(labels.map((label, at) => [label, row[at + 1]])))).toEqual(
      wanted,
    );
  });
});

/** Puts an address in front of each record: a line break inside quotes begins none. */
function withAddresses(text: string, records: number): Uint8Array {
  let isQuoted = false;
  let count = 0;
  let out = 'E-mail,';
  for (const [at, sign] of Array.from(text.trimEnd()).entries()) {
    if (sign === '"') isQuoted = !isQuoted;
    out += sign;
    if (sign === '\n' && !isQuoted && count < records) out += `p${(count += 1)}-${at}@x.example,`;
  }
  return Buffer.from(out);
}

describe('a French list in every encoding a French office writes', () => {
  const encodings = {
    'utf-8': false,
    'utf-8 with its mark': true,
    'utf-16le': true,
    'utf-16be': true,
    'windows-1252': false,
  };
  const table = [
    ['Prénom', 'Nom', 'Société', 'E-mail', 'Note'],
    ['Hélène', 'Lefèvre', 'Cœur & Fils', 'helene@coeur.example', 'Très intéressée – à rappeler'],
    ['Noël', 'D’Aubigné', 'Société Zêta', 'noel@zeta.example', 'Prix : 1 200 €'],
    ['Zoé', 'Müller', 'L’Étoile', 'zoe@etoile.example', '« Non »'],
  ];
  const ways = Object.entries(encodings).flatMap(([encoding, addBOM]) =>
    [';', ',', '\t'].map((delimiter) => [encoding, delimiter, addBOM] as const),
  );
  it.each(ways)('%s split by %j', async (encoding, delimiter, addBOM) => {
    const text = table.map((row) => row.map((cell) => `"${cell}"`).join(delimiter)).join('\r\n');
    const { rows, understood } = await read(iconv.encode(text, encoding.split(' ')[0]!, { addBOM }));
    expect(understood.delimiter).toBe(delimiter);
    expect(rows.map((row) => JSON.parse(row.cells) as string[])).toEqual(table.slice(1));
    expect(rows.map(({ person }) => person.firstName)).toEqual(['Hélène', 'Noël', 'Zoé']);
  });
});
