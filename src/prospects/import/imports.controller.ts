import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { readInput } from '../../shared/read-input.js';
import { ImportInput, importOutput, type ImportOutput } from './import.dto.js';
import { ImportRunner } from './import-runner.service.js';
import { ImportSheets } from './import-sheets.service.js';
import { ImportUploads } from './import-uploads.service.js';
import { ImportQueries, type ImportSummary } from './imports.queries.js';
import { Imports } from './imports.service.js';
import type { RevertResult } from './revert-result.js';
import { keptLines, rejectsHeader, rejectsLines } from './rejects-file.js';

@ApiTags('imports')
@AllowAgency()
@Controller('api/v1')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly uploads: ImportUploads,
    private readonly queries: ImportQueries,
    private readonly runner: ImportRunner,
    private readonly sheets: ImportSheets,
  ) {}

  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        dryRun: { type: 'boolean' },
        listName: { type: 'string' },
        mapping: {
          type: 'string',
          description: 'JSON: column (label or position) → field, custom:<name> or ""',
        },
        onDuplicate: { enum: ['fill', 'skip', 'overwrite'] },
        onActive: { enum: ['bring', 'leave'] },
        ownerId: { type: 'string', format: 'uuid', description: 'Who owns the people it creates' },
        sheet: {
          type: 'string',
          description: 'Of a workbook: the name of the sheet; without it the first that holds a table',
        },
      },
    },
  })
  @HttpCode(202)
  @Post('clients/:clientId/imports')
  async receive(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    await this.imports.welcome(actor, clientId);
    const { file: taken, fields } = await this.uploads.take(request);
    try {
      const input = readInput(ImportInput, fields);
      const file = await this.sheets.ofUpload(taken, input.sheet);
      const { id } = await this.imports.receive(
        actor,
        clientId,
        file,
        input,
        input.dryRun ? 'check' : 'bring',
      );
      return { id };
    } catch (error) {
      await this.uploads.forget(taken);
      throw error;
    }
  }

  @Get('clients/:clientId/imports')
  async list(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
  ): Promise<{ items: ImportSummary[]; nextCursor: null }> {
    return { items: await this.queries.list(actor, clientId), nextCursor: null };
  }

  @Get('imports/:id')
  async get(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ImportOutput> {
    return importOutput(await this.queries.get(actor, id));
  }

  @Get('imports/:id/rejects.csv')
  async rejects(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { labels, delimiter } = (await this.queries.get(actor, id)).understanding;
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="rejects-${id}.csv"`);
    const pages = this.queries.rejects(actor, id);
    return new StreamableFile(
      Readable.from(
        (async function* () {
          yield rejectsHeader(labels, delimiter);
          for await (const rows of pages) yield rejectsLines(rows, labels.length, delimiter);
        })(),
        { objectMode: false },
      ),
    );
  }

  @HttpCode(200)
  @Post('imports/:id/revert')
  async revert(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<RevertResult | null> {
    await this.imports.revert(actor, id);
    await this.runner.finished(id);
    return (await this.queries.get(actor, id)).revertResult;
  }

  @HttpCode(200)
  @Post('imports/:id/cancel')
  async cancel(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<ImportOutput> {
    return importOutput(await this.imports.cancel(actor, id));
  }

  /** The prospects a revert had to leave, with why. */
  @Get('imports/:id/kept.csv')
  async kept(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await this.queries.get(actor, id);
    reply.header('content-type', 'text/csv; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="kept-${id}.csv"`);
    const words = { header: ['name', 'email', 'reason', 'id'], say: (reason: string) => reason };
    return new StreamableFile(
      Readable.from(keptLines(this.queries.kept(actor, id), ',', words), { objectMode: false }),
    );
  }
}
