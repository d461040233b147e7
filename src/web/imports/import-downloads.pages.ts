import { Readable } from 'node:stream';
import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { ImportQueries } from '../../prospects/import/imports.queries.js';
import { keptLines, rejectsHeader, rejectsLines } from '../../prospects/import/rejects-file.js';
import { REJECT_COLUMNS } from '../../prospects/import/reject-columns.js';
import { CurrentPage } from '../rendering/page.decorator.js';
import type { Page } from '../rendering/page.js';

/** What an import left behind, as files in the reader's words: the rows not taken, the prospects a revert kept. */
@AllowAgency()
@Controller()
export class ImportDownloads {
  constructor(private readonly queries: ImportQueries) {}

  @Get('imports/:id/rejects.csv')
  async rejects(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { labels, delimiter } = (await this.queries.get(actor, id)).understanding;
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header(
      'content-disposition',
      `attachment; filename="${page.t('imports.rejectsName')}-${id.slice(0, 8)}.csv"`,
    );
    const pages = this.queries.rejects(actor, id);
    const words = {
      outcome: (outcome: string): string => page.t(`imports.rejected.${outcome}`),
      reason: (reason: string): string => page.t(`imports.reason.${reason}`),
    };
    const lines = (async function* () {
      yield rejectsHeader(labels, delimiter, REJECT_COLUMNS[page.locale]);
      for await (const rows of pages) yield rejectsLines(rows, labels.length, delimiter, words);
    })();
    return new StreamableFile(Readable.from(lines, { objectMode: false }));
  }

  /** The prospects a revert had to leave, with why. */
  @Get('imports/:id/kept.csv')
  async kept(
    @CurrentActor() actor: Actor,
    @CurrentPage() page: Page,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { delimiter } = (await this.queries.get(actor, id)).understanding;
    const fileName = `${page.t('imports.reverted.fileName')}-${id.slice(0, 8)}.csv`;
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="${fileName}"`);
    const header = (['name', 'email', 'reason', 'id'] as const).map((name) =>
      page.t(`imports.reverted.column.${name}`),
    );
    const say = (reason: string): string => page.t(`imports.kept.${reason}`);
    const lines = keptLines(this.queries.kept(actor, id), delimiter, { header, say });
    return new StreamableFile(Readable.from(lines, { objectMode: false }));
  }
}
