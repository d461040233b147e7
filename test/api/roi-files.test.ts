import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { expect, it } from 'vitest';
import type { CostReport } from '../../src/reporting/cost/cost-report.js';
import { ReportStory } from '../support/report-stories.js';
import { onBothDatabases, type World } from '../support/world.js';

const MARCH = '?from=2026-03-01&to=2026-03-31';

/** One meeting held and accepted, in a client whose name a spreadsheet would take for a formula. */
async function story(world: World) {
  world.clock.set('2026-04-15T10:00:00Z');
  const told = await new ReportStory(world, new Date('2026-03-02T09:00:00Z')).open('2026-03-01');
  const person = await told.prospect('Ana', [{ kind: 'touch', day: 0.1, channel: 'email', result: 'sent' }]);
  await told.meeting(person, { bookedDay: 1, startsDay: 5, state: 'held', qualification: 'accepted' });
  const admin = await world.api(await world.admin());
  return { admin, path: `/clients/${told.clientId}/reports`, clientId: told.clientId };
}

interface Row {
  section: string;
  item: string;
  measure: string;
  value: string;
  unit: string;
}
const rowsOf = (csv: string): Row[] =>
  parse(csv, { bom: true, from: 2, columns: ['section', 'item', 'measure', 'value', 'unit'] });

/** The cells of the breakdown on a report's page. */
function tableOn(html: string): { line: string; column: string; count: string; among: string | undefined }[] {
  const table = html.slice(html.indexOf('id="breakdown"')).split('</section>')[0]!;
  return [...table.matchAll(/<tr><th scope="row"[^>]*>([^<]*)<\/th>([^]*?)<\/tr>/g)].flatMap(
    ([, line, cells]) =>
      [...cells!.matchAll(/<td[^>]*data-label="([^"]*)">([^]*?)<\/td>/g)].map(([, column, cell]) => ({
        ...{ line: line!, column: column! },
        count: /(?:muted">|figure-link"[^>]*>)([^<]*)</.exec(cell!)![1]!,
        among: /figure-stack__of">([^<]*)</.exec(cell!)?.[1],
      })),
  );
}

onBothDatabases('the ROI summary as a file', (world) => {
  it('CSV: RFC 4180, one figure a row, the figures of the report, n/a where there is nothing to divide by', async () => {
    const { admin, path } = await story(world);
    const answer = await admin.get(`${path}/roi.csv${MARCH}&lang=en`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="roi-metallerie-roux-2026-03-01-2026-03-31\.csv"$/,
    );
    expect(answer.text.startsWith('Section,Item,Measure,Value,Unit\r\n')).toBe(true);
    const rows = rowsOf(answer.text);
    const report = (await admin.get(`${path}/cost${MARCH}`)).body as CostReport;
    const value = (item: string, measure: string) =>
      rows.find((row) => row.item === item && row.measure === measure);
    // 6 h × 55 of own time, one meeting
    expect(report.actual.totalCents).toBe(33_000);
    expect(value('Cost of the period', 'Amount')).toMatchObject({ value: '330.00', unit: 'EUR' });
    expect(value('Qualified', 'Cost per meeting')?.value).toBe('330.00');
    expect(value('Total cost', 'In-house SDR')?.value).toBe(
      (report.plan.inHouse.totalCents / 100).toFixed(2),
    );
    expect(value('Qualified meetings', 'Agency')?.value).toBe(report.plan.agency.qualified);
    expect(value('Attempted', 'People')?.value).toBe('1');
    const february = await admin.get(`${path}/roi.csv?from=2026-02-01&to=2026-02-28&lang=en`);
    expect(rowsOf(february.text).find((row) => row.measure === 'Cost per meeting')?.value).toBe('n/a');
  });

  it('CSV: a byte order mark when asked, French words when asked, a negative amount stays a number', async () => {
    const { admin, path, clientId } = await story(world);
    await admin.put(`/clients/${clientId}/cost-assumptions`, {
      items: [{ side: 'inHouse', input: 'baseAnnualCents', value: 0, source: '=HYPERLINK("http://x")' }],
    });
    const plain = await admin.get(`${path}/roi.csv${MARCH}&lang=fr`);
    const marked = await admin.get(`${path}/roi.csv${MARCH}&lang=fr&bom=1`);
    expect(plain.text.charCodeAt(0)).not.toBe(0xfeff);
    expect(marked.text).toBe(`\ufeff${plain.text}`);
    const rows = rowsOf(plain.text);
    expect(rows.some((row) => row.section === 'Ce que la période a coûté')).toBe(true);
    expect(rows.find((row) => row.value.includes('HYPERLINK'))?.value).toBe(`'=HYPERLINK("http://x")`);
    const numbers = rows.filter((row) => row.unit === 'EUR' && row.value !== 'n.\u00a0d.');
    expect(numbers.every((row) => /^-?\d+\.\d{2}$/.test(row.value))).toBe(true);
  });

  it('XLSX: amounts and counts are numbers with a format, the same as in the CSV', async () => {
    const { admin, path } = await story(world);
    const answer = await admin.get(`${path}/roi.xlsx${MARCH}&lang=en`).buffer().parse(bytes);
    expect(answer.status).toBe(200);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.body as ExcelJS.Buffer);
    const found = new Map<string, ExcelJS.Cell>();
    for (const sheet of book.worksheets) {
      sheet.eachRow((row) => found.set(`${sheet.name}/${row.getCell(1).text}`, row.getCell(2)));
    }
    expect(found.get('What the period cost/Cost of the period')).toMatchObject({
      value: 330,
      numFmt: '#,##0.00 "EUR"',
    });
    expect(found.get('Agency or in-house SDR/Qualified meetings')?.value).toBe(43.05);
    expect(book.worksheets).toHaveLength(12);
  });

  it('the funnel of the files has the stages, the rates and the denominators of the page', async () => {
    world.clock.set('2026-04-15T10:00:00Z');
    const told = await new ReportStory(world, new Date('2026-03-02T09:00:00Z')).open('2026-03-01');
    const mail = { kind: 'touch', day: 0.1, channel: 'email', result: 'sent' } as const;
    const ana = await told.prospect('Ana', [mail]);
    await told.prospect('Bea', [mail]);
    await told.meeting(ana, { bookedDay: 1, startsDay: 5, state: 'held', qualification: 'accepted' });
    const actor = await world.admin();
    const page = (await (await world.browser(actor)).get(`/clients/${told.clientId}/report${MARCH}`)).text;
    const shown = [
      ...page.matchAll(/funnel__label">([^<]+)<[^]*?funnel__rate">([^<]*?) ?(?:<span|<\/span)/g),
    ];
    // Both were contacted, one booked, and the one booked was held: 1 of 2, then 1 of 1.
    expect(shown.map(([, label]) => label)).toEqual([
      ...['Attempted', 'Contacted', 'Replied', 'Interested', 'Booked', 'Held', 'Qualified'],
    ]);
    const admin = await world.api(actor);
    const path = `/clients/${told.clientId}/reports`;
    const csv = rowsOf((await admin.get(`${path}/roi.csv${MARCH}&lang=en`)).text).filter(
      ({ section }) => section === 'Funnel',
    );
    const cell = (item: string, measure: string) =>
      csv.find((row) => row.item === item && row.measure === measure)?.value;
    expect([...new Set(csv.map(({ item }) => item))]).toEqual(shown.map(([, label]) => label));
    expect(['Rate', 'Share of', 'Of'].map((measure) => cell('Booked', measure))).toEqual([
      ...['0.5', 'contacted', '2'],
    ]);
    expect(['Rate', 'Share of', 'Of'].map((measure) => cell('Held', measure))).toEqual(['1', 'booked', '1']);
    expect(cell('Attempted', 'Rate')).toBeUndefined();
    const book = new ExcelJS.Workbook();
    const xlsx = await admin.get(`${path}/roi.xlsx${MARCH}&lang=en`).buffer().parse(bytes);
    await book.xlsx.load(xlsx.body as ExcelJS.Buffer);
    const lines: unknown[][] = [];
    book.getWorksheet('Funnel')!.eachRow((row) => lines.push((row.values as unknown[]).slice(1, 6)));
    expect(lines).toContainEqual(['Held', 1, 1, 'booked', 1]);
  });

  it('the breakdowns of the files are those of the page, in either view, and in both languages', async () => {
    world.clock.set('2026-04-15T10:00:00Z');
    const told = await new ReportStory(world, new Date('2026-03-02T09:00:00Z')).open('2026-03-01');
    const mail = { kind: 'touch', day: 0.1, channel: 'email', result: 'sent' } as const;
    const call = { kind: 'touch', day: 1, channel: 'call', result: 'interested' } as const;
    const ana = await told.prospect('Ana', [mail]);
    await told.prospect('Bea', [mail, call]);
    await told.prospect('Cleo', [call]);
    await told.meeting(ana, { bookedDay: 2, startsDay: 5, state: 'held', qualification: 'accepted' });
    const browser = await world.browser(await world.admin());
    const admin = await world.api(await world.admin());
    const path = `/clients/${told.clientId}`;
    for (const view of ['cohort', 'period']) {
      const csv = rowsOf((await admin.get(`${path}/reports/roi.csv${MARCH}&lang=en&view=${view}`)).text);
      for (const [by, section] of [
        ...[['channel', 'By channel'] as const, ['sequence', 'By sequence'] as const],
        ...[['sdr', 'By SDR'] as const, ['icp', 'By ideal customer profile'] as const],
      ]) {
        const page = await browser.get(`${path}/report${MARCH}&view=${view}&by=${by}`);
        const shown = tableOn(page.text);
        const filed = csv.filter((row) => row.section === section);
        expect(shown.length).toBeGreaterThan(0);
        expect([...new Set(filed.map(({ item }) => item))]).toEqual([
          ...new Set(shown.map(({ line }) => line)),
        ]);
        for (const { line, column, count, among } of shown) {
          const cell = (measure: string) =>
            filed.find((row) => row.item === line && row.measure === measure)?.value;
          expect([line, column, cell(column)]).toEqual([line, column, count]);
          if (among) expect(`${count} of ${cell(`${column} · Of`)}`).toBe(among);
        }
      }
    }
    const french = rowsOf((await admin.get(`${path}/reports/roi.csv${MARCH}&lang=fr`)).text);
    expect(
      french.find((row) => row.section === 'Par canal' && row.measure === 'Joints · Taux'),
    ).toBeDefined();
    const page = (await browser.get(`${path}/report${MARCH}&view=period`)).text;
    expect(page).toMatch(/roi\.xlsx\?[^"]*view(=|&#x3D;)period"/);
  });

  it('PDF: made without any network, in both languages', async () => {
    const { admin, path } = await story(world);
    for (const lang of ['fr', 'en']) {
      const answer = await admin.get(`${path}/roi.pdf${MARCH}&lang=${lang}`).buffer().parse(bytes);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/pdf');
      const pdf = answer.body as Buffer;
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(10_000);
    }
  });

  it('a client’s user takes away the cost without pay or funnel, and of no other client', async () => {
    const { admin, path, clientId } = await story(world);
    await admin.put(`/clients/${clientId}/cost-assumptions`, {
      items: [{ side: 'inHouse', input: 'baseAnnualCents', value: 4_711_100, source: 'Fiche de paie' }],
    });
    const theirs = await world.api(await world.person('client', [clientId]));
    const csv = (await theirs.get(`${path}/roi.csv${MARCH}&lang=en`)).text;
    expect(csv).toContain('Cost of the period');
    expect(csv).not.toMatch(/47111|Fiche de paie|Base salary|Recruit|Replacing/);
    const other = await story(world);
    expect((await theirs.get(`${other.path}/roi.csv`)).status).toBe(404);
    expect((await (await world.api()).get(`${path}/roi.pdf`)).status).toBe(401);
  });

  it('names what is wrong with the address', async () => {
    const { admin, path } = await story(world);
    for (const [query, field] of [
      ['lang=de', 'lang'],
      ['from=never', 'from'],
      ['from=2026-04-02&to=2026-04-01', 'to'],
    ]) {
      const answer = await admin.get(`${path}/roi.pdf?${query}`);
      expect([answer.status, Object.keys((answer.body as { fields: object }).fields)]).toEqual([
        422,
        [field],
      ]);
    }
  });
});

function bytes(received: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const answer = received as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => done(null, Buffer.concat(chunks)));
}
