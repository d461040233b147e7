import { Controller, Get, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../accounts/actor.js';
import { isApi } from '../../accounts/actor.guard.js';
import { AllowAll, CurrentActor } from '../../accounts/allow.decorator.js';
import { RoiFileQuery } from '../../reporting/cost/cost-reports.dto.js';
import { RoiFiles } from './roi-files.service.js';

/**
 * The ROI summary as a file, for programs and for the buttons of the report. Up here because its words are those of
 * the pages.
 */
@ApiTags('reports')
@AllowAll()
@Controller(['api/v1/clients/:clientId/reports', 'clients/:clientId/report'])
export class RoiFilesController {
  constructor(private readonly files: RoiFiles) {}

  @Get('roi.pdf')
  @ApiProduces('application/pdf')
  pdf(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'pdf', query);
  }

  @Get('roi.xlsx')
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  xlsx(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'xlsx', query);
  }

  /** For a person it carries the mark that makes spreadsheets read UTF-8; a program asks for it. */
  @Get('roi.csv')
  @ApiProduces('text/csv')
  csv(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    query.bom ??= !isApi(request);
    return this.files.write(actor, clientId, 'csv', query);
  }
}
