import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { CostModule } from '../../reporting/cost/cost.module.js';
import { ReportingModule } from '../../reporting/reporting.module.js';
import { PortfolioPages } from './portfolio.pages.js';
import { ReportPages } from './report.pages.js';

@Module({
  imports: [ClientsModule, CostModule, ReportingModule],
  controllers: [PortfolioPages, ReportPages],
})
export class ReportPagesModule {}
