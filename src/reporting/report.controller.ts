import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../accounts/actor.js';
import { AllowAgency, CurrentActor } from '../accounts/allow.decorator.js';
import type { FunnelReport } from './report-answer.js';
import { ReportQuery, RowsQuery } from './report.dto.js';
import { type FigureRows, Reports } from './reports.queries.js';

@ApiTags('reports')
@AllowAgency()
@Controller('api/v1/clients/:clientId/reports')
export class ReportController {
  constructor(private readonly reports: Reports) {}

  @Get('funnel')
  async funnel(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: ReportQuery,
  ): Promise<FunnelReport> {
    return this.reports.funnel(actor, clientId, query);
  }

  @Get('rows')
  async rows(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: RowsQuery,
  ): Promise<FigureRows> {
    return this.reports.rows(actor, clientId, query);
  }
}
