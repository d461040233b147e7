import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import type { Actor } from '../accounts/actor.js';
import { AllowAll, CurrentActor } from '../accounts/allow.decorator.js';
import { RoiFileQuery } from '../reporting/cost-reports.dto.js';
import { RoiFiles } from './roi-files.service.js';

/** The export buttons of the report. A CSV for a person carries the mark that makes spreadsheets read UTF-8. */
@AllowAll()
@Controller('clients/:clientId/report')
export class RoiFilePages {
  constructor(private readonly files: RoiFiles) {}

  @Get('roi.pdf')
  pdf(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'pdf', query);
  }

  @Get('roi.xlsx')
  xlsx(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'xlsx', query);
  }

  @Get('roi.csv')
  csv(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RoiFileQuery,
  ): Promise<StreamableFile> {
    return this.files.write(actor, clientId, 'csv', Object.assign(query, { bom: query.bom ?? true }));
  }
}
