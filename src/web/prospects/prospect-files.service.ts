import { PassThrough, Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { Actor, Locale } from '../../accounts/actor.js';
import { ClientQueries } from '../../clients/clients.queries.js';
import { Clock } from '../../clock/clock.service.js';
import type { ProspectFileQuery } from '../../prospects/search/prospect-list.dto.js';
import { type ListedProspect, ProspectList } from '../../prospects/search/prospect-list.queries.js';
import { inFileName } from '../../shared/file-name.js';
import { dayOf } from '../../shared/period.js';
import { spacedPhone } from '../../shared/phone-number.js';
import { CompanySites } from './company-sites.queries.js';
import { Translations } from '../rendering/translations.service.js';
import { prospectFileHead, prospectFileRow } from './prospect-file.view.js';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type ProspectFormat = keyof typeof TYPES;

/** The prospects a filter finds as a file: the same people in the same order as on the screen, written as they are read. */
@Injectable()
export class ProspectFiles {
  constructor(
    private readonly prospects: ProspectList,
    private readonly sites: CompanySites,
    private readonly translations: Translations,
    private readonly clients: ClientQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound for a client out of sight; InvalidInput */
  async write(
    actor: Actor,
    clientId: string,
    format: ProspectFormat,
    query: ProspectFileQuery,
    locale: Locale = actor.locale,
  ): Promise<StreamableFile> {
    const { cursor: _cursor, limit: _limit, bom = false, ...filter } = query;
    const t = this.translations.in(locale);
    const client = await this.clients.get(actor, clientId);
    const owners = new Map((await this.prospects.owners(actor, clientId)).map(({ id, name }) => [id, name]));
    const pages = this.prospects.everyPage(actor, clientId, filter);
    // The first page is read now, so that what is refused is refused before the file begins.
    const first = await pages.next();
    const rest = (async function* () {
      if (first.value !== undefined) yield first.value;
      yield* pages;
    })();
    const head = prospectFileHead(t);
    // A program takes the number from the CSV as it is kept; a spreadsheet is read.
    const phone = format === 'xlsx' ? spacedPhone : (number: string) => number;
    const lines: Lines = async (page) => {
      const ids = page.map(({ id }) => id);
      const context = { t, owners, sites: await this.sites.of(actor, ids), phone };
      return page.map((one) => prospectFileRow(one, context));
    };
    const content = format === 'csv' ? csvOf(head, rest, lines, bom) : await xlsxOf(head, rest, lines);
    const today = dayOf(this.clock.now(), client.timeZone);
    const name = [t('bulk.export.fileName'), inFileName(client.name, 'client'), today].join('-');
    return new StreamableFile(content, {
      type: TYPES[format],
      disposition: `attachment; filename="${name}.${format}"`,
    });
  }
}

type Cells = (string | number | Date | null)[];
type Lines = (page: readonly ListedProspect[]) => Promise<Cells[]>;
type Pages = AsyncIterable<readonly ListedProspect[]>;

/** RFC 4180, UTF-8, with its mark when asked; a text a spreadsheet would take for a formula is neutralised. */
function csvOf(head: string[], pages: Pages, lines: Lines, bom: boolean): Readable {
  const options = { record_delimiter: 'windows', escape_formulas: true } as const;
  const text = (cell: Cells[number]) => (cell instanceof Date ? cell.toISOString() : cell);
  const chunks = (async function* () {
    yield stringify([head], { ...options, bom });
    for await (const page of pages) {
      const rows = await lines(page);
      yield stringify(
        rows.map((row) => row.map(text)),
        options,
      );
    }
  })();
  return Readable.from(chunks, { objectMode: false });
}

/** Texts are text cells, which no spreadsheet works out. */
async function xlsxOf(head: string[], pages: Pages, lines: Lines): Promise<Readable> {
  const { default: excel } = await import('exceljs');
  const stream = new PassThrough();
  const book = new excel.stream.xlsx.WorkbookWriter({ stream });
  const sheet = book.addWorksheet('Carnet', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = head.map(() => ({ width: 22 }));
  void (async () => {
    const first = sheet.addRow(head);
    first.font = { bold: true };
    first.commit();
    for await (const page of pages) {
      for (const row of await lines(page)) sheet.addRow(row).commit();
      // A reader slower than we are: what is written waits with them, not in memory.
      if (stream.writableNeedDrain) await new Promise((resolve) => stream.once('drain', resolve));
    }
    await book.commit();
  })().catch((error: unknown) => stream.destroy(error as Error));
  return stream;
}
