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
import { CompanySites } from './company-sites.queries.js';
import { csvManner, type FileManner, PLAIN, workbookManner } from './file-manner.js';
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

  /**
   * `reader`: the language of the person whose spreadsheet opens it; without it a program reads, in the words of its owner.
   * @throws NotFound for a client out of sight; InvalidInput
   */
  async write(
    actor: Actor,
    clientId: string,
    format: ProspectFormat,
    query: ProspectFileQuery,
    reader?: Locale,
  ): Promise<StreamableFile> {
    const { cursor: _cursor, limit: _limit, bom = false, ...filter } = query;
    const t = this.translations.in(reader ?? actor.locale);
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
    const manner = mannerOf(format, reader, client.timeZone);
    const lines: Lines = async (page) => {
      const ids = page.map(({ id }) => id);
      const context = { t, owners, sites: await this.sites.of(actor, ids), manner };
      return page.map((one) => prospectFileRow(one, context));
    };
    const content =
      format === 'csv'
        ? csvOf(head, rest, lines, { bom, delimiter: manner.delimiter })
        : await xlsxOf(head, rest, lines);
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

function mannerOf(format: ProspectFormat, reader: Locale | undefined, zone: string): FileManner {
  if (format === 'xlsx') return workbookManner(zone);
  return reader === undefined ? PLAIN : csvManner(reader, zone);
}

/** RFC 4180, UTF-8, with its mark when asked; a text a spreadsheet would take for a formula is neutralised. */
function csvOf(
  head: string[],
  pages: Pages,
  lines: Lines,
  { bom, delimiter }: { bom: boolean; delimiter: string },
): Readable {
  const options = { delimiter, record_delimiter: 'windows', escape_formulas: true } as const;
  const chunks = (async function* () {
    yield stringify([head], { ...options, bom });
    for await (const page of pages) yield stringify(await lines(page), options);
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
