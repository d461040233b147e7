import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../accounts/actor.js';
import { Allow, AllowAgency, AllowAll, CurrentActor } from '../../accounts/allow.decorator.js';
import type { Assumption } from './assumption-sheet.js';
import { AssumptionsInput } from './cost-assumptions.dto.js';
import { CostAssumptions } from './cost-assumptions.service.js';
import type { CostReport } from './cost-report.js';
import { CostReports } from './cost-reports.queries.js';
import { CostReportQuery } from './cost-reports.dto.js';

@ApiTags('reports')
@Controller('api/v1/clients/:clientId')
export class CostReportsController {
  constructor(
    private readonly reports: CostReports,
    private readonly assumptions: CostAssumptions,
  ) {}

  @Get('reports/cost')
  @AllowAll()
  report(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Query() query: CostReportQuery,
  ): Promise<CostReport> {
    return this.reports.report(actor, clientId, query);
  }

  @Get('cost-assumptions')
  @AllowAgency()
  async sheet(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
  ): Promise<{ items: Assumption[] }> {
    const { sheet } = await this.reports.sheet(actor, clientId);
    return { items: sheet };
  }

  @Put('cost-assumptions')
  @Allow('admin', 'manager')
  async enter(
    @CurrentActor() actor: Actor,
    @Param('clientId') clientId: string,
    @Body() input: AssumptionsInput,
  ): Promise<{ items: Assumption[] }> {
    return { items: await this.assumptions.enter(actor, clientId, input) };
  }
}
