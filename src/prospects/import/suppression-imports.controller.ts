import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, CurrentActor } from '../../accounts/allow.decorator.js';
import { readInput } from '../../shared/read-input.js';
import { ListInput } from './import.dto.js';
import { ImportUploads } from './import-uploads.service.js';
import { type ListOutcome, SuppressionImports } from './suppression-imports.service.js';

const BODY = {
  schema: {
    type: 'object',
    required: ['file', 'reason'],
    properties: { file: { type: 'string', format: 'binary' }, reason: { type: 'string' } },
  },
};

/** Lists of oppositions as files: CSV or XLSX with addresses, domains, numbers or LinkedIn profiles. */
@ApiTags('suppressions')
@AllowAgency()
@Controller('api/v1')
export class SuppressionImportsController {
  constructor(
    private readonly lists: SuppressionImports,
    private readonly uploads: ImportUploads,
  ) {}

  @ApiConsumes('multipart/form-data')
  @ApiBody(BODY)
  @HttpCode(200)
  @Post('clients/:clientId/suppressions/import')
  forClient(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Req() request: FastifyRequest,
  ): Promise<ListOutcome> {
    return this.bring(actor, clientId, request);
  }

  @Allow('admin', 'manager')
  @ApiConsumes('multipart/form-data')
  @ApiBody(BODY)
  @HttpCode(200)
  @Post('suppressions/import')
  forAgency(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<ListOutcome> {
    return this.bring(actor, null, request);
  }

  private async bring(actor: Actor, clientId: string | null, request: FastifyRequest): Promise<ListOutcome> {
    await this.lists.welcome(actor, clientId);
    const { file, fields } = await this.uploads.take(request, 'list');
    try {
      const { reason } = readInput(ListInput, fields);
      return await this.lists.bring(actor, clientId, file, reason);
    } finally {
      await this.uploads.forget(file);
    }
  }
}
