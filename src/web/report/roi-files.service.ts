import { Injectable, StreamableFile } from '@nestjs/common';
import type { Actor } from '../../accounts/actor.js';
import type { RoiFileQuery } from '../../reporting/cost/cost-reports.dto.js';
import { roiCsv } from '../../reporting/roi/roi-csv.js';
import { RoiSummaries } from '../../reporting/roi/roi-summaries.queries.js';
import { roiPdf } from '../../reporting/roi/roi-pdf.js';
import { roiXlsx } from '../../reporting/roi/roi-xlsx.js';
import { inFileName } from '../../shared/file-name.js';
import { Translations } from '../rendering/translations.service.js';
import { roiFile } from './roi-file.view.js';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;
export type RoiFormat = keyof typeof TYPES;

/** The ROI summary as a file to take away: the figures of the page, in the language asked for. */
@Injectable()
export class RoiFiles {
  constructor(
    private readonly summaries: RoiSummaries,
    private readonly translations: Translations,
  ) {}

  /** @throws NotFound for a client out of sight; InvalidInput naming the day */
  async write(
    actor: Actor,
    clientId: string,
    format: RoiFormat,
    query: RoiFileQuery,
  ): Promise<StreamableFile> {
    const locale = query.lang ?? actor.locale;
    const summary = await this.summaries.summary(actor, clientId, query);
    const file = roiFile(summary, this.translations.in(locale), locale);
    const { clientName, from, to } = summary.cost;
    const name = `roi-${inFileName(clientName, 'client')}-${from}-${to}.${format}`;
    const content = await contentOf(format, file, query.bom ?? false);
    return new StreamableFile(content, {
      type: TYPES[format],
      disposition: `attachment; filename="${name}"`,
    });
  }
}

async function contentOf(
  format: RoiFormat,
  file: ReturnType<typeof roiFile>,
  bom: boolean,
): Promise<Uint8Array> {
  switch (format) {
    case 'csv':
      return Buffer.from(roiCsv(file, { bom }), 'utf8');
    case 'xlsx':
      return roiXlsx(file);
    case 'pdf':
      return roiPdf(file);
  }
}
