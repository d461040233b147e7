import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { CostAssumptions } from './cost-assumptions.service.js';
import { CostComparisonsController } from './cost-comparisons.controller.js';
import { CostReports } from './cost-reports.queries.js';
import { CostReportsController } from './cost-reports.controller.js';

@Module({
  imports: [AccountsModule, ClientsModule],
  controllers: [CostComparisonsController, CostReportsController],
  providers: [CostAssumptions, CostReports],
  exports: [CostAssumptions, CostReports],
})
export class CostModule {}
