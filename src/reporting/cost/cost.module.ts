import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ClientsModule } from '../../clients/clients.module.js';
import { CostAssumptions } from './cost-assumptions.service.js';
import { CostComparisonsController } from './cost-comparisons.controller.js';
import { CostReports } from './cost-reports.queries.js';
import { ReportingModule } from '../reporting.module.js';
import { RoiSummaries } from '../roi/roi-summaries.queries.js';
import { CostReportsController } from './cost-reports.controller.js';

@Module({
  imports: [AccountsModule, ClientsModule, ReportingModule],
  controllers: [CostComparisonsController, CostReportsController],
  providers: [CostAssumptions, CostReports, RoiSummaries],
  exports: [CostAssumptions, CostReports, RoiSummaries],
})
export class CostModule {}
